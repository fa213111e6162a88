/** Names of what the suite creates: by them it is known again, and how old it is. */

/** The prefix of everything that the suite creates. */
export const NAME_PREFIX = 'fgsc';

/** Characters that a function name has at most. */
export const LONGEST_NAME = 60;

/** Base-36 digits of the seconds since 1970; enough until 2038. */
const TIME_DIGITS = 6;
const RANDOM_DIGITS = 4;
const BASE = 36;

export interface NameOptions {
  /** Which separator stands between the parts. Default: `-`. */
  readonly separator?: '-' | '_';
  /** Characters in all, at most 60. Default: as few as it takes. */
  readonly length?: number;
}

/** An id for a run: its time and chance, in base 36. */
export function newRunId(now: number = Date.now()): string {
  const time = Math.floor(now / 1000).toString(BASE);
  const random = Math.floor(Math.random() * BASE ** RANDOM_DIGITS).toString(BASE);
  return time.padStart(TIME_DIGITS, '0') + random.padStart(RANDOM_DIGITS, '0');
}

/**
 * Names for the functions of a run, none twice: `fgsc-<run id>-<n>`, letters, digits and separators,
 * beginning with a letter and ending with a letter or digit.
 *
 * @param place letters and digits that stand before the number: where in the run the function is used
 *
 * @example uniqueNames('t5k2x1ab9z')({ separator: '_' }) // 'fgsc_t5k2x1ab9z_1'
 * @throws RangeError for a length that no name of the suite has
 */
export function uniqueNames(
  runId: string = newRunId(),
  place: readonly string[] = [],
): (options?: NameOptions) => string {
  let count = 0;
  return ({ separator = '-', length } = {}) => {
    count += 1;
    const stem = [NAME_PREFIX, runId, ...place, ''].join(separator);
    const shortest = stem + count.toString(BASE);
    if (length === undefined) return shortest;
    if (length > LONGEST_NAME || length < shortest.length) {
      throw new RangeError(`No function of the suite has a name of ${length} characters.`);
    }
    return stem + count.toString(BASE).padStart(length - stem.length, '0');
  };
}

/** Whether a function of this name may be the suite's. */
export function isNameOfSuite(name: string): boolean {
  return name.startsWith(`${NAME_PREFIX}-`) || name.startsWith(`${NAME_PREFIX}_`);
}

const OWN_NAME = new RegExp(`^${NAME_PREFIX}[-_]([0-9a-z]{${TIME_DIGITS}})[0-9a-z]{${RANDOM_DIGITS}}[-_]`);

/** Whether a function of this name was created by the run with this id. */
export function isNameOfRun(name: string, runId: string): boolean {
  return isNameOfSuite(name) && name.slice(NAME_PREFIX.length + 1).startsWith(runId);
}

/** When the run began that created a function of this name; `undefined` for names that are not the suite's. */
export function createdAt(name: string): Date | undefined {
  const time = OWN_NAME.exec(name)?.[1];
  return time === undefined ? undefined : new Date(Number.parseInt(time, BASE) * 1000);
}
