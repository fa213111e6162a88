/** From a pact to a yes of can-i-deploy, against a double of a broker, with the real verifier. */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startMock } from '../src/mock/index.ts';
import { type CanIDeployOptions, canIDeploy } from '../src/pact/can-i-deploy.ts';
import { publishPacts } from '../src/pact/publish.ts';
import { verifyPacts } from '../src/pact/verify.ts';
import { brokerTrial, MY_SDK, RESULTS, TOKEN, VERSION } from './broker-trial.test.support.ts';
import { interactions } from './interactions/index.ts';

const trial = brokerTrial();

function question(at: { brokerBaseUrl: string; brokerToken?: string }) {
  return canIDeploy({
    ...at,
    selectors: [MY_SDK],
    toEnvironment: 'production',
  });
}

test('published, verified, told to the broker, and then deployable', async () => {
  const { double, at } = await trial.brokerWithPact();
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
  const { at } = await trial.brokerWithPact();
  const selectors = [{ pacticipant: 'my-sdk', version: '9.9.9' }];
  expect(await canIDeploy({ ...at, selectors })).toMatchObject({
    isDeployable: false,
    subjects: ['my-sdk 9.9.9'],
    reasons: ['No pacts or verifications have been published for version 9.9.9 of my-sdk'],
  });
});

const other = { pacticipant: 'functiongraph', latest: true, tag: 'prod' };

test.each<[string, CanIDeployOptions, string]>([
  ['a version', { selectors: [MY_SDK] }, '--version 1.0.0'],
  ['the latest', { selectors: [{ pacticipant: 'my-sdk', latest: true }] }, '--latest'],
  [
    'the latest with a tag',
    { selectors: [{ pacticipant: 'my-sdk', latest: true, tag: 'prod' }] },
    '--latest prod',
  ],
  ['all with a tag', { selectors: [{ pacticipant: 'my-sdk', tag: 'prod' }] }, '--tag prod'],
  ['to a tag', { selectors: [MY_SDK], to: 'prod' }, '--version 1.0.0 --to prod'],
  [
    'to an environment',
    { selectors: [MY_SDK], toEnvironment: 'test' },
    '--version 1.0.0 --to-environment test',
  ],
  ['two', { selectors: [MY_SDK, other] }, '--version 1.0.0 --pacticipant functiongraph --latest prod'],
  [
    'not all',
    { selectors: [MY_SDK], ignore: [{ pacticipant: 'x', version: '9' }, { pacticipant: 'y' }] },
    '--version 1.0.0 --ignore x --version 9 --ignore y',
  ],
])('%s: asked as Pact’s own command asks it', async (_, options, words) => {
  const { double, at } = await trial.brokerWithPact();
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
  const { double, at } = await trial.brokerWithPact();
  const again = { retryWhileUnknown: 2, retryInterval: 1 };
  await canIDeploy({ ...at, selectors: [MY_SDK], ...again });
  expect(double.requests.filter(({ url }) => url.startsWith('/matrix?'))).toHaveLength(3);
});

test('another pact under the same version is a conflict: a sentence, counts, and the comparison in a file', async () => {
  const { at } = await trial.brokerWithPact();
  const { interactions: all, ...pact } = Object(JSON.parse(await readFile(trial.file, 'utf8')));
  const changed = { ...all[0], response: { status: 418 } };
  const added = { ...all[0], description: 'something new' };
  const publishing = trial.publish(at, { ...pact, interactions: [changed, added, ...all.slice(2)] });
  const error: unknown = await publishing.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ trouble: 'conflict' });
  const { message } = Object(error);
  const [, told, file = ''] = /^(.*); the whole comparison is in (\S+)\.$/.exec(message) ?? [];
  expect(told).toBe(
    'Cannot change the content of the pact for my-sdk version 1.0.0 and provider functiongraph, as race conditions will cause unreliable results for can-i-deploy; of its 49 interactions: 1 changed, 1 new, 1 gone',
  );
  expect(await readFile(file, 'utf8')).toContain('something new');
  await rm(dirname(file), { recursive: true });
});

test.each([
  [
    { foo: true },
    /answered 400: consumerVersionSelectors: must specify a value for environment or tag or branch/,
  ],
  [
    { matchingBranch: true },
    /answered 400: consumerVersionSelectors: the providerVersionBranch must be specified/,
  ],
])('what the broker has against the selector %j is told in its words', async (selector, words) => {
  const { at } = await trial.brokerWithPact();
  const error: unknown = await verifyPacts({ ...at, consumerVersionSelector: [selector] }).catch(
    reason => reason,
  );
  expect(error).toMatchObject({ trouble: 'rejected', message: expect.stringMatching(words) });
});

test('files of the same consumer and provider are put together, unless they contradict each other', async () => {
  const double = await trial.startDouble();
  const at = { brokerBaseUrl: double.url };
  const { interactions: all, ...pact } = Object(JSON.parse(await readFile(trial.file, 'utf8')));
  const dir = await mkdtemp(join(trial.dir, 'parts-'));
  const write = (name: string, ...interactions: readonly unknown[]) =>
    writeFile(join(dir, name), JSON.stringify({ ...pact, interactions }));
  await write('a.json', all[0], all[1]);
  await write('b.json', all[1], all[2]);
  await publishPacts({ ...at, ...VERSION, dir });
  expect(double.store.pacts).toHaveLength(1);
  expect(double.store.pacts[0]?.content.interactions).toMatchObject(all.slice(0, 3));
  await write('b.json', { ...all[1], response: { status: 418 } });
  await expect(publishPacts({ ...at, ...VERSION, dir })).rejects.toThrow(
    /a\.json and .*b\.json have different/,
  );
});

test('basic authentication, tags and the build come through', async () => {
  const double = await trial.startDouble({ username: 'ci', password: 'pass-word-4711' });
  const at = { brokerBaseUrl: double.url, brokerUsername: 'ci', brokerPassword: 'pass-word-4711' };
  await publishPacts({
    ...at,
    ...VERSION,
    dir: trial.file,
    tag: ['a', 'b'],
    buildUrl: 'https://ci.example.com/1',
  });
  const { body } = double.requests.find(({ method }) => method === 'POST') ?? {};
  expect(body).toMatchObject({ branch: 'main', tags: ['a', 'b'], buildUrl: 'https://ci.example.com/1' });
  expect(JSON.stringify(await question(at))).not.toContain('pass-word-4711');
});

const LOCKED_OUT = { brokerToken: 'wrong-token-4712' };

test.each([
  ['publishing', (at: object) => publishPacts({ ...at, ...VERSION, dir: trial.file })],
  ['can-i-deploy', (at: object) => canIDeploy({ ...at, selectors: [MY_SDK] })],
  ['verifying', (at: object) => verifyPacts(at)],
])('%s says that the broker refuses the credentials, or is not there', async (_, ask) => {
  const double = await trial.startDouble({ token: TOKEN });
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
  const { at } = await trial.brokerWithPact();
  const selector = [{ branch: 'nowhere' }];
  await expect(verifyPacts({ ...at, consumerVersionSelector: selector })).rejects.toThrow(
    /has no pact with functiongraph/,
  );
  await expect(verifyPacts({ ...at, provider: 'nobody' })).rejects.toThrow(/answered 404.*was not found/);
});
