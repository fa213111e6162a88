import type { PageSchema } from '../../page/schema.ts';
import { beyondEndsOf } from './bounds.ts';
import { inEitherRange } from './settable-schema.ts';
import { jsonOfBytes, jsonOfMembers } from './user-data.ts';

/** A value and what it is, completing a sentence that begins with the member. */
export type NamedValue = readonly [words: string, value: unknown];

function shown(value: unknown): NamedValue {
  return [JSON.stringify(value), value];
}

/** One value of each JSON kind but null, which counts as unset. */
const KINDS: Readonly<Record<string, unknown>> = {
  boolean: true,
  integer: 7,
  fraction: 1.5,
  string: 'text',
  array: [],
  object: {},
};

/** A value of each JSON kind that the member's type is not; of those, what a lax reader takes. And an array of wrong items. */
export function wrongTypes({ type, minimum = 128, items }: PageSchema): readonly NamedValue[] {
  const right: readonly string[] = [type ?? []].flat();
  const isText = right.includes('string');
  const isInteger = right.includes('integer') && !isText;
  const lax = {
    ...(isInteger ? { string: String(minimum), array: [minimum] } : isText ? { array: ['text'] } : {}),
  };
  const ofKinds = Object.entries({ ...KINDS, ...lax })
    .filter(([kind]) => !right.includes(kind))
    .map(([, value]) => value);
  return [...ofKinds, ...(items === undefined ? [] : [[items.type === 'string' ? 7 : 'text']])].map(shown);
}

/** Below the first, just below and just above it, halfway to the next, and just above the last: never larger sizes. */
function betweenIntegers(values: readonly number[]): readonly number[] {
  const [first = 0, second = 0] = values;
  return [-first, 0, first / 2, first - 1, first + 1, (first + second) / 2, (values.at(-1) ?? 0) + 1];
}

function otherCase(text: string): string {
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
}

function otherValues({ enum: values }: PageSchema): readonly NamedValue[] {
  if (values === undefined) return [];
  const integers = values.filter(value => typeof value === 'number');
  if (integers.length > 0) return betweenIntegers(integers).map(shown);
  return ['NoSuchValue', otherCase(String(values[0]))].map(shown);
}

/** One step outside the range of the page and of the one that sets the member; zero and a negative number where they are outside. */
function outOfRange(schema: PageSchema): readonly NamedValue[] {
  const either = inEitherRange(schema);
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, format } = either;
  const numbers = [...new Set([...beyondEndsOf(either), 0, -7])].filter(
    value => value < minimum || value > maximum || value === schema.not?.const,
  );
  const isMountId = format === 'mount-id';
  return [...numbers, ...(isMountId ? [...numbers.map(String), 'root'] : [])].map(shown);
}

/** Values of the page that sets the member and not of this one: accepted they must not be reported. */
function besideTheRange({ minimum, page }: PageSchema): readonly NamedValue[] {
  const isWider = page?.settable !== undefined && minimum !== undefined && page.settable.minimum < minimum;
  return isWider ? [shown(minimum - 1)] : [];
}

const BROKEN_FORMATS: Readonly<Record<string, readonly string[]>> = {
  'dotted-handler': ['handler', '.handler', 'index.'],
  'json-object': ['no JSON', '[]', '"text"', '7'],
};

function wrongTexts({ minLength, maxLength, format }: PageSchema): readonly NamedValue[] {
  return [
    ...(minLength === undefined || minLength < 2 ? [] : [shown('h'.repeat(minLength - 1))]),
    ...(maxLength === undefined
      ? []
      : [[`of ${maxLength + 1} characters`, `i.${'h'.repeat(maxLength - 1)}`] as const]),
    ...(BROKEN_FORMATS[format ?? ''] ?? []).map(shown),
  ];
}

function tooLarge({ maxUtf8Bytes: max, maxJsonMembers: members }: PageSchema): readonly NamedValue[] {
  const bytes: readonly NamedValue[] =
    max === undefined
      ? []
      : [
          [`of ${max + 1} bytes`, jsonOfBytes(max + 1)],
          [`of ${max + 1} bytes in fewer characters`, jsonOfBytes(max + 1, 'é')],
          [`of ${max + 1} bytes that are no JSON`, 'x'.repeat(max + 1)],
        ];
  return members === undefined
    ? bytes
    : [...bytes, [`with ${members + 1} members`, jsonOfMembers(members + 1)]];
}

/**
 * Values that break what is documented of a member by itself: one step beyond each bound, and one wrong type
 * of each JSON kind. A service newer than the page is not called wrong for them: no larger memory sizes, no
 * newer runtimes.
 */
export function wrongValues(schema: PageSchema): readonly NamedValue[] {
  const all = [
    ...otherValues(schema),
    ...outOfRange(schema),
    ...besideTheRange(schema),
    ...wrongTexts(schema),
    ...tooLarge(schema),
    ...wrongTypes(schema),
  ];
  return all.filter(([words], index) => all.findIndex(([other]) => other === words) === index);
}
