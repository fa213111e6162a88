/** The schemas of the page as files of JSON Schema (2020-12), for validators in other languages. */

import { componentSchemas } from './components.ts';
import type { JsonSchema } from './constraints.ts';

const BASE = 'https://fgs-conformance.example.com/schemas/1/';
const DRAFT = 'https://json-schema.org/draft/2020-12/';
const META = 'meta-schema.json';

/** The vocabularies of the draft that the schemas use. */
const STANDARD = [
  'core',
  'applicator',
  'unevaluated',
  'validation',
  'meta-data',
  'format-annotation',
  'content',
] as const;

/** Keywords of our own: they say what validation cannot, or need not, say. */
const ANNOTATIONS: Readonly<Record<string, JsonSchema>> = {
  'x-recommended': {
    type: 'object',
    description: 'Constraints that the page implies, or that a neighbouring page states.',
  },
  'x-max-utf8-bytes': {
    type: 'integer',
    description: 'At most so many bytes of UTF-8, where maxLength counts characters.',
  },
  'x-max-json-members': {
    type: 'integer',
    description: 'At most so many members of the object that the text holds.',
  },
};

/** The keywords that validators have to be told of, if they refuse what they do not know. */
export const annotationKeywords: readonly string[] = Object.keys(ANNOTATIONS);

const metaSchema: JsonSchema = {
  $schema: `${DRAFT}schema`,
  $id: `${BASE}${META}`,
  title: 'Schemas of the page "Publishing a Function Version"',
  $vocabulary: {
    ...Object.fromEntries(STANDARD.map(name => [`${DRAFT}vocab/${name}`, true])),
    // Who does not know it loses nothing: it has annotations alone.
    [`${BASE}vocabulary`]: false,
  },
  $dynamicAnchor: 'meta',
  allOf: STANDARD.map(name => ({ $ref: `${DRAFT}meta/${name}` })),
  type: ['object', 'boolean'],
  properties: ANNOTATIONS,
};

/**
 * Every schema by the name of its file, what must hold between members included, and the meta-schema that
 * describes the annotations. Each names the others by their files.
 */
export function schemaFiles(): Readonly<Record<string, JsonSchema>> {
  const schemas = Object.entries(componentSchemas(true)).map(([name, schema]) => {
    const { example, ...rest } = schema;
    const file = `${name}.json`;
    const head = { $schema: `${BASE}${META}`, $id: `${BASE}${file}`, title: name };
    const examples = example === undefined ? {} : { examples: [example] };
    return [file, { ...head, ...inFiles(rest), ...examples }];
  });
  return { [META]: metaSchema, ...Object.fromEntries(schemas) };
}

/** A schema whose references name files, and which has one type. */
function inFiles(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema).map(([keyword, value]) => [keyword, inFilesBelow(keyword, value)]);
  return withOneType(Object.fromEntries(entries));
}

function inFilesBelow(keyword: string, value: unknown): unknown {
  if (keyword === '$ref' && typeof value === 'string') return value.replace(/^.*\/(\w+)$/, '$1.json');
  if (Array.isArray(value)) return value.map(each => (isSchema(each) ? inFiles(each) : each));
  if (!isSchema(value) || keyword === 'x-recommended') return value;
  if (keyword !== 'properties') return inFiles(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isSchema(member) ? inFiles(member) : member]),
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keywords that limit values of one type only. */
const LIMITS: Readonly<Record<string, string>> = {
  minLength: 'string',
  maxLength: 'string',
  pattern: 'string',
  minimum: 'integer',
  maximum: 'integer',
};

/** Strict validators want a type beside what limits its values, and one type: null is an alternative of its own. */
function withOneType(schema: JsonSchema): JsonSchema {
  const { type, description, ...rest } = schema;
  if (type === undefined && ('properties' in rest || 'required' in rest))
    return { type: 'object', ...schema };
  const [limit] = Object.keys(rest).filter(keyword => Object.hasOwn(LIMITS, keyword));
  const types: unknown = type ?? (limit === undefined ? undefined : [LIMITS[limit], 'null']);
  if (!Array.isArray(types)) return schema;
  const others = types.filter(each => each !== 'null').map(each => ({ type: each, ...rest }));
  return { anyOf: [...others, { type: 'null' }], ...(description === undefined ? {} : { description }) };
}
