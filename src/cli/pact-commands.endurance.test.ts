import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startBrokerDouble } from '../../contracts/broker-double.test.support.ts';
import { type MockOptions, type MockServer, startMock } from '../mock/index.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fgs-cli-pact-'));
  await cli(['generate', '--consumer', 'my-sdk']);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, 'pact', ...args], { cwd: folder, env: { PATH, ...env } });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    output.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    output.stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, ...output }));
  return { child, output, ended };
}

function cli(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> {
  return start(args, env).ended;
}

async function mock(options: MockOptions = {}): Promise<MockServer> {
  const server = await startMock(options);
  opened.push(server);
  return server;
}

function against({ url, projectId, token }: MockServer): [string[], Record<string, string>] {
  return [['verify', '--endpoint', url, '--project-id', projectId], { FGS_TOKEN: token }];
}

async function functionsOn({ url, projectId, token }: MockServer): Promise<unknown[]> {
  const headers = { 'x-auth-token': token };
  const answer = await fetch(`${url}/v2/${projectId}/fgs/functions`, { headers });
  return Object(await answer.json()).functions;
}

test('generate writes one pact, without a credential in it', async () => {
  const { code, stdout } = await cli(['generate', '--consumer', 'my-sdk']);
  expect(code).toBe(0);
  const file = join(folder, 'pacts', 'my-sdk-functiongraph.json');
  expect(stdout.trim()).toMatch(/^\d+ interactions: .*my-sdk-functiongraph\.json$/);
  const pact = await readFile(file, 'utf8');
  expect(pact).toContain('"consumer-token"');
  expect(JSON.parse(pact)).toMatchObject({ metadata: { pactSpecification: { version: '4.0' } } });
});

test('whatever a consumer is called, its pact is one file in the folder, which publish and verify find', async () => {
  const double = await startBrokerDouble();
  opened.push(double);
  const env = { PACT_BROKER_BASE_URL: double.url };
  const names = ['@acme/sdk', '../../x'];
  for (const consumer of names)
    expect(await cli(['generate', '--dir', 'odd/names', '--consumer', consumer])).toMatchObject({ code: 0 });
  expect((await readdir(join(folder, 'odd', 'names'))).sort()).toEqual([
    '..%2F..%2Fx-functiongraph.json',
    '@acme%2Fsdk-functiongraph.json',
  ]);
  const published = await cli(['publish', '--dir', 'odd/names', '--consumer-app-version', '1'], env);
  expect(published).toMatchObject({ code: 0 });
  expect(double.store.pacts.map(({ consumer }) => consumer).sort()).toEqual(names.sort());
  const verified = await cli(['verify', '--dir', 'odd/names', '--format', 'json']);
  const { interactions } = JSON.parse(verified.stdout);
  expect(new Set(interactions.map(({ consumer }: { consumer: string }) => consumer))).toEqual(new Set(names));
  expect(await cli(['verify', '--provider', 'functiongraph'], env)).toMatchObject({ code: 0 });
});

test('verify names what holds, and ends with 0', async () => {
  const { code, stdout } = await cli(['verify'], {
    // Pact’s own variables for a verifier that is run by hand change nothing.
    PACT_DESCRIPTION: 'nothing',
    HTTP_PROXY: 'http://127.0.0.1:9',
  });
  expect(stdout).toMatch(/^pass {5}a publication with no member$/m);
  expect(stdout).toMatch(/^conformant: \d+ interactions hold$/m);
  expect(code).toBe(0);
});

test('verify says what a wrong provider does, ends with 1, and shows no token', async () => {
  const server = await mock({ fault: 'body.memory_size.values' });
  const [args, env] = against(server);
  const { code, stdout, stderr } = await cli(args, env);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^FAIL {5}a publication with no member .*\n {9}memory_size: /m);
  expect(stdout).toMatch(/^left out a publication while the service fails .*\n {9}.*--states-url/m);
  expect(stdout + stderr).not.toContain(server.token);
});

test('what is left out without consent is inconclusive, with the option that consents', async () => {
  const server = await mock();
  const [args, env] = against(server);
  const live = { ...env, FGS_FORBIDDEN_TOKEN: server.forbiddenToken };
  const before = await cli(args, live);
  expect(before).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(
      /45 interactions hold, but 3 that count were left out \(--unreachable-state NAME/,
    ),
  });
  // In the file, where it belongs to the project.
  const names = ['the service fails', 'a function exists (dependencies)'];
  await writeFile(join(folder, 'live.json'), JSON.stringify({ 'unreachable-state': names }));
  const after = await cli([...args, '--config', 'live.json'], live);
  expect(after).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^conformant: 45 interactions hold; 4 left out$/m),
  });
});

test('verify tells the result as JSON, too', async () => {
  const { stdout } = await cli(['verify', '--format', 'json', '--dir', 'pacts']);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'conformant', remaining: [] });
});

test('a provider that is not there, or refuses the credentials, is inconclusive', async () => {
  const server = await mock();
  const [args] = against(server);
  const refused = await cli(args, { FGS_TOKEN: 'unknown-token' });
  expect(refused).toMatchObject({ code: 3, stdout: expect.stringMatching(/^inconclusive: .*refused/m) });
  const nowhere = await cli(['verify', '--endpoint', 'http://127.0.0.1:9', '--project-id', 'p'], {
    FGS_TOKEN: 'unknown-token',
  });
  expect(nowhere).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/^inconclusive: .*not reachable/m),
  });
});

test.each(['api', 'states'])(
  'an interrupted verification takes away what it made through %s, and ends with 130',
  async arrange => {
    const server = await mock({ latency: 50 });
    const [args, env] = against(server);
    const { child, ended } = start([...args, '--arrange', arrange], {
      ...env,
      FGS_STATES_URL: server.statesUrl,
    });
    await expect.poll(() => functionsOn(server), { timeout: 60_000, interval: 20 }).not.toEqual([]);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(await functionsOn(server)).toEqual([]);
  },
);

test('of an interrupted verification, nothing is published, which is said', async () => {
  const double = await startBrokerDouble();
  opened.push(double);
  const server = await mock({ latency: 50 });
  const [args, env] = against(server);
  const at = { ...env, PACT_BROKER_BASE_URL: double.url };
  await cli(['publish', '--consumer-app-version', '1.0.0', '--branch', 'main'], at);
  const { child, ended } = start([...args, '--publish-results', '--provider-app-version', '7'], at);
  await expect.poll(() => functionsOn(server), { timeout: 60_000, interval: 20 }).not.toEqual([]);
  child.kill('SIGTERM');
  const { code, stdout } = await ended;
  expect(stdout).toMatch(
    /^not told to the broker: my-sdk - functiongraph: the verification was interrupted$/m,
  );
  expect(code).toBe(130);
  expect(double.results).toEqual([]);
});

test.each([
  [['verify', '--dir', 'nowhere'], /There is no nowhere/],
  [['verify', '--publish-results', '--dir', 'pacts'], /There is no broker/],
  [['verify', '--dir', 'pacts', '--broker-base-url', 'http://127.0.0.1:9'], /not from both/],
  [['verify', '--endpoint', 'http://127.0.0.1:9'], /needs credentials/],
  [['verify', '--consumer-version-selector', 'main'], /JSON object/],
  [['publish', '--consumer-app-version', '1'], /There is no broker/],
  [['generate', '--consumer', ' '], /--consumer is blank/],
  [
    ['can-i-deploy', '--version', '', '--broker-base-url', 'http://127.0.0.1:9'],
    /version of fgs-conformance is blank/,
  ],
  [
    ['verify', '--broker-base-url', 'http://127.0.0.1:9', '--include-wip-pacts-since', '2026-01-31'],
    /--enable-pending/,
  ],
  [['can-i-deploy', '--version', '1'], /There is no broker/],
  [['can-i-deploy', '--pacticipant', 'a', '--latest', '--latest'], /--latest is one too many for a/],
])('%j is told to be wrong, with 2', async (args, told) => {
  expect(await cli(args)).toMatchObject({ code: 2, stderr: expect.stringMatching(told) });
});

test('publish, verify and can-i-deploy find the broker in Pact’s own variables', async () => {
  const double = await startBrokerDouble({ token: 'broker-token-4711' });
  opened.push(double);
  const env = { PACT_BROKER_BASE_URL: double.url, PACT_BROKER_TOKEN: 'broker-token-4711' };
  const published = await cli(['publish', '--consumer-app-version', '1.0.0', '--branch', 'main'], env);
  expect(published.stdout).toMatch(
    /^published {2}my-sdk - functiongraph\nversion {4}1\.0\.0\nbranch {5}main$/m,
  );
  const asking = ['can-i-deploy', '--pacticipant', 'my-sdk', '--version', '1.0.0'];
  const before = await cli(asking, env);
  expect(before).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/my-sdk 1\.0\.0 cannot be deployed/),
  });
  const results = ['--publish-results', '--provider-app-version', '7', '--provider-branch', 'main'];
  expect(await cli(['verify', ...results], env)).toMatchObject({ code: 0 });
  const after = await cli(asking, env);
  expect(after).toMatchObject({ code: 0, stdout: expect.stringMatching(/my-sdk 1\.0\.0 can be deployed/) });
  for (const { stdout, stderr } of [published, before, after])
    expect(stdout + stderr).not.toContain('broker-token-4711');
});

test('can-i-deploy says no to a version that does not exist, and 2 to a mistake, in the words of the broker', async () => {
  const double = await startBrokerDouble();
  opened.push(double);
  const env = { PACT_BROKER_BASE_URL: double.url };
  await cli(['publish', '--consumer-app-version', '1.0.0', '--branch', 'main'], env);
  const asking = ['can-i-deploy', '--pacticipant', 'my-sdk', '-e', '9.9.9'];
  expect(await cli(asking, env)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/version 9\.9\.9 of my-sdk\nmy-sdk 9\.9\.9 cannot be deployed\n$/),
  });
  const told = `fgs-conformance: The broker at ${double.url} answered 400: Environment with name 'nowhere' does not exist\n`;
  expect(await cli([...asking, '--to-environment', 'nowhere'], env)).toMatchObject({ code: 2, stderr: told });
});

test('a broker that is not there, or refuses, is inconclusive', async () => {
  const double = await startBrokerDouble({ token: 'broker-token-4711' });
  opened.push(double);
  const version = ['--consumer-app-version', '1.0.0', '--broker-base-url'];
  const refused = await cli(['publish', ...version, double.url], { PACT_BROKER_TOKEN: 'wrong-token-4712' });
  expect(refused).toMatchObject({ code: 3, stderr: expect.stringMatching(/refused the credentials/) });
  const nowhere = await cli(['publish', ...version, 'http://127.0.0.1:9']);
  expect(nowhere).toMatchObject({ code: 3, stderr: expect.stringMatching(/is not reachable/) });
});
