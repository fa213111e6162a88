/**
 * Writes the JSON Schema of the configuration file and the README's table of options: `npm run schema`. A
 * test holds both against the options.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { configurationReference, withReference } from './configuration-reference.ts';
import { configurationSchema } from './configuration-schema.ts';
import { createProgram } from './program.ts';

const root = new URL('../../../', import.meta.url);
const program = createProgram();

const schema = new URL('src/cli/fgs-conformance.schema.json', root);
writeFileSync(schema, `${JSON.stringify(configurationSchema(program), null, 2)}\n`);

const readme = new URL('README.md', root);
writeFileSync(readme, withReference(readFileSync(readme, 'utf8'), configurationReference(program)));
