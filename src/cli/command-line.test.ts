import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plainConfiguration } from '../generate/index.ts';
import { type MockOptions, type MockServer, startMock } from '../mock/index.ts';
import { parseReport, reporterNames } from '../report/index.ts';
import type { Report } from '../verdict/report.ts';
import { REPORTERS } from './options/index.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fgs-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function mock(options: MockOptions = {}): Promise<MockServer> {
  const server = await startMock(options);
  opened.push(server);
  return server;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { PATH, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }));
  return { child, ended };
}

function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return start(args, env).ended;
}

/** Arguments and environment for a run against the server. */
function against(server: MockServer, ...more: readonly string[]): [string[], Record<string, string>] {
  const args = ['run', '--endpoint', server.url, '--project-id', server.projectId, '--seed', '1', ...more];
  const env = {
    FGS_TOKEN: server.token,
    FGS_FORBIDDEN_TOKEN: server.forbiddenToken,
    FGS_STATES_URL: server.statesUrl,
  };
  return [args, env];
}

async function reportIn(out: string): Promise<Report> {
  return parseReport(await readFile(join(folder, out, 'report.json'), 'utf8'));
}

function failing({ clauses }: Report): readonly string[] {
  return clauses
    .filter(({ verdict, level }) => verdict === 'fail' && level !== 'informative')
    .map(({ id }) => id);
}

describe('run', () => {
  test('without an endpoint ends conformant, with every clause exercised', async () => {
    const { code, stdout } = await cli(['run', '--out', 'embedded', '--seed', '7']);
    expect(stdout).toMatch(/^conformant: /m);
    expect(code).toBe(0);
    const { clauses, choices = [] } = await reportIn('embedded');
    expect(clauses.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).toEqual([]);
    expect(choices.filter(({ answers }) => answers.length !== 1).map(({ id }) => id)).toEqual([]);
  });

  test.each([
    ['smoke', 40],
    ['standard', 1000],
  ])('with profile %s sends at most %i requests, and leaves nothing behind', async (profile, most) => {
    const server = await mock();
    const counter = await countingForwarder(server.url);
    const [args, env] = against({ ...server, url: counter.url }, '--profile', profile);
    const { code } = await cli(args, env);
    expect(code).toBe(0);
    expect(counter.requests()).toBeLessThanOrEqual(most);
    expect(await functionsOf(server)).toEqual([]);
  });

  // One fault of each group of subjects; `npm run matrix` has all.
  test.each([
    ['body.memory_size.values', 'body.memory_size'],
    ['body.digest.present', 'body.digest'],
    ['body.timeout.echo', 'body.timeout'],
    ['status.documented', 'status'],
    ['error.error_msg.present', 'error.error_msg'],
    ['request.auth.wrong', 'request.auth'],
    ['config.timeout.accepted', 'config.timeout'],
    ['robustness.answered', 'robustness'],
  ])('against a server that breaks %s exits with 1 and names %s', async (fault, subject) => {
    const [args, env] = against(await mock({ fault }), '--out', fault, '--timeout', '2000');
    const { code, stdout } = await cli(args, env);
    expect(stdout).toMatch(/^nonconformant: /m);
    expect(code).toBe(1);
    const subjects = failing(await reportIn(fault)).map(id => id.slice(0, id.lastIndexOf('.')));
    expect(subjects).toContain(subject);
  });

  test('fails by a recommended clause only when asked to', async () => {
    const server = await mock({ fault: 'state.snapshot.frozen' });
    const [args, env] = against(server, '--only', 'state.*');
    expect((await cli(args, env)).code).toBe(0);
    expect((await cli([...args, '--fail-on', 'recommended'], env)).code).toBe(1);
  });

  test('reports only the clauses that were asked for', async () => {
    const [args, env] = against(await mock(), '--only', 'request.auth.*', '--out', 'only');
    expect((await cli(args, env)).code).toBe(0);
    const { clauses } = await reportIn('only');
    expect(clauses.map(({ id }) => id)).toEqual(['request.auth.missing', 'request.auth.wrong']);
  });

  test('is inconclusive when the target is not reachable', async () => {
    const server = await startMock();
    await server.close();
    const { code, stdout, stderr } = await cli(...against(server));
    expect(code).toBe(3);
    expect(stdout).toMatch(/^inconclusive: the target is not reachable/m);
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
  });

  test('is inconclusive when the credentials are refused, and sends nothing more', async () => {
    const server = await mock();
    const counter = await countingForwarder(server.url);
    const [args, env] = against({ ...server, url: counter.url });
    const { code, stdout } = await cli(args, { ...env, FGS_TOKEN: 'a-token-of-nobody' });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^inconclusive: the credentials were refused/m);
    expect(counter.requests()).toBeLessThanOrEqual(2);
  });

  test('cleans up when it is interrupted', async () => {
    const server = await mock({ latency: 20 });
    const counter = await countingForwarder(server.url);
    const [args, env] = against({ ...server, url: counter.url });
    const { child, ended } = start(args, env);
    await counter.after(30);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(await functionsOf(server)).toEqual([]);
  });

  test.each([
    [['run', '--endpoint', 'http://127.0.0.1:1', '--token', 't'], /--project-id/],
    [['run', '--endpoint', 'http://127.0.0.1:1', '--project-id', 'p'], /FGS_TOKEN/],
    [['run', '--profile', 'huge'], /smoke, standard, deep/],
    [['run', '--seed', 'x'], /whole number/],
    [['run', '--endpoint', 'example.com'], /http:\/\//],
    [['run', '--arrange', 'none'], /--function-urn/],
    [['run', '--config', 'missing.json'], /missing\.json cannot be read/],
    [['mock', '--fault', 'no-such-fault'], /no-such-fault/],
    [['clauses', 'body.nothing'], /body\.nothing/],
    [['nonsense'], /^fgs-conformance: There is no command nonsense\. See fgs-conformance --help\.$/m],
  ])('%j is a wrong use: exit code 2 and a sentence', async (args, sentence) => {
    const { code, stderr } = await cli(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('takes options from the file, the environment and flags, the later ones first', async () => {
    const config = join(folder, 'options.json');
    await writeFile(config, JSON.stringify({ profile: 'smoke', seed: 5, out: 'from-file' }));
    const { code } = await cli(['run', '--config', config, '--out', 'from-flag'], { FGS_SEED: '6' });
    expect(code).toBe(0);
    expect((await reportIn('from-flag')).run).toMatchObject({ profile: 'smoke', seed: 6 });
    await writeFile(config, JSON.stringify({ profil: 'smoke' }));
    expect((await cli(['run', '--config', config])).stderr).toMatch(/"profil", which is no option/);
  });
});

describe('report', () => {
  test('comes in every form, beside report.json or on the standard output', async () => {
    const [args, env] = against(
      await mock({ fault: 'body.cpu.range' }),
      '--profile',
      'smoke',
      '--out',
      'forms',
    );
    const forms = REPORTERS.flatMap(name => ['--reporter', name]);
    expect((await cli([...args, ...forms], env)).code).toBe(1);
    expect((await readdir(join(folder, 'forms'))).sort()).toEqual(
      ['ctrf-report.json', 'junit.xml', 'report.har', 'report.html', 'report.json', 'report.sarif'].sort(),
    );
    const archive = JSON.parse(await readFile(join(folder, 'forms', 'report.har'), 'utf8'));
    expect(archive.log.entries).toHaveLength((await reportIn('forms')).run.exchanges);
    const later = await cli(['report', 'forms/report.json', '--format', 'junit']);
    expect(later.stdout).toBe(await readFile(join(folder, 'forms', 'junit.xml'), 'utf8'));
  });

  test('is offered in the forms that there are', () => {
    expect([...REPORTERS].sort()).toEqual([...reporterNames].sort());
  });

  test('of two runs tells what fails now, and merged what fails in any', async () => {
    const fine = await mock();
    const wrong = await mock({ fault: 'body.cpu.range' });
    for (const [server, out] of [
      [fine, 'fine'],
      [wrong, 'wrong'],
    ] as const) {
      const [args, env] = against(server, '--profile', 'smoke', '--out', out);
      await cli(args, env);
    }
    const diff = await cli(['report', 'diff', 'fine/report.json', 'wrong/report.json']);
    expect(diff.stdout).toMatch(/body\.cpu\.range/);
    expect(diff.code).toBe(1);
    expect((await cli(['report', 'diff', 'wrong/report.json', 'fine/report.json'])).code).toBe(0);
    const merged = await cli(['report', 'merge', 'fine/report.json', 'wrong/report.json', '--out', 'merged']);
    expect(merged.code).toBe(1);
    expect(failing(await reportIn('merged'))).toContain('body.cpu.range');
  });
});

test('choices that are expected otherwise fail the run, a line each', async () => {
  const [args, env] = against(await mock(), '--profile', 'smoke', '--out', 'usual');
  await cli(args, env);
  const expecting = ['--profile', 'smoke', '--out', 'drift', '--expect-choices', 'usual/report.json'];
  const same = await cli(...against(await mock(), ...expecting));
  expect(same.stderr).toMatch(/^choices: (\d+) of \1 as in usual\/report\.json$/m);
  expect(same.code).toBe(0);
  const drifted = await cli(...against(await mock({ dress: 'rfc3339-times' }), ...expecting));
  expect(drifted.stderr).toMatch(/^choice changed: times: YYYY-MM-DD HH:MM:SS, now RFC 3339$/m);
  expect(drifted.stdout).toMatch(/^nonconformant: choices changed: times: /m);
  expect(drifted.code).toBe(1);
});

test('a file without choices is told before anything is sent', async () => {
  const server = await mock();
  const counter = await countingForwarder(server.url);
  await writeFile(join(folder, 'no-report.json'), '{}');
  await cli(...against(server, '--profile', 'smoke', '--out', 'old'));
  const { choices: _choices, ...old } = await reportIn('old');
  await writeFile(join(folder, 'old.json'), JSON.stringify(old));
  for (const file of ['no-report.json', 'old.json', 'nowhere.json']) {
    const [args, env] = against({ ...server, url: counter.url }, '--expect-choices', file);
    const { code, stderr } = await cli(args, env);
    expect(stderr).toContain(file);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  }
  expect(counter.requests()).toBe(0);
});

test('a baseline lets a known failure pass, and is refused after a filtered run', async () => {
  const [args, env] = against(await mock({ fault: 'body.cpu.range' }), '--out', 'baseline');
  const baseline = join(folder, 'baseline.json');
  const filtered = await cli([...args, '--baseline', baseline, '--update-baseline', '--only', 'body.*'], env);
  expect(filtered.code).toBe(2);
  expect((await cli([...args, '--baseline', baseline, '--update-baseline'], env)).code).toBe(0);
  expect((await cli([...args, '--baseline', baseline], env)).code).toBe(0);
  expect((await cli(args, env)).code).toBe(1);
});

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

test('a dry run says what would be done, and sends nothing', async () => {
  const server = await mock();
  const counter = await countingForwarder(server.url);
  const [args, env] = against({ ...server, url: counter.url }, '--dry-run');
  const { stdout, code } = await cli(args, env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/at most 1,?000/);
  expect(stdout).not.toContain(server.token);
  expect(counter.requests()).toBe(0);
});

test('--version says the version and nothing else', async () => {
  expect(await cli(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

test('mock says in one line of JSON what it listens on and accepts', async () => {
  const { child, ended } = start(['mock', '--format', 'json', '--token', 't1', '--project-id', 'p1']);
  const [line] = await once(child.stdout, 'data');
  const facts = JSON.parse(String(line));
  expect(facts).toMatchObject({ projectId: 'p1', token: 't1' });
  const answer = await fetch(`${facts.url}/v2/p1/fgs/functions/f/versions`, {
    method: 'POST',
    headers: { 'x-auth-token': 't1' },
  });
  expect(answer.status).toBe(404);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('mock begins with the functions of a file', async () => {
  const file = join(folder, 'functions.json');
  await writeFile(file, '[{"func_name": "hello", "memory_size": 256}]');
  const { child, ended } = start(['mock', '--format', 'json', '--project-id', 'p1', '--functions', file]);
  const [line] = await once(child.stdout, 'data');
  const { functionUrns } = JSON.parse(String(line));
  expect(functionUrns).toEqual(['urn:fss:mock-1:p1:function:default:hello']);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test.each([
  [undefined, /--functions .* cannot be read: it does not exist/],
  ['{}', /--functions .* is not a JSON array/],
  ['[{', /--functions .* is not a JSON array/],
  ['[7]', /functions\[0\] is not an object/],
  ['[{"timeout": 2}]', /functions\[0\] cannot be: timeout is 2/],
])('mock does not begin with %s', async (text, message) => {
  const file = join(folder, 'functions.json');
  if (text === undefined) await rm(file, { force: true });
  else await writeFile(file, text);
  expect(await cli(['mock', '--functions', file])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(message),
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

/** Names of the functions that the server has. */
async function functionsOf({ url, projectId, token }: MockServer): Promise<readonly string[]> {
  const answer = await fetch(`${url}/v2/${projectId}/fgs/functions`, { headers: { 'x-auth-token': token } });
  const { functions }: { functions: { func_name: string }[] } = JSON.parse(await answer.text());
  return functions.map(({ func_name: name }) => name);
}

/** Counts the requests that go through it. */
async function countingForwarder(target: string) {
  let count = 0;
  let wake: (() => void) | undefined;
  const server: Server = createServer((request, response) => {
    count++;
    wake?.();
    const { method, url, headers } = request;
    const onward = forward(`${target}`, { method, path: url, headers, agent: false }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => count,
    /** Resolves once so many requests came. */
    after: (requests: number) =>
      new Promise<void>(resolve => {
        wake = () => count >= requests && resolve();
        wake();
      }),
  };
}
