import fc from 'fast-check';
import { hex, plainName } from './texts.ts';

/** The longest name of a function, in characters (create page). */
export const FUNCTION_NAME_LENGTH = 60;

/** Characters that make the last part of a name unlike any other. */
const UNLIKE_LENGTH = 8;

/**
 * Last parts of a function's name, after a prefix: letters, digits, `-`, `_`, unlike each other.
 *
 * @param room how many characters the prefix leaves
 * @throws Error when that is less than 8
 */
export function functionSuffix(room: number): fc.Arbitrary<string> {
  checkRoom(room);
  const front =
    room === UNLIKE_LENGTH
      ? fc.constant('')
      : fc.oneof(fc.constant(''), plainName(room - UNLIKE_LENGTH, '-_'));
  return fc.tuple(front, hex(UNLIKE_LENGTH)).map(parts => parts.join(''));
}

/**
 * Names for the configurations of a run, by their index: short ones, with `_` and `-`, as long as can be.
 *
 * @throws Error when the prefix leaves less than 8 characters
 */
export function coveringNames(name: (suffix: string) => string): (index: number) => string {
  const room = FUNCTION_NAME_LENGTH - name('').length;
  checkRoom(room);
  const styles = [
    (code: string) => code,
    (code: string) => `a_${code}`,
    (code: string) => `a-${code}`,
    (code: string) => code.padStart(room, 'n'),
    (code: string) => `A1-_${code}`,
  ];
  return index => name(styles[index % styles.length]?.(index.toString(36)) ?? index.toString(36));
}

function checkRoom(room: number): void {
  if (room < UNLIKE_LENGTH) {
    throw new Error(
      `A function's name needs ${UNLIKE_LENGTH} characters after its prefix; there are ${room}.`,
    );
  }
}
