import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { plainConfiguration } from '../src/generate/index.ts';
import { everyAnswer, reportOf } from '../src/mock/choices/combinations.test.support.ts';
import { type MockOptions, startMock } from '../src/mock/index.ts';
import { generatePact } from '../src/pact/generate.ts';
import { type VerifyOptions, type VerifyResult, verifyPacts } from '../src/pact/verify.ts';
import { functionsPath } from '../src/target/index.ts';
import { interactions } from './interactions/index.ts';

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fgs-conformance-contracts-'));
  await generatePact({ dir });
});

afterAll(() => rm(dir, { recursive: true, force: true }));

/** What no live endpoint can be brought into without provider states. */
const UNREACHABLE = ['the service fails', 'the token has no permission', 'a function exists (dependencies)'];

/** What verifying a mock server of this sort comes to; without its states URL, as a live endpoint is. */
async function verified(mockOptions: MockOptions, options: VerifyOptions = {}): Promise<VerifyResult> {
  const mock = await startMock(mockOptions);
  const { url: endpoint, projectId, token } = mock;
  try {
    return await verifyPacts({ dir, endpoint, projectId, token, unreachableState: UNREACHABLE, ...options });
  } finally {
    await mock.close();
  }
}

function descriptions(result: VerifyResult, verdict: string): readonly string[] {
  return result.interactions.filter(each => each.verdict === verdict).map(each => each.description);
}

test('the mock server honours every interaction', async () => {
  const result = await verifyPacts({ dir });
  expect(result.interactions.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(result.interactions).toHaveLength(interactions.length);
  expect(result).toMatchObject({ verdict: 'conformant', remaining: [] });
});

test('nothing reports usage to anyone', async () => {
  const asked: string[] = [];
  const proxy = createServer().on('connect', ({ url }, socket) => {
    asked.push(String(url));
    socket.end();
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${Object(proxy.address()).port}`);
  const result = await verifyPacts({ dir });
  vi.unstubAllEnvs();
  proxy.close();
  expect(result.verdict).toBe('conformant');
  expect(asked).toEqual([]);
});

test('a server that breaks one thing is told what', async () => {
  const result = await verified({ fault: 'body.memory_size.values' });
  expect(result.verdict).toBe('nonconformant');
  const failed = result.interactions.filter(({ verdict }) => verdict === 'fail');
  expect(failed.length).toBeGreaterThan(0);
  for (const { reasons } of failed) expect(reasons.join()).toMatch(/^memory_size: /);
});

test('states are set up through a states URL, too', async () => {
  const mock = await startMock();
  const { url: endpoint, projectId, token, statesUrl } = mock;
  const result = await verifyPacts({ dir, endpoint, projectId, token, statesUrl, arrange: 'states' });
  await mock.close();
  expect(descriptions(result, 'pass')).toHaveLength(interactions.length);
});

test('states that a target cannot reach are left out, and named', async () => {
  const result = await verified({}, { unreachableState: [] });
  expect(result).toMatchObject({
    verdict: 'inconclusive',
    reason: expect.stringMatching(/--unreachable-state/),
  });
  const leftOut = result.interactions.filter(({ verdict }) => verdict === 'left-out');
  expect(descriptions(result, 'left-out')).toContain('a publication while the service fails');
  for (const { reasons } of leftOut) expect(reasons.join()).toMatch(/--states-url|--forbidden-token/);
});

test('a server that only publishes is verified through its provider states, unless it must be through the API', async () => {
  const mock = await startMock();
  const { projectId, token, statesUrl } = mock;
  const server = createServer((incoming, response) => {
    const { method, headers, url = '/' } = incoming;
    if (!url.endsWith('/versions')) {
      response.writeHead(404).end();
      return;
    }
    const onward = request(new URL(url, mock.url), { method, headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${Object(server.address()).port}`;
  const options = { dir, endpoint, projectId, token, statesUrl };
  const throughApi = await verifyPacts({ ...options, arrange: 'api' });
  const throughEither = await verifyPacts(options);
  server.close();
  await mock.close();
  expect(throughApi.verdict).toBe('inconclusive');
  const leftOut = throughApi.interactions.find(({ verdict }) => verdict === 'left-out');
  expect(leftOut?.reasons.join()).toMatch(/refused to create function.*--arrange states/);
  expect(throughEither).toMatchObject({
    verdict: 'conformant',
    reason: `${interactions.length} interactions hold`,
  });
});

test('who consents to leaving them out has the rest verified', async () => {
  expect(await verified({})).toMatchObject({ verdict: 'conformant' });
});

// Each takes some seconds; every answer is in one of them.
test.each(everyAnswer().map((answers, index) => [index, answers] as const))(
  'a server that chooses otherwise honours them: set %i',
  async (_index, answers) => {
    const result = await verified({ like: reportOf(answers) });
    expect(result.interactions.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(result.verdict).toBe('conformant');
  },
);

test('one function of the user’s own is enough for what needs no arranging', async () => {
  const mock = await startMock();
  const { url: endpoint, projectId, token } = mock;
  const functions = `${endpoint}${functionsPath(projectId)}`;
  const headers = { 'x-auth-token': token, 'content-type': 'application/json' };
  const body = JSON.stringify(plainConfiguration('own', 'own'));
  await fetch(functions, { method: 'POST', headers, body });
  const functionUrn = `urn:fss:${mock.region}:${projectId}:function:default:own`;
  const unreachableState = [
    ...UNREACHABLE,
    'a function exists',
    'a function exists with unpublished changes',
  ];
  const result = await verifyPacts({ dir, endpoint, projectId, token, functionUrn, unreachableState });
  const versions: unknown = await (await fetch(`${functions}/${functionUrn}/versions`, { headers })).json();
  await mock.close();
  expect(result).toMatchObject({ verdict: 'conformant', remaining: [] });
  expect(descriptions(result, 'pass')).toContain('a publication with version and description');
  expect(versions).toMatchObject({ versions: [{ version: 'latest' }] });
});

test('an answer that a conforming provider may give otherwise is told, and does not count', async () => {
  const result = await verified({ dress: 'without-mounts' });
  expect(descriptions(result, 'pending')).toEqual(['a publication of a function with mounts']);
  expect(result.verdict).toBe('conformant');
});

test('a provider that is not there is no provider that fails', async () => {
  const options = { endpoint: 'http://127.0.0.1:9', projectId: 'p', token: 't' };
  const result = await verifyPacts({ dir, ...options });
  expect(result).toMatchObject({ verdict: 'inconclusive', interactions: [] });
  expect(result.reason).toMatch(/not reachable/);
});
