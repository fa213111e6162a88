import { _, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { createAjv } from './ajv.ts';

/**
 * The text of a module with the same validators under the same names, which neither loads ajv nor compiles
 * anything.
 *
 * @param formats where the module finds the formats and measures of the page
 */
export function standaloneModule(
  validators: Readonly<Record<string, ValidateFunction>>,
  formats: string,
): string {
  const ajv = createAjv({ code: { source: true, esm: true, formats: _`formats` } });
  for (const [name, { schema }] of Object.entries(validators)) ajv.addSchema(withoutNotes(schema), name);
  const exported = Object.fromEntries(Object.keys(validators).map(name => [name, name]));
  return [
    `import { createRequire } from 'node:module';`,
    `import { formats, jsonObjectIn, measures } from '${formats}';`,
    'const require = createRequire(import.meta.url);',
    standaloneCode.default(ajv, exported),
  ].join('\n');
}

/** What a schema carries for the clause catalogue checks nothing. */
function withoutNotes(schema: AnySchema): AnySchema {
  return JSON.parse(JSON.stringify(schema, (name, value) => (name === 'page' ? undefined : value)));
}
