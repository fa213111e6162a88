/** Every command of the README runs as it stands; placeholders become a mock server of this test. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MockServer, startMock } from '../mock/index.ts';
import { exampleVersion } from '../page/tables/examples.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Commands that are run elsewhere, and where; the rest runs here. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [
    / pact (?:publish|can-i-deploy)| --enable-pending | --pact-url /,
    'they need a broker: contracts/broker.test.ts',
  ],
  [/FGS_STATES_URL|^npm |^export |PRISM/, 'they are about the shell, npm or other software'],
];

/** Commands that run until they are stopped. */
const STAYS = / (?:mock --port|mock --functions|mock --fault body|proxy )/;

function commandsIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(match => match[1] ?? '');
  return blocks
    .flatMap(block => block.replaceAll(/ *\\\n\s*/g, ' ').split('\n'))
    .map(line => line.replace(/\s+#.*$/, '').trim())
    .filter(line => line !== '');
}

const commands = commandsIn(README).filter(command => !ELSEWHERE.some(([pattern]) => pattern.test(command)));

let folder: string;
let server: MockServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fgs-readme-'));
  server = await startMock({ projectId: 'p1', token: 't1' });
  await sh(`npx fgs-conformance run --profile smoke --fail-on recommended --reporter har`);
  const request = {
    method: 'POST',
    url: 'https://h/v2/p1/fgs/functions/f/versions',
    headers: {},
    body: '{}',
  };
  const response = { status: 404, headers: {}, body: '{"error_code":"FSS.1051","error_msg":"none"}' };
  await writeFile(join(folder, 'exchanges.json'), JSON.stringify([{ request, response }]));
  await writeFile(join(folder, 'functions.json'), '[{"func_name": "hello"}]');
  await writeFile(join(folder, 'answer.json'), JSON.stringify(exampleVersion));
  for (const name of ['console.har', 'more.har']) {
    await copyFile(join(folder, 'fgs-report', 'report.har'), join(folder, name));
  }
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command of the README in a shell, with this build in place of the installed package. */
async function sh(command: string): Promise<{ code: number | null; stderr: string }> {
  const local = command
    .replaceAll('npx fgs-conformance', `exec "${process.execPath}" "${MAIN}"`)
    .replaceAll(/https:\/\/functiongraph\.example\.com|http:\/\/127\.0\.0\.1:8080/g, server.url)
    .replaceAll(/46b6f338fc34|--project-id ci/g, match => (match.startsWith('--') ? '--project-id p1' : 'p1'))
    .replaceAll(/--port \d+/g, '--port 0');
  const { PATH = '' } = process.env;
  const child = spawn('sh', ['-c', local], { cwd: folder, env: { PATH, FGS_TOKEN: 't1' } });
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  child.stdout.resume();
  if (STAYS.test(command)) child.stdout.once('data', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'close');
  return { code, stderr };
}

test('the README has commands', () => {
  expect(commands.length).toBeGreaterThan(20);
  for (const command of commands) expect(command).toMatch(/^npx fgs-conformance /);
});

test.each(commands)('%s', { timeout: 120_000 }, async command => {
  const { code, stderr } = await sh(command);
  expect(stderr).not.toMatch(/^\s+at /m);
  // A recording or a proxy without traffic shows nothing; that is a verdict, too.
  const isVerdict = / (?:judge|proxy) /.test(command) ? [0, 1, 3] : [0];
  expect(isVerdict, stderr).toContain(code);
});
