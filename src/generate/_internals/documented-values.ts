import type { PageSchema } from '../../page/schema.ts';
import { endsOf } from './bounds.ts';
import { jsonOfBytes, jsonOfMembers } from './user-data.ts';

/** A handler of exactly so many characters: `a.bbb`. */
function handlerOf(length: number): string {
  return `a.${'b'.repeat(length - 2)}`;
}

/** The shortest and the longest text with their neighbours. */
function lengthsOf({ minLength: min, maxLength: max, format }: PageSchema): readonly string[] {
  const lengths = [
    ...(min === undefined ? [] : [min, min + 1]),
    ...(max === undefined ? [] : [max - 1, max]),
  ];
  return lengths
    .filter(length => length > 0)
    .map(length => (format === 'dotted-handler' ? handlerOf(length) : 'a'.repeat(length)));
}

/**
 * The values of a member at which a documented statement can break: every value of an enumeration, the ends
 * of a range and their neighbours inside it, the shortest and the longest text. Empty for a member of which
 * nothing of the kind is documented.
 */
export function documentedValues(schema: PageSchema): readonly unknown[] {
  if (schema.enum !== undefined) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  if (schema.minLength !== undefined || schema.maxLength !== undefined) return lengthsOf(schema);
  if (schema.maxUtf8Bytes !== undefined && schema.maxJsonMembers !== undefined) {
    const { maxUtf8Bytes: bytes, maxJsonMembers: members } = schema;
    return [
      jsonOfBytes(bytes - 1),
      jsonOfBytes(bytes),
      jsonOfBytes(bytes, 'é'),
      jsonOfMembers(members - 1),
      jsonOfMembers(members),
    ];
  }
  return endsOf(schema);
}
