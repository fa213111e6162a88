import type { PageSchema } from '../../page/schema.ts';

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

/** A text with a period in it, where there is room for one. */
function textOfLength(length: number): string {
  return length < 3 ? 'a'.repeat(length) : `a.${'b'.repeat(length - 2)}`;
}

/** Members in few bytes. */
function membersOf(count: number): string {
  return JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v'])));
}

/** Texts of which a pattern or format lets at least one not through. */
const ODD_TEXTS = ['not-the-form', '?', ''.padEnd(129, 'x'), '0'];

function ofWrongForm({ format = '', pattern = '' }: PageSchema): unknown {
  return WRONG_FORM[format] ?? ODD_TEXTS.find(text => !new RegExp(pattern).test(text));
}

function beyond({ minimum, maximum = 0 }: PageSchema, isAbove: boolean): number {
  return isAbove || minimum === undefined ? maximum + 1 : minimum - 1;
}

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
      return beyond(schema, schema.maximum !== undefined);
    case 'size':
      return 'x'.repeat((schema.maxUtf8Bytes ?? 0) + 1);
    case 'count':
      return membersOf((schema.maxJsonMembers ?? 0) + 1);
    case 'length':
      return textOfLength(
        schema.maxLength === undefined ? (schema.minLength ?? 2) - 1 : schema.maxLength + 1,
      );
    default:
      return ofWrongForm(schema);
  }
}
