/** What the keywords of the page's schemas are in JSON Schema. */

import { ASPECTS, type PageSchema } from '../schema.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

const FIELD = '[^:]+';
const QUALIFIER = '(?:[^:!][^:]*|![^:]+)';
const LONG_URN = `urn:fss:${FIELD}:${FIELD}:function:${FIELD}:${FIELD}(?::${QUALIFIER})?`;

/** A URN as the path names it: the long form, or one of the short ones. */
export const URN_PARAMETER = `^(?:${LONG_URN}|${FIELD}(?::${FIELD}){0,3})$`;

/** What can be a field of a URN and a segment of a path. */
export const SEGMENT = '^[^\\s:/]+$';

const DATE = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?';

/** Our formats as regular expressions. They cannot say that a day is one of its month. */
const PATTERNS: Readonly<Record<string, string>> = {
  'function-urn': `^${LONG_URN}$`,
  'dotted-handler': '^[\\s\\S][^.]*\\.[\\s\\S]',
  'page-time': `^${DATE}(?: ${TIME}|[Tt]${TIME}(?:[Zz]|[+-](?:[01]\\d|2[0-3]):?[0-5]\\d))$`,
  'mount-id': '^(?:-1|[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-4])$',
};

/** A string that holds JSON. */
const JSON_OBJECT = { contentMediaType: 'application/json', contentSchema: { type: 'object' } } as const;

/** What a keyword of the page is in JSON Schema. */
const WRITTEN: Readonly<Record<string, (schema: PageSchema) => JsonSchema>> = {
  minimum: ({ minimum }) => ({ minimum }),
  maximum: ({ maximum }) => ({ maximum }),
  not: ({ not }) => ({ not }),
  minLength: ({ minLength }) => ({ minLength }),
  maxLength: ({ maxLength }) => ({ maxLength }),
  pattern: ({ pattern }) => ({ pattern }),
  format: ({ format = '' }) => (format === 'json-object' ? JSON_OBJECT : { pattern: PATTERNS[format] }),
  // There are no more characters than bytes.
  maxUtf8Bytes: ({ maxUtf8Bytes }) => ({ maxLength: maxUtf8Bytes, 'x-max-utf8-bytes': maxUtf8Bytes }),
  maxJsonMembers: ({ maxJsonMembers }) => ({ 'x-max-json-members': maxJsonMembers }),
};

/** The constraints of a schema by how binding they are. Length and format of some depend on the runtime. */
export function constraintsOf(schema: PageSchema): { required: JsonSchema; recommended: JsonSchema } {
  const { levels = {}, aspects = {}, looserOnCustomRuntimes = false } = schema.page ?? {};
  let required: JsonSchema = {};
  let recommended: JsonSchema = {};
  for (const [keyword, write] of Object.entries(WRITTEN)) {
    if (!Object.hasOwn(schema, keyword)) continue;
    const aspect = aspects[keyword] ?? ASPECTS[keyword] ?? keyword;
    if (looserOnCustomRuntimes && (aspect === 'length' || aspect === 'format')) continue;
    if ((levels[aspect] ?? 'required') === 'required') required = { ...required, ...write(schema) };
    else recommended = { ...recommended, ...write(schema) };
  }
  return { required, recommended };
}

/** The constraints that do not hold on a custom runtime. */
export function constraintsByRuntime({ page: _page, ...schema }: PageSchema): JsonSchema {
  return constraintsOf(schema).required;
}
