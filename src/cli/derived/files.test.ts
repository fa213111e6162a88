import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { derivedFiles } from './files.ts';

const root = new URL('../../../', import.meta.url);

test.each(derivedFiles)(
  '$path says what the declarations say: npm run derive writes it',
  ({ path, text }) => {
    expect(readFileSync(new URL(path, root), 'utf8')).toBe(text(root));
  },
);
