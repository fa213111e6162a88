import fc from 'fast-check';
import type { PageSchema } from '../../page/schema.ts';
import { type FullFunctionUrn, formatUrn } from '../../page/urn.ts';
import { RESERVED_MOUNT_IDS } from '../../page/values.ts';
import { endsOf, isInRange, rangeOf } from './bounds.ts';
import { hex, plainName, word } from './texts.ts';

/** A handler with exactly so many characters, a period among them: `hhh.hh`. */
export function handlerOfLength(length: number): fc.Arbitrary<string> {
  return fc
    .nat({ max: length - 3 })
    .map(before => `${'h'.repeat(before + 1)}.${'h'.repeat(length - 2 - before)}`);
}

const HANDLER_LENGTH = { min: 3, max: 128 } as const;

function dottedHandler({
  minLength = HANDLER_LENGTH.min,
  maxLength = HANDLER_LENGTH.max,
}: PageSchema): fc.Arbitrary<string> {
  const part = fc.oneof(
    word(1, 12),
    fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
    fc.constantFrom('App::com.example', 'index', '-', ' '),
  );
  const ends = [minLength, minLength + 1, maxLength - 1, maxLength].map(handlerOfLength);
  return fc.oneof(
    { weight: 3, arbitrary: fc.array(part, { minLength: 2, maxLength: 4 }).map(parts => parts.join('.')) },
    ...ends.map(arbitrary => ({ weight: 1, arbitrary })),
  );
}

/** A handler as every service takes it: ASCII words with periods between them. */
export const plainHandler: fc.Arbitrary<string> = fc.oneof(
  fc.array(word(1, 20), { minLength: 2, maxLength: 4 }).map(parts => parts.join('.')),
  handlerOfLength(HANDLER_LENGTH.min),
  handlerOfLength(HANDLER_LENGTH.max),
);

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

const instant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2099-12-31T23:59:59Z'),
  noInvalidDate: true,
});

/** `YYYY-MM-DD HH:MM:SS` or RFC 3339, with and without a fraction, in UTC or with an offset. */
const pageTime: fc.Arbitrary<string> = fc
  .tuple(instant, fc.constantFrom(' ', 'Z', '+08:00', '-05:30', '.5Z', '.123456789+00:00'))
  .map(([date, form]) => {
    const seconds = date.toISOString().slice(0, 19);
    return form === ' ' ? seconds.replace('T', ' ') : seconds + form;
  });

/** `vYYYYMMDD-HHMMSS`, a real date and time. */
export const automaticVersion: fc.Arbitrary<string> = instant.map(date => {
  const day = [date.getUTCFullYear(), twoDigits(date.getUTCMonth() + 1), twoDigits(date.getUTCDate())];
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits);
  return `v${day.join('')}-${time.join('')}`;
});

/** An integer of the documented range, its ends favoured. */
export function integerOf(schema: PageSchema): fc.Arbitrary<number> {
  const ends = endsOf(schema);
  const any = fc.integer(rangeOf(schema)).filter(value => isInRange(schema, value));
  return ends.length === 0 ? any : fc.oneof(any, fc.constantFrom(...ends));
}

/** An id of a mount user that no page reserves. */
export function mountIdOf(schema: PageSchema): fc.Arbitrary<number> {
  return integerOf(schema).filter(id => !RESERVED_MOUNT_IDS.some(reserved => reserved === id));
}

const jsonObject: fc.Arbitrary<string> = fc
  .dictionary(fc.constantFrom('note', 'prefix', 'ключ', '__proto__', 'a b'), fc.jsonValue({ maxDepth: 1 }), {
    noNullPrototype: true,
  })
  .map(object => JSON.stringify(object));

/** A function of some project, without a qualifier. */
export const functionUrn: fc.Arbitrary<FullFunctionUrn> = fc.record(
  {
    region: plainName(12, '-'),
    projectId: hex(32),
    package: fc.oneof(fc.constant('default'), plainName(20, '-_')),
    name: plainName(60, '-_'),
  },
  { noNullPrototype: true },
);

/** Format of the page's schemas -> texts that have it. */
export const formats: Readonly<Record<string, (schema: PageSchema) => fc.Arbitrary<string>>> = {
  'function-urn': () => functionUrn.map(formatUrn),
  'dotted-handler': dottedHandler,
  'page-time': () => pageTime,
  'mount-id': schema => mountIdOf(schema).map(String),
  'json-object': () => jsonObject,
};
