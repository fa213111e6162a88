import fc from 'fast-check';
import { utf8Bytes } from '../../page/formats.ts';
import type { PageSchema } from '../../page/schema.ts';

/** A JSON object with so many members: `{"name0":"x","name1":"x"}`. */
export function jsonOfMembers(count: number): string {
  return JSON.stringify(
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`name${index}`, 'x'])),
  );
}

/**
 * A JSON object with one member that is so many bytes long in UTF-8.
 *
 * @param filler repeated as far as it fits; the rest is filled with ASCII
 */
export function jsonOfBytes(bytes: number, filler = 'x'): string {
  const room = bytes - utf8Bytes('{"name":""}');
  const times = Math.floor(room / utf8Bytes(filler));
  const rest = room - times * utf8Bytes(filler);
  return `{"name":"${filler.repeat(times)}${'x'.repeat(rest)}"}`;
}

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
);

/** Names and values as the text of a JSON object, within the limits of the schema, the limits themselves favoured. */
export function jsonUserData(schema: PageSchema): fc.Arbitrary<string> {
  const { maxUtf8Bytes: bytes = 4096, maxJsonMembers: members = 20 } = schema;
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .uniqueArray(fc.tuple(name, fc.string({ maxLength: 20 })), {
          maxLength: members,
          selector: pair => pair[0],
        })
        .map(pairs => JSON.stringify(Object.fromEntries(pairs)))
        .filter(json => utf8Bytes(json) <= bytes),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        jsonOfMembers(members - 1),
        jsonOfMembers(members),
        jsonOfBytes(bytes - 1),
        jsonOfBytes(bytes),
        jsonOfBytes(bytes, 'é'),
      ),
    },
  );
}

/** Any text within the limits of the schema: it need not be JSON, nor an object. */
export function userData(schema: PageSchema): fc.Arbitrary<string> {
  const { maxUtf8Bytes: bytes = 4096 } = schema;
  return fc.oneof(
    { weight: 4, arbitrary: jsonUserData(schema) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'x'.repeat(bytes),
        'é'.repeat(bytes / 2),
        '[1,2,3]',
        JSON.stringify(Array(50).fill(0)),
      ),
    },
  );
}
