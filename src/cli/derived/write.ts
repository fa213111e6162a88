/** Writes the files that follow from declarations: `npm run derive`. A test holds them against what they follow from. */

import { writeFileSync } from 'node:fs';
import { derivedFiles } from './files.ts';

const root = new URL('../../../../', import.meta.url);

for (const { path, text } of derivedFiles) writeFileSync(new URL(path, root), text(root));
