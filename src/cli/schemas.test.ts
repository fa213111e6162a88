import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, test } from 'vitest';
import { schemaCases } from '../../fixtures/schema-cases.test.support.ts';
import { annotationKeywords } from '../page/openapi/schema-files.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fgs-schemas-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function schemas(...args: readonly string[]) {
  return spawnSync(process.execPath, [MAIN, 'schemas', ...args], { cwd: folder, encoding: 'utf8' });
}

/** As the guide shows it. */
function strictValidator(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true });
  ajv.addVocabulary([...annotationKeywords]);
  const files = readdirSync(join(folder, 'schemas')).map(
    name => JSON.parse(readFileSync(join(folder, 'schemas', name), 'utf8')) as { $id: string },
  );
  for (const file of files) {
    if (file.$id.endsWith('/meta-schema.json')) ajv.addMetaSchema(file);
  }
  for (const file of files) {
    if (!file.$id.endsWith('/meta-schema.json')) ajv.addSchema(file);
  }
  return ajv;
}

test('the schemas are files that find each other, and that a strict validator takes', () => {
  const { status, stdout, stderr } = schemas();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const names = readdirSync(join(folder, 'schemas'));
  expect(stdout).toBe(`${names.length} files: ${join(folder, 'schemas')}\n`);
  expect(names).toEqual(expect.arrayContaining(['PublishedVersion.json', 'Error.json', 'meta-schema.json']));
  expect(names.filter(name => !name.endsWith('.json'))).toEqual([]);
  const ajv = strictValidator();
  for (const name of names.filter(each => each !== 'meta-schema.json')) {
    expect(typeof ajv.getSchema(`https://fgs-conformance.example.com/schemas/1/${name}`), name).toBe(
      'function',
    );
  }
});

test('the fixtures have their schemas, and those that break a clause do not', () => {
  const ajv = strictValidator();
  const wrong = schemaCases.filter(({ schema, instance, isValid }) => {
    const validate = ajv.getSchema(`https://fgs-conformance.example.com/schemas/1/${schema}`);
    return validate?.(instance) !== isValid;
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
  expect(schemaCases.filter(({ isValid }) => !isValid).length).toBeGreaterThan(100);
});

test('a folder that cannot be written is one sentence, and nothing is left half-written', () => {
  writeFileSync(join(folder, 'file'), '');
  const { status, stdout, stderr } = schemas('--dir', 'file');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^fgs-conformance: The schemas cannot be written to file: [^\n]+\.\n$/);
  expect(readdirSync(folder).sort()).toEqual(['file', 'schemas']);
});
