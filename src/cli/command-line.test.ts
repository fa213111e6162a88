import { expect, test } from 'vitest';
import { plainConfiguration } from '../generate/index.ts';
import { cli, folder } from './command.test.support.ts';
import { functionsOf, mock } from './servers.test.support.ts';

test('cleanup deletes functions of the suite by name and age, and no others', async () => {
  const server = await mock();
  const url = `${server.url}/v2/${server.projectId}/fgs/functions`;
  for (const name of ['fgsc-t00000aaaa-1', 'of-somebody-else']) {
    const body = JSON.stringify({ ...plainConfiguration(name, 'n') });
    const headers = { 'x-auth-token': server.token, 'content-type': 'application/json' };
    await fetch(url, { method: 'POST', headers, body });
  }
  const args = ['cleanup', '--endpoint', server.url, '--project-id', server.projectId];
  // Journals that others left behind are none of this test's.
  const env = { FGS_TOKEN: server.token, TMPDIR: folder };
  expect((await cli(args, env)).stdout).toMatch(/deleted 1, remaining 0/);
  expect(await functionsOf(server)).toEqual(['of-somebody-else']);
});

test('--version says the version and nothing else', async () => {
  expect(await cli(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test('clauses prints the whole catalogue as JSON', async () => {
  const { stdout } = await cli(['clauses', '--format', 'json']);
  const entries: { id: string; source: { table: string; row: string } }[] = JSON.parse(stdout);
  expect(entries.find(({ id }) => id === 'body.memory_size.values')?.source).toEqual({
    table: 'Table 4',
    row: 'memory_size',
  });
});

test('clauses tells all about one clause, with a body that passes and one that fails', async () => {
  const { stdout } = await cli(['clauses', 'body.timeout.range']);
  expect(stdout).toMatch(/3\.\.259200/);
  expect(stdout).toMatch(/Table 4/);
});
