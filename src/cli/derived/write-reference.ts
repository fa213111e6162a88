/** Writes the reference of the library: `npm run reference`. A test of the package holds it against the sources. */

import { writeFile } from 'node:fs/promises';
import { libraryReference } from './library-reference.ts';

const root = new URL('../../../../', import.meta.url);

await writeFile(new URL('src/reference.md', root), await libraryReference(root));
