import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { libraryReference } from './library-reference.ts';

const root = new URL('../../../', import.meta.url);

test('src/reference.md says what the TSDoc says: npm run reference writes it', {
  timeout: 120_000,
}, async () => {
  expect(readFileSync(new URL('src/reference.md', root), 'utf8')).toBe(await libraryReference(root));
});
