/** The JSON Schemas and the fixtures, with a validator in another language. `npm run test:mocks` */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { schemaCases } from '../../fixtures/schema-cases.test.support.ts';
import { schemaFiles } from '../../src/page/openapi/schema-files.ts';
import { build, missingTool, pythonBuild, run } from '../other-programs.test.support.ts';

test('Python’s jsonschema says of every fixture what the judge says', async ({ skip }) => {
  if ((await missingTool(['python3'])) !== undefined) skip('python3 is not there');
  const built = await build(fileURLToPath(new URL('.', import.meta.url)), pythonBuild);
  const folder = await mkdtemp(join(tmpdir(), 'fgs-schemas-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, schema] of Object.entries(schemaFiles()))
    await writeFile(join(folder, name), JSON.stringify(schema));
  const cases = join(folder, 'cases');
  const lines = schemaCases.map(({ schema, instance }) => JSON.stringify({ schema, instance }));
  await writeFile(cases, lines.join('\n'));
  const python = join(built, 'environment/bin/python');
  const ended = await run([python, join(built, 'validate.py'), folder, cases], {
    cwd: built,
    timeoutMs: 120_000,
  });
  expect(ended?.stderr).toBe('');
  const said = ended?.stdout.trim().split('\n') ?? [];
  expect(said).toHaveLength(schemaCases.length);
  const wrong = schemaCases.filter(({ isValid }, index) => said[index] !== String(isValid));
  expect(wrong.map(({ name }) => name)).toEqual([]);
});
