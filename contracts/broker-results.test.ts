/** What a broker is told of pacts that are verified, against a double of one. */

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { startMock } from '../src/mock/index.ts';
import { canIDeploy } from '../src/pact/can-i-deploy.ts';
import { verifyPacts } from '../src/pact/verify.ts';
import { brokerTrial, MY_SDK, RESULTS, TOKEN, verifyLive, verifyMock } from './broker-trial.test.support.ts';
import { interactions } from './interactions/index.ts';

const trial = brokerTrial();

/** Hands a request on, and its answer back. */
function pipeTo(endpoint: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url = '/' } = request;
  const onward = requestTo(new URL(url, endpoint), { method, headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  request.pipe(onward);
}

test('a provider that breaks its pact is told what, and the broker too', async () => {
  const { double, at } = await trial.brokerWithPact();
  const verified = await verifyMock({ ...at, ...RESULTS }, { fault: 'body.memory_size.values' });
  expect(verified.verdict).toBe('nonconformant');
  const reasons = verified.interactions.flatMap(each => (each.verdict === 'fail' ? each.reasons : []));
  expect(reasons[0]).toMatch(/^memory_size: /);
  expect(double.results).toMatchObject([{ success: false }]);
  expect(await canIDeploy({ ...at, selectors: [MY_SDK] })).toMatchObject({
    isDeployable: false,
    matrix: [{ result: 'failure' }],
  });
});

test('a pact that was never honoured does not count while pending pacts do not', async () => {
  const { at } = await trial.brokerWithPact();
  const options = { ...at, ...RESULTS, enablePending: true };
  const verified = await verifyMock(options, { fault: 'body.memory_size.values' });
  expect(verified.verdict).toBe('conformant');
  expect(verified.interactions.some(({ verdict }) => verdict === 'pending')).toBe(true);
});

test('a pact in progress is verified beside the one that is selected', async () => {
  const { double, at } = await trial.brokerWithPact();
  const pact: unknown = JSON.parse(await readFile(trial.file, 'utf8'));
  const version = { consumerAppVersion: '2.0.0', branch: 'feature' };
  await trial.publish(at, { ...Object(pact), consumer: { name: 'other' } }, version);
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
  const { double, at } = await trial.brokerWithPact();
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
  const { double, at } = await trial.brokerWithPact();
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
  const { double, at } = await trial.brokerWithPact();
  const { interactions: all, ...pact } = Object(JSON.parse(await readFile(trial.file, 'utf8')));
  const unknown = { ...all[0], providerStates: [{ name: 'the moon is full' }] };
  await trial.publish(at, { ...pact, consumer: { name: 'other' }, interactions: [all[0], unknown] });
  const impossible = { ...all[0], response: { status: 418 } };
  await trial.publish(at, { ...pact, consumer: { name: 'third' }, interactions: [unknown, impossible] });
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
  const { double, at } = await trial.brokerWithPact();
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
  const { at } = await trial.brokerWithPact({ refusesResults: true });
  const { told = [] } = await verifyPacts({ ...at, ...RESULTS });
  expect(told).toMatchObject([
    { told: 'nothing', reason: expect.stringMatching(/did not take the result: .*403/) },
  ]);
  expect(JSON.stringify(told)).not.toContain(TOKEN);
});

test('of what the broker has to say, only what applies is told', async () => {
  const { at } = await trial.brokerWithPact();
  const pending = { ...at, enablePending: true, providerBranch: 'main' };
  const before = ['The pact of my-sdk 1.0.0 is being verified.', 'This pact is in pending state.'];
  const unpublished = await verifyMock(pending);
  const still = "This pact is still in pending state for any version from branch 'main'";
  expect(unpublished.notices).toEqual([
    ...before,
    `${still} as the successful verification results have not yet been published.`,
  ]);
  const failed = await verifyMock({ ...pending, ...RESULTS }, { fault: 'body.memory_size.values' });
  expect(failed.notices).toEqual([
    ...before,
    `${still} as a successful verification result has not yet been published`,
  ]);
  const published = await verifyMock({ ...pending, ...RESULTS });
  expect(published.notices.at(-1)).toBe(
    "This pact is no longer in pending state for any version from branch 'main'.",
  );
});

test('one pact is verified by its URL, as the version, branch and tag that are handed over', async () => {
  const { double, at } = await trial.brokerWithPact();
  const { interactions: all, ...pact } = Object(JSON.parse(await readFile(trial.file, 'utf8')));
  await trial.publish(at, { ...pact, consumer: { name: 'other' }, interactions: all.slice(0, 2) });
  const { sha } = double.store.pacts[1] ?? {};
  const pactUrl = `${double.url}/pacts/provider/functiongraph/consumer/other/pact-version/${sha}`;
  const version = { providerAppVersion: '8', providerBranch: 'next', providerVersionTag: ['dev'] };
  const options = { pactUrl, brokerToken: TOKEN, publishResults: true, ...version };
  const verified = await verifyMock(options);
  expect(verified.interactions.map(({ consumer }) => consumer)).toEqual(['other', 'other']);
  expect(double.results).toMatchObject([
    { sha, success: true, providerApplicationVersion: '8', branch: 'next', tags: ['dev'] },
  ]);
  await expect(verifyMock({ ...options, pactUrl: `${pactUrl}0` })).rejects.toThrow(/404.* was not found/);
});

test('that there is no pact is fine for those who say so', async () => {
  const { at } = await trial.brokerWithPact();
  const nothing = { ...at, ignoreNoPacts: true, consumerVersionSelector: [{ branch: 'nowhere' }] };
  expect(await verifyPacts(nothing)).toMatchObject({ verdict: 'conformant', interactions: [] });
  expect(await verifyPacts({ ...nothing, provider: 'nobody' })).toMatchObject({ verdict: 'conformant' });
});

test('a message is left out and named, and only its own pact is held up by it', async () => {
  const { double, at } = await trial.brokerWithPact();
  const { interactions: all, ...pact } = Object(JSON.parse(await readFile(trial.file, 'utf8')));
  const message = { type: 'Asynchronous/Messages', description: 'a version was published', contents: {} };
  await trial.publish(at, { ...pact, consumer: { name: 'listener' }, interactions: [message, all[0]] });
  const verified = await verifyMock({ ...at, ...RESULTS });
  expect(verified.interactions.filter(({ consumer }) => consumer === 'listener')).toMatchObject([
    {
      description: 'a version was published',
      verdict: 'left-out',
      reasons: [expect.stringMatching(/message/)],
    },
    { verdict: 'pass' },
  ]);
  expect(verified.told).toMatchObject([{ told: 'success' }, { consumer: 'listener', told: 'nothing' }]);
  expect(double.results).toHaveLength(1);
});
