import type { PageSchema } from '../../page/schema.ts';
import { USER_DATA } from '../../page/values.ts';

const WRONG_TYPE: Readonly<Record<string, (value: unknown) => unknown>> = {
  string: () => 12345,
  integer: String,
  boolean: String,
  object: () => ['not an object'],
  array: () => ({}),
};

/** A value of another type than the schema's. */
export function ofWrongType(value: unknown, { type }: PageSchema): unknown {
  if (typeof type !== 'string') return true;
  return WRONG_TYPE[type]?.(value);
}

const WRONG_FORM: Readonly<Record<string, unknown>> = {
  'function-urn': 'urn:fss:mock-1:function:default',
  'dotted-handler': 'index',
  'page-time': '2019-02-30 15:37:27',
  'json-object': 'topic_urn=urn:smn',
};

/** 129 characters with a period in the middle. */
const LONG_HANDLER = `${'a'.repeat(120)}.${'b'.repeat(8)}`;

/** Twenty-one members in few bytes. */
const MANY_MEMBERS = JSON.stringify(
  Object.fromEntries(Array.from({ length: USER_DATA.maxMembers + 1 }, (_, index) => [`k${index}`, 'v'])),
);

/** A value of the right type, in place of a documented one, that breaks one aspect of its schema. */
export function brokenIn(aspect: string, value: unknown, schema: PageSchema): unknown {
  switch (aspect) {
    case 'present':
      return undefined;
    case 'type':
      return ofWrongType(value, schema);
    case 'values':
      return typeof value === 'number' ? value + 1 : 'unknown';
    case 'range':
      if (schema.not !== undefined) return typeof value === 'number' ? 0 : '0';
      return schema.maximum === undefined ? (schema.minimum ?? 0) - 1 : schema.maximum + 1;
    case 'size':
      return 'x'.repeat(USER_DATA.maxBytes + 1);
    case 'count':
      return MANY_MEMBERS;
    case 'length':
      return LONG_HANDLER;
    default:
      return WRONG_FORM[schema.format ?? ''] ?? 'not-the-form';
  }
}
