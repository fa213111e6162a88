import fc from 'fast-check';
import type { PageSchema } from '../../page/schema.ts';
import { formats, integerOf, mountIdOf } from './formats.ts';
import { LEFT_OUT, withoutLeftOut } from './left-out.ts';
import { text, word } from './texts.ts';
import { userData } from './user-data.ts';

/** What a value of a schema must be beside valid. */
export interface Wishes {
  /** Subjects of members that are there, such as `body.mount_config.func_mounts[].mount_type`. */
  readonly present?: readonly string[];
  /** Subject -> what the member is instead of any value of its schema. Such a member is there. */
  readonly values?: Readonly<Record<string, fc.Arbitrary<unknown>>>;
  /** How optional members are not there: `null` and `''` beside left out, or left out only. */
  readonly unset: 'any way' | 'left out';
}

/** Valid values of a schema: types, enumerations, ranges, lengths, formats. What spans members is not looked at. */
export function schemaValue(schema: PageSchema, subject: string, wishes: Wishes): fc.Arbitrary<unknown> {
  const wished = wishes.values?.[subject];
  if (wished !== undefined) return wished;
  const types = [schema.type ?? []].flat();
  return fc.oneof(...types.map(type => valueOfType(type, schema, subject, wishes)));
}

function valueOfType(
  type: (typeof VALUE_TYPES)[number],
  schema: PageSchema,
  subject: string,
  wishes: Wishes,
): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (type) {
    case 'object':
      return objectOf(schema, subject, wishes);
    case 'array':
      return fc.array(schemaValue(schema.items ?? {}, `${subject}[]`, wishes), {
        minLength: isWished(`${subject}[]`, wishes) ? 1 : 0,
        maxLength: 3,
      });
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return schema.format === 'mount-id' ? mountIdOf(schema) : integerOf(schema);
    case 'string':
      return stringOf(schema);
  }
}

const VALUE_TYPES = ['object', 'array', 'string', 'integer', 'boolean'] as const;

function stringOf(schema: PageSchema): fc.Arbitrary<string> {
  const format = schema.format === undefined ? undefined : formats[schema.format];
  if (format !== undefined) return format(schema);
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  if (schema.maxUtf8Bytes !== undefined) return userData(schema);
  return textOfLength(schema);
}

function textOfLength({ minLength = 1, maxLength }: PageSchema): fc.Arbitrary<string> {
  if (minLength === 1 && maxLength === undefined) return text();
  const max = maxLength ?? minLength + 24;
  return fc.oneof(word(minLength, max), word(minLength, minLength), word(max, max));
}

function objectOf(
  schema: PageSchema,
  subject: string,
  wishes: Wishes,
): fc.Arbitrary<Record<string, unknown>> {
  const members = Object.entries(schema.properties ?? {}).map(([name, own]) => {
    const at = `${subject}.${name}`;
    const value = schemaValue(own, at, wishes);
    const isThere = (schema.required?.includes(name) ?? false) || isWished(at, wishes);
    return [name, isThere ? value : optional(own, value, wishes)] as const;
  });
  return fc.record(Object.fromEntries(members)).map(withoutLeftOut);
}

function optional(
  schema: PageSchema,
  value: fc.Arbitrary<unknown>,
  { unset }: Wishes,
): fc.Arbitrary<unknown> {
  const isString = [schema.type ?? []].flat().includes('string');
  const styles = unset === 'left out' ? [LEFT_OUT] : [LEFT_OUT, null, ...(isString ? [''] : [])];
  return fc.oneof(
    { withCrossShrink: true },
    ...styles.map(style => ({ weight: 1, arbitrary: fc.constant<unknown>(style) })),
    { weight: 2 * styles.length, arbitrary: value },
  );
}

/** Whether a wish is about this member, or about one below it. */
function isWished(subject: string, { present = [], values = {} }: Wishes): boolean {
  return [...present, ...Object.keys(values)].some(
    wish => wish === subject || wish.startsWith(`${subject}.`) || wish.startsWith(`${subject}[]`),
  );
}
