import { expect, onTestFinished, test } from 'vitest';
import { type MockServer, startMock } from '../mock/index.ts';
import { begin } from './lifecycle.ts';
import { forward, oddServer, send, sendJson } from './odd-servers.test.support.ts';
import type { RunOptions } from './options.ts';

/** What a run says before it begins; `undefined` when it goes on. */
async function obstacleOf(options: RunOptions): Promise<string | undefined> {
  const begun = await begin({ projectId: 'p', ...options });
  const { remaining } = await begun.end();
  expect(remaining).toEqual([]);
  return begun.obstacle;
}

async function mockServer(options: Parameters<typeof startMock>[0] = {}): Promise<MockServer> {
  const mock = await startMock(options);
  onTestFinished(() => mock.close());
  return mock;
}

const FIXED = { token: 't' };
const PAGE = '<!DOCTYPE html><html><head><title>Sign in\n to Example</title></head></html>';

test('the mock server is as it should be', async () => {
  const mock = await mockServer();
  expect(await obstacleOf({ ...mock, endpoint: mock.url })).toBeUndefined();
});

test.each([403, 400, 401])('a project that is not the token’s is told, with a %i', async status => {
  const mock = await mockServer({ token: 't' });
  const endpoint = await oddServer(async (request, response) => {
    const answer = await forward(mock.url, request);
    if (answer.status !== 403) return send(response, answer);
    return sendJson(response, status, { error_code: 'APIG.0201', error_msg: 'not the project of the token' });
  });
  const obstacle = await obstacleOf({ endpoint, ...FIXED, projectId: 'another' });
  expect(obstacle).toMatch(/not the project of the token/);
  expect(obstacle).toMatch(status === 401 ? /^the credentials were refused/ : /is another the project/);
});

test('a project that is not the token’s is told with a function of one’s own as well', async () => {
  const { url: endpoint } = await mockServer({ token: 't' });
  const functionUrn = 'urn:fss:mock-1:another:function:default:f';
  const obstacle = await obstacleOf({ endpoint, ...FIXED, projectId: 'another', functionUrn });
  expect(obstacle).toMatch(/^whatever is asked is refused alike \(403 .*is another the project/);
});

test.each([200, 404, 403, 500])('an endpoint that answers everything with HTML and %i', async status => {
  const endpoint = await oddServer((_, response) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE),
  );
  const said = `the endpoint answers with an HTML page (${status}, "Sign in to Example"): is it the address of the API, and not of a console or a login?`;
  expect(await obstacleOf({ endpoint, ...FIXED })).toBe(said);
  const functionUrn = 'urn:fss:r:p:function:default:f';
  expect(await obstacleOf({ endpoint, ...FIXED, functionUrn })).toBe(said);
});

test.each([301, 302, 303, 307, 308])('an endpoint that redirects to a login with %i', async status => {
  const endpoint = await oddServer((_, response) =>
    response.writeHead(status, { location: 'https://auth.example.com/login?state=secret' }).end(),
  );
  expect(await obstacleOf({ endpoint, ...FIXED })).toBe(
    `the endpoint redirects to https://auth.example.com/login (${status}): is it the address of the API, and not of a console or a login?`,
  );
});

test('an endpoint that redirects to itself by another scheme', async () => {
  const endpoint = await oddServer(({ url }, response) =>
    response.writeHead(301, { location: `https://127.0.0.1${url}` }).end(),
  );
  expect(await obstacleOf({ endpoint, ...FIXED })).toMatch(
    /\(301\): give https:\/\/127\.0\.0\.1 as --endpoint$/,
  );
});

test('an endpoint that asks for proxy credentials', async () => {
  const endpoint = await oddServer((_, response) =>
    response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end(),
  );
  expect(await obstacleOf({ endpoint, ...FIXED })).toMatch(
    /^the endpoint asks for the credentials of a proxy \(407\)/,
  );
});

test('an endpoint that is behind a login to the network', async () => {
  const endpoint = await oddServer((_, response) => response.writeHead(511).end());
  expect(await obstacleOf({ endpoint, ...FIXED })).toMatch(
    /^the endpoint asks for a login to the network \(511\)/,
  );
});

test.each([
  ['JSON', { error_code: 'APIG.0101', error_msg: 'The API does not exist' }],
  ['JSON without a code', { message: 'no Route matched' }],
])('an address with nothing there: %s', async (_, body) => {
  const endpoint = await oddServer((_request, response) => sendJson(response, 404, body));
  expect(await obstacleOf({ endpoint, ...FIXED })).toMatch(
    /^whatever is asked is not found \(404 .*address of the API/,
  );
});

test('a server that publishes only, and knows its users, is no mistake', async () => {
  const mock = await mockServer({ token: 't', projectId: 'p' });
  const endpoint = await oddServer(async (request, response) => {
    const answer = await forward(mock.url, request);
    if (/\/versions$/.test(request.url) && answer.status !== 404) return send(response, answer);
    return sendJson(response, 404, { error_code: 'FSS.0404', error_msg: 'not found' });
  });
  expect(await obstacleOf({ endpoint, ...FIXED })).toBeUndefined();
});

test.each([
  'absent-function-400',
  'missing-token-403',
  'missing-permission-401',
  'publishes-with-wrong-token',
])('a server with the fault %s is for the suite to judge', async fault => {
  const mock = await mockServer({ fault });
  expect(await obstacleOf({ ...mock, endpoint: mock.url })).toBeUndefined();
});

test('a second token that nobody knows', async () => {
  const mock = await mockServer();
  const obstacle = await obstacleOf({ ...mock, endpoint: mock.url, forbiddenToken: 'expired' });
  expect(obstacle).toMatch(
    /^the second token \(--forbidden-token\) is refused like one that the target does not know \(401 /,
  );
});

test('a second token that nobody knows, on a server that only publishes', async () => {
  const mock = await mockServer();
  const endpoint = await oddServer(async (request, response) => {
    if (request.method === 'POST' && /\/versions$/.test(request.url)) {
      return send(response, await forward(mock.url, request));
    }
    return sendJson(response, 404, { error_code: 'FSS.0404', error_msg: 'not found' });
  });
  const functionUrn = `urn:fss:mock-1:${mock.projectId}:function:default:f`;
  const given = { ...mock, endpoint, functionUrn };
  expect(await obstacleOf(given)).toBeUndefined();
  expect(await obstacleOf({ ...given, forbiddenToken: 'expired' })).toMatch(/^the second token/);
});

test('the second token is the first', async () => {
  const mock = await mockServer();
  await expect(obstacleOf({ ...mock, endpoint: mock.url, forbiddenToken: mock.token })).rejects.toThrow(
    /^--forbidden-token is the token itself/,
  );
});

test.each([
  [
    -61,
    /; the clock of this machine is 61 minutes ahead of the target’s, and a signature holds for 15 minutes$/,
  ],
  [60, /; the clock of this machine is 60 minutes behind the target’s/],
  [2, /Signature has expired"\}$/],
])('a signature that is refused by a clock %i minutes on', async (minutes, said) => {
  const endpoint = await oddServer((_, response) => {
    response.setHeader('date', new Date(Date.now() + minutes * 60_000).toUTCString());
    sendJson(response, 401, { error_code: 'APIG.0301', error_msg: 'Signature has expired' });
  });
  expect(await obstacleOf({ endpoint, ak: 'key', sk: 'secret' })).toMatch(said);
});

test('nothing is left behind by asking', async () => {
  const mock = await mockServer({ fault: 'absent-function-400' });
  await obstacleOf({ ...mock, endpoint: mock.url });
  const { url, projectId, token } = mock;
  const listed = await fetch(`${url}/v2/${projectId}/fgs/functions`, { headers: { 'x-auth-token': token } });
  expect(await listed.json()).toMatchObject({ count: 0 });
});
