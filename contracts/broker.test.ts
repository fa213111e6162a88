/** From a pact to a yes of can-i-deploy, against a double of a broker, with the real verifier. */

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type MockOptions, startMock } from '../src/mock/index.ts';
import { type CanIDeployOptions, canIDeploy } from '../src/pact/can-i-deploy.ts';
import { generatePact } from '../src/pact/generate.ts';
import { publishPacts } from '../src/pact/publish.ts';
import { type VerifyOptions, type VerifyResult, verifyPacts } from '../src/pact/verify.ts';
import {
  type BrokerDouble,
  type BrokerDoubleOptions,
  startBrokerDouble,
} from './broker-double.test.support.ts';
import { interactions } from './interactions/index.ts';

const TOKEN = 'broker-token-4711';
const VERSION = { consumerAppVersion: '1.0.0', branch: 'main' };
const RESULTS = { publishResults: true, providerAppVersion: '7.0.0', providerBranch: 'main' };

let dir: string;
let file: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fgs-conformance-broker-'));
  ({ file } = await generatePact({ dir, consumer: 'my-sdk' }));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

const doubles: BrokerDouble[] = [];
afterEach(async () => {
  for (const each of doubles.splice(0)) await each.close();
});

async function startDouble(options: BrokerDoubleOptions): Promise<BrokerDouble> {
  const double = await startBrokerDouble(options);
  doubles.push(double);
  return double;
}

/** A double that lets the token in, with the pact published. */
async function brokerWithPact(options: BrokerDoubleOptions = {}) {
  const double = await startDouble({ token: TOKEN, ...options });
  const at = { brokerBaseUrl: double.url, brokerToken: TOKEN };
  await publishPacts({ ...at, ...VERSION, dir });
  return { double, at };
}

async function verifyMock(options: VerifyOptions, mockOptions: MockOptions = {}): Promise<VerifyResult> {
  return verifyLive({ statesUrl: '', ...options }, mockOptions);
}

/** Without provider states, as a live endpoint is. */
async function verifyLive(options: VerifyOptions, mockOptions: MockOptions = {}): Promise<VerifyResult> {
  const mock = await startMock(mockOptions);
  const { url: endpoint, projectId, token } = mock;
  const states = options.statesUrl === undefined ? {} : { statesUrl: mock.statesUrl };
  try {
    return await verifyPacts({ endpoint, projectId, token, ...options, ...states });
  } finally {
    await mock.close();
  }
}

/** Hands a request on, and its answer back. */
function pipeTo(endpoint: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url = '/' } = request;
  const onward = requestTo(new URL(url, endpoint), { method, headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onward);
}

function question(at: { brokerBaseUrl: string; brokerToken?: string }) {
  return canIDeploy({
    ...at,
    selectors: [{ pacticipant: 'my-sdk', version: '1.0.0' }],
    toEnvironment: 'production',
  });
}

test('published, verified, told to the broker, and then deployable', async () => {
  const { double, at } = await brokerWithPact();
  expect(await question(at)).toMatchObject({ isDeployable: false, matrix: [{ result: 'unknown' }] });

  const verified = await verifyPacts({ ...at, ...RESULTS, consumerVersionSelector: [{ branch: 'main' }] });
  expect(verified).toMatchObject({ verdict: 'conformant', remaining: [] });
  expect(verified.told).toEqual([
    { consumer: 'my-sdk', provider: 'functiongraph', told: 'success', isPending: false },
  ]);
  expect(verified.interactions).toHaveLength(interactions.length);
  expect(verified.notices).toEqual(['The pact of my-sdk 1.0.0 is being verified.']);
  expect(double.results).toMatchObject([
    { success: true, providerApplicationVersion: '7.0.0', branch: 'main' },
  ]);

  expect(await question(at)).toMatchObject({
    isDeployable: true,
    matrix: [{ consumer: 'my-sdk 1.0.0', provider: 'functiongraph 7.0.0', result: 'success' }],
  });
  for (const { authorization } of double.requests) expect(authorization).toBe(`Bearer ${TOKEN}`);
});

test('a version that the broker does not know cannot be deployed', async () => {
  const { at } = await brokerWithPact();
  const selectors = [{ pacticipant: 'my-sdk', version: '9.9.9' }];
  expect(await canIDeploy({ ...at, selectors })).toMatchObject({
    isDeployable: false,
    subjects: ['my-sdk 9.9.9'],
    reasons: ['No pacts or verifications have been published for version 9.9.9 of my-sdk'],
  });
});

const one = { pacticipant: 'my-sdk', version: '1.0.0' };
const other = { pacticipant: 'functiongraph', latest: true, tag: 'prod' };

test.each<[string, CanIDeployOptions, string]>([
  ['a version', { selectors: [one] }, '--version 1.0.0'],
  ['the latest', { selectors: [{ pacticipant: 'my-sdk', latest: true }] }, '--latest'],
  [
    'the latest with a tag',
    { selectors: [{ pacticipant: 'my-sdk', latest: true, tag: 'prod' }] },
    '--latest prod',
  ],
  ['all with a tag', { selectors: [{ pacticipant: 'my-sdk', tag: 'prod' }] }, '--tag prod'],
  ['to a tag', { selectors: [one], to: 'prod' }, '--version 1.0.0 --to prod'],
  ['to an environment', { selectors: [one], toEnvironment: 'test' }, '--version 1.0.0 --to-environment test'],
  ['two', { selectors: [one, other] }, '--version 1.0.0 --pacticipant functiongraph --latest prod'],
  [
    'not all',
    { selectors: [one], ignore: [{ pacticipant: 'x', version: '9' }, { pacticipant: 'y' }] },
    '--version 1.0.0 --ignore x --version 9 --ignore y',
  ],
])('%s: asked as Pact’s own command asks it', async (_, options, words) => {
  const { double, at } = await brokerWithPact();
  await canIDeploy({ ...at, ...options });
  const question = ['can-i-deploy', '--broker-base-url', double.url, '--broker-token', TOKEN];
  await promisify(execFile)(process.execPath, [
    createRequire(import.meta.url).resolve('@pact-foundation/pact-cli/bin/pact-broker.js'),
    ...[...question, '--output', 'json', '--pacticipant', 'my-sdk', ...words.split(' ')],
  ]);
  const [ours, theirs] = double.requests
    .filter(({ url }) => url.startsWith('/matrix?'))
    .map(({ url }) => [...new URL(url, double.url).searchParams].map(String).sort());
  expect(theirs).toBeDefined();
  expect(ours).toEqual(theirs);
});

test('while results are missing, the question is asked again', async () => {
  const { double, at } = await brokerWithPact();
  const again = { retryWhileUnknown: 2, retryInterval: 1 };
  await canIDeploy({ ...at, selectors: [{ pacticipant: 'my-sdk', version: '1.0.0' }], ...again });
  expect(double.requests.filter(({ url }) => url.startsWith('/matrix?'))).toHaveLength(3);
});

test('a provider that breaks its pact is told what, and the broker too', async () => {
  const { double, at } = await brokerWithPact();
  const verified = await verifyMock({ ...at, ...RESULTS }, { fault: 'body.memory_size.values' });
  expect(verified.verdict).toBe('nonconformant');
  const reasons = verified.interactions.flatMap(each => (each.verdict === 'fail' ? each.reasons : []));
  expect(reasons[0]).toMatch(/^memory_size: /);
  expect(double.results).toMatchObject([{ success: false }]);
  expect(await question(at)).toMatchObject({ isDeployable: false, matrix: [{ result: 'failure' }] });
});

test('a pact that was never honoured does not count while pending pacts do not', async () => {
  const { at } = await brokerWithPact();
  const options = { ...at, ...RESULTS, enablePending: true };
  const verified = await verifyMock(options, { fault: 'body.memory_size.values' });
  expect(verified.verdict).toBe('conformant');
  expect(verified.interactions.some(({ verdict }) => verdict === 'pending')).toBe(true);
});

/** Publishes a pact that is no file yet. */
async function publish(at: object, pact: object, version = VERSION): Promise<void> {
  const folder = await mkdtemp(join(dir, 'other-'));
  await writeFile(join(folder, 'pact.json'), JSON.stringify(pact));
  await publishPacts({ ...at, ...version, dir: folder });
}

test('a pact in progress is verified beside the one that is selected', async () => {
  const { double, at } = await brokerWithPact();
  const pact: unknown = JSON.parse(await readFile(file, 'utf8'));
  const version = { consumerAppVersion: '2.0.0', branch: 'feature' };
  await publish(at, { ...Object(pact), consumer: { name: 'other' } }, version);
  const verified = await verifyPacts({
    ...at,
    providerAppVersion: '7.0.0',
    providerBranch: 'main',
    consumerVersionSelector: [{ branch: 'main' }],
    enablePending: true,
    includeWipPactsSince: '2026-01-31',
  });
  expect(verified.interactions).toHaveLength(2 * interactions.length);
  const asked = double.requests.filter(({ url }) => url.endsWith('/for-verification')).map(each => each.body);
  expect(asked.at(-1)).toEqual({
    consumerVersionSelectors: [{ branch: 'main' }],
    includePendingStatus: true,
    includeWipPactsSince: '2026-01-31',
    providerVersionBranch: 'main',
  });
});

const UNREACHABLE = ['the service fails', 'the token has no permission', 'a function exists (dependencies)'];

test('a pact of which something was left out is not published, unless the user consents', async () => {
  const { double, at } = await brokerWithPact();
  const verified = await verifyLive({ ...at, ...RESULTS });
  expect(verified).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringMatching(/--unreachable-state/),
  });
  expect(verified.told).toMatchObject([
    { told: 'nothing', reason: expect.stringMatching(/^\d of its 49 .* left out/) },
  ]);
  expect(double.results).toEqual([]);
  const consented = { ...at, ...RESULTS, unreachableState: UNREACHABLE };
  expect(await verifyLive(consented)).toMatchObject({ verdict: 'conformant', told: [{ told: 'success' }] });
  expect(double.results).toMatchObject([{ success: true }]);
});

test('a failure is published, whatever was left out', async () => {
  const { double, at } = await brokerWithPact();
  const verified = await verifyLive({ ...at, ...RESULTS }, { fault: 'body.memory_size.values' });
  expect(verified).toMatchObject({ verdict: 'nonconformant', told: [{ told: 'failure' }] });
  expect(double.results).toMatchObject([{ success: false }]);
  const tests = Object(double.results[0]).testResults;
  const failed = tests.find((each: { success: boolean }) => !each.success);
  expect(failed).toMatchObject({
    interactionId: expect.stringMatching(/^[0-9a-f]{8}-\d+$/),
    mismatches: expect.arrayContaining([{ description: expect.stringMatching(/^memory_size: /) }]),
  });
});

test('each pact is told as it is: one holds up no other', async () => {
  const { double, at } = await brokerWithPact();
  const { interactions: all, ...pact } = Object(JSON.parse(await readFile(file, 'utf8')));
  const unknown = { ...all[0], providerStates: [{ name: 'the moon is full' }] };
  await publish(at, { ...pact, consumer: { name: 'other' }, interactions: [all[0], unknown] });
  const impossible = { ...all[0], response: { status: 418 } };
  await publish(at, { ...pact, consumer: { name: 'third' }, interactions: [unknown, impossible] });
  const verified = await verifyMock({ ...at, ...RESULTS });
  expect(verified.verdict).toBe('nonconformant');
  expect(verified.told).toMatchObject([
    { consumer: 'my-sdk', told: 'success' },
    { consumer: 'other', told: 'nothing', reason: '1 of its 2 interactions were left out' },
    { consumer: 'third', told: 'failure' },
  ]);
  expect(verified.interactions.find(({ verdict }) => verdict === 'left-out')).toMatchObject({
    consumer: 'other',
    reasons: ['The target does not know the state "the moon is full".'],
  });
  expect(double.results.map(({ success }) => success)).toEqual([true, false]);
});

test('of a target that goes away, nothing is published', async () => {
  const { double, at } = await brokerWithPact();
  const mock = await startMock();
  const { url: endpoint, projectId, token, statesUrl } = mock;
  let left = 20;
  const proxy = createServer((request, response) => {
    if (--left === 0) proxy.close().closeAllConnections();
    else pipeTo(endpoint, request, response);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = Object(proxy.address());
  const options = { ...at, ...RESULTS, endpoint: `http://127.0.0.1:${port}`, projectId, token, statesUrl };
  const verified = await verifyPacts(options);
  await mock.close();
  expect(verified).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringMatching(/^the target went away: .*refused/),
    told: [{ told: 'nothing' }],
  });
  expect(double.results).toEqual([]);
});

test('a broker that takes no results is no secret', async () => {
  const { at } = await brokerWithPact({ refusesResults: true });
  const { told = [] } = await verifyPacts({ ...at, ...RESULTS });
  expect(told).toMatchObject([
    { told: 'nothing', reason: expect.stringMatching(/did not take the result: .*403/) },
  ]);
  expect(JSON.stringify(told)).not.toContain(TOKEN);
});

test('another pact under the same version is a conflict, in the words of the broker', async () => {
  const { at } = await brokerWithPact();
  const pact: unknown = JSON.parse(await readFile(file, 'utf8'));
  const changed = join(dir, 'changed.json');
  await writeFile(changed, JSON.stringify({ ...Object(pact), interactions: [] }));
  const publishing = publishPacts({ ...at, ...VERSION, dir: changed });
  await expect(publishing).rejects.toMatchObject({
    trouble: 'conflict',
    message: expect.stringMatching(/Cannot change the content of the pact for my-sdk version 1\.0\.0/),
  });
  await rm(changed);
});

test('basic authentication, tags and the build come through', async () => {
  const double = await startDouble({ username: 'ci', password: 'pass-word-4711' });
  const at = { brokerBaseUrl: double.url, brokerUsername: 'ci', brokerPassword: 'pass-word-4711' };
  await publishPacts({ ...at, ...VERSION, dir, tag: ['a', 'b'], buildUrl: 'https://ci.example.com/1' });
  const { body } = double.requests.find(({ method }) => method === 'POST') ?? {};
  expect(body).toMatchObject({ branch: 'main', tags: ['a', 'b'], buildUrl: 'https://ci.example.com/1' });
  expect(JSON.stringify(await question(at))).not.toContain('pass-word-4711');
});

const LOCKED_OUT = { brokerToken: 'wrong-token-4712' };

test.each([
  ['publishing', (at: object) => publishPacts({ ...at, ...VERSION, dir })],
  [
    'can-i-deploy',
    (at: object) => canIDeploy({ ...at, selectors: [{ pacticipant: 'my-sdk', version: '1.0.0' }] }),
  ],
  ['verifying', (at: object) => verifyPacts(at)],
])('%s says that the broker refuses the credentials, or is not there', async (_, ask) => {
  const double = await startDouble({ token: TOKEN });
  const refused = ask({ brokerBaseUrl: double.url, ...LOCKED_OUT });
  await expect(refused).rejects.toMatchObject({
    trouble: 'refused',
    message: expect.not.stringContaining(LOCKED_OUT.brokerToken),
  });
  const nowhere = ask({ brokerBaseUrl: 'http://127.0.0.1:9', ...LOCKED_OUT });
  await expect(nowhere).rejects.toMatchObject({ trouble: 'not reachable' });
});

test('what is no broker is told apart from a broker without pacts', async () => {
  const mock = await startMock();
  await expect(verifyPacts({ brokerBaseUrl: mock.url })).rejects.toThrow(/does not answer as a Pact broker/);
  await mock.close();
  const { at } = await brokerWithPact();
  const selector = [{ branch: 'nowhere' }];
  await expect(verifyPacts({ ...at, consumerVersionSelector: selector })).rejects.toThrow(
    /has no pact with functiongraph/,
  );
  await expect(verifyPacts({ ...at, provider: 'nobody' })).rejects.toThrow(/answered 404.*was not found/);
});
