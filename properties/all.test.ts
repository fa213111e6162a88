import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every file of properties is among all of them, once', () => {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter(name => name.endsWith('.property.ts'));
  const text = readFileSync(new URL('all.ts', folder), 'utf8');
  const imported = [...text.matchAll(/^import '\.\/(.+)';$/gm)].map(match => match[1]);
  expect(imported.toSorted()).toEqual(files.toSorted());
});
