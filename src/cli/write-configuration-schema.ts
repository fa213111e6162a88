/** Writes the JSON Schema of the configuration file: `npm run schema`. A test holds it against the options. */

import { writeFileSync } from 'node:fs';
import { configurationSchema } from './configuration-schema.ts';
import { createProgram } from './program.ts';

const file = new URL('../../../src/cli/fgs-conformance.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(configurationSchema(createProgram()), null, 2)}\n`);
