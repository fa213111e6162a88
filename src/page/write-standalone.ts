/**
 * Puts standalone code in the place of built modules that export validators.
 *
 *     node dist/src/page/write-standalone.js dist/src/page/validators.js
 */

import { writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { standaloneModule } from './standalone.ts';

const formats = fileURLToPath(new URL('schema-formats.js', import.meta.url));

for (const file of process.argv.slice(2).map(path => resolve(path))) {
  const validators = await import(pathToFileURL(file).href);
  const text = standaloneModule(validators, `./${relative(dirname(file), formats)}`);
  writeFileSync(file, text);
}
