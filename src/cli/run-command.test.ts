import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMock } from '../mock/index.ts';
import { profiles } from '../run/profiles.ts';
import { cli, failing, folder, reportIn, start } from './command.test.support.ts';
import { against, countingForwarder, functionsOf, mock } from './servers.test.support.ts';

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
] as const)(
  'with profile %s sends at most %i requests, about as many as progress expects, and leaves nothing behind',
  async (profile, most) => {
    const server = await mock();
    const counter = await countingForwarder(server.url);
    const [args, env] = against({ ...server, url: counter.url }, '--profile', profile);
    const { code } = await cli(args, env);
    expect(code).toBe(0);
    expect(counter.requests()).toBeLessThanOrEqual(most);
    const { exchanges } = (await reportIn('fgs-report')).run;
    expect(Math.abs(exchanges / profiles[profile].usualExchanges - 1)).toBeLessThan(0.2);
    expect(await functionsOf(server)).toEqual([]);
  },
);

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
