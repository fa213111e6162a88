import fc from 'fast-check';
import { utf8Bytes } from '../../page/formats.ts';
import type { PageSchema } from '../../page/schema.ts';
import { beyondEndsOf, isInRange } from './bounds.ts';
import { brokenFormats, unmatched } from './broken-formats.ts';
import { handlerOfLength } from './formats.ts';
import { LEFT_OUT } from './left-out.ts';
import { text, word } from './texts.ts';
import { jsonOfBytes, jsonOfMembers } from './user-data.ts';

/**
 * Values that break one aspect of a schema, and no aspect that comes before it. None of them counts as
 * absent, but for the aspect `present`.
 *
 * @param aspect as in a clause id: `type`, `values`, `range`, ...
 * @throws Error when the schema states nothing of that aspect
 */
export function brokenValues(schema: PageSchema, aspect: string): fc.Arbitrary<unknown> {
  const broken = BROKEN[aspect]?.(schema);
  if (broken === undefined)
    throw new Error(`brokenValues: the schema states nothing of the aspect ${aspect}`);
  return broken;
}

type Breaking = (schema: PageSchema) => fc.Arbitrary<unknown> | undefined;

const BROKEN: Readonly<Record<string, Breaking>> = {
  present: schema =>
    fc.constantFrom<unknown>(LEFT_OUT, null, ...(typesOf(schema).includes('string') ? [''] : [])),
  type: wrongTypes,
  values: otherValues,
  range: outOfRange,
  length: wrongLengths,
  format: wrongFormats,
  size: tooLarge,
  count: tooMany,
};

function typesOf(schema: PageSchema): readonly string[] {
  return [schema.type ?? []].flat();
}

const VALUES_BY_TYPE: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: fc.oneof(text(), fc.integer().map(String), fc.constantFrom('true', '{}', '[]')),
  integer: fc.integer(),
  fraction: fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
  boolean: fc.boolean(),
  object: fc.dictionary(word(1, 8), fc.jsonValue({ maxDepth: 0 }), { maxKeys: 2, noNullPrototype: true }),
  array: fc.array(fc.jsonValue({ maxDepth: 0 }), { maxLength: 2 }),
};

function wrongTypes(schema: PageSchema): fc.Arbitrary<unknown> {
  const right = typesOf(schema);
  return fc.oneof(
    ...Object.entries(VALUES_BY_TYPE).flatMap(([type, values]) => (right.includes(type) ? [] : [values])),
  );
}

const NEAR_MISSES: readonly ((value: string) => string)[] = [
  value => value.toLowerCase(),
  value => value.toUpperCase(),
  value => value.slice(0, -1),
  value => `${value}0`,
  value => `${value} `,
  value => ` ${value}`,
  value => value.replace(/(?<=[A-Za-z])(?=\d)/, ' '),
];

function otherValues({ enum: values }: PageSchema): fc.Arbitrary<unknown> | undefined {
  if (values === undefined) return undefined;
  const strings = values.filter(value => typeof value === 'string');
  const integers = values.filter(value => typeof value === 'number');
  const near = values.flatMap<string | number>(value =>
    typeof value === 'number' ? [value - 1, value + 1, -value] : NEAR_MISSES.map(miss => miss(value)),
  );
  return fc
    .oneof(
      fc.constantFrom(...near),
      ...(strings.length > 0 ? [text()] : []),
      ...(integers.length > 0 ? [fc.integer({ min: -10, max: 20_000 })] : []),
    )
    .filter(value => value !== '' && !values.includes(value));
}

function outOfRange(schema: PageSchema): fc.Arbitrary<unknown> | undefined {
  const steps = beyondEndsOf(schema);
  if (steps.length === 0) return undefined;
  const wide = fc.integer({ min: -1_000_000, max: 1_000_000_000 }).filter(value => !isInRange(schema, value));
  const integers = fc.oneof(fc.constantFrom(...steps), wide);
  const format = schema.format === undefined ? undefined : brokenFormats[schema.format];
  return format === undefined ? integers : fc.oneof(integers, format(schema));
}

/** Too short or too long; a handler with a period where there is room for one. A blank text counts as absent. */
function wrongLengths({ minLength = 0, maxLength, format }: PageSchema): fc.Arbitrary<unknown> | undefined {
  const ofLength = format === 'dotted-handler' ? handlerOfLength : (length: number) => word(length, length);
  const tooShort = minLength > 1 ? [word(1, minLength - 1)] : [];
  const tooLong =
    maxLength === undefined
      ? []
      : [fc.integer({ min: maxLength + 1, max: maxLength + 200 }).chain(ofLength), ofLength(maxLength + 1)];
  const all = [...tooShort, ...tooLong];
  return all.length === 0 ? undefined : fc.oneof(...all);
}

function wrongFormats(schema: PageSchema): fc.Arbitrary<unknown> | undefined {
  const format = schema.format === undefined ? undefined : brokenFormats[schema.format];
  if (format !== undefined) return format(schema);
  return schema.pattern === undefined ? undefined : unmatched(schema.pattern);
}

/** Too many bytes of UTF-8, in few characters as in many, in few members as in none. */
function tooLarge({ maxUtf8Bytes: max }: PageSchema): fc.Arbitrary<unknown> | undefined {
  if (max === undefined) return undefined;
  const by = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2 * max }));
  return fc.oneof(
    by.map(more => 'x'.repeat(max + more)),
    by.map(more => jsonOfBytes(max + more)),
    by.map(more => jsonOfBytes(max + more, 'é')),
    by.map(more => jsonOfBytes(max + more, '\u{1f600}')),
  );
}

/** Too many members, in few bytes. */
function tooMany({ maxJsonMembers: max, maxUtf8Bytes }: PageSchema): fc.Arbitrary<unknown> | undefined {
  if (max === undefined) return undefined;
  return fc
    .oneof(fc.constant(max + 1), fc.integer({ min: max + 1, max: 3 * max }))
    .map(jsonOfMembers)
    .filter(json => maxUtf8Bytes === undefined || utf8Bytes(json) <= maxUtf8Bytes);
}
