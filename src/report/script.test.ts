import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpRequest } from '../page/exchange.ts';
import type { Reproduction, Step } from '../verdict/reproduction.ts';
import { scriptOf } from './script.ts';

const COLLECTION = '/v2/p/fgs/functions';
const URN = 'urn:fss:r:p:function:default:f';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: string;
}

const received: Received[] = [];
let endpoint = '';

/** Answers everything, and writes down what it is asked. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method = '', url = '', headers } = request;
    const body = Buffer.concat(chunks).toString();
    received.push({ method, url, token: headers['x-auth-token'] as string | undefined, body });
    const answers: Readonly<Record<string, object>> = {
      '/states': { function_urn: 'urn:fss:r:p:function:default:other' },
      [`${COLLECTION}/${URN}/versions`]: body.includes('v7') ? { version: 'v7' } : { of: body },
    };
    const answer = answers[url] ?? { of: body };
    response.end(JSON.stringify(answer));
  });
});

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function request(method: string, path: string, change: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method,
    url: `${endpoint}${path}`,
    headers: { 'x-auth-token': '$FGS_TOKEN', 'content-type': 'application/json' },
    ...change,
  };
}

function step(does: string, sent: HttpRequest, change: Partial<Step> = {}): Step {
  return { does, request: sent, isEvidence: false, ...change };
}

function play(reproduction: Reproduction): Promise<{ readonly stdout: string; readonly stderr: string }> {
  received.length = 0;
  const script = scriptOf('body.x: "x" is\n1', reproduction, endpoint);
  return new Promise(resolve => {
    const env = { PATH: process.env.PATH, FGS_TOKEN: 'the token' };
    execFile('bash', ['-c', script], { env, timeout: 30_000 }, (_, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
}

const creation = () => step('creates a function', request('POST', COLLECTION, { body: '{"func_name":"f"}' }));
const publication = (body: string, change: Partial<Step> = {}) =>
  step('publishes', request('POST', `${COLLECTION}/${URN}/versions`, { body }), {
    isEvidence: true,
    ...change,
  });

test('what is needed is made, the answer that shows the finding is all of stdout, and all is deleted', async () => {
  const { stdout, stderr } = await play({ steps: [creation(), publication('{"a":"it\'s"}')], made: [URN] });
  expect(received).toEqual([
    { method: 'POST', url: COLLECTION, token: 'the token', body: '{"func_name":"f"}' },
    { method: 'POST', url: `${COLLECTION}/${URN}/versions`, token: 'the token', body: '{"a":"it\'s"}' },
    { method: 'DELETE', url: `${COLLECTION}/${URN}`, token: 'the token', body: '' },
  ]);
  expect(stdout).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*\{"of":"\{\\"a\\":\\"it's\\"\}"\}\n$/);
  expect(stderr.trim().split('\n').slice(-2)).toEqual(['creates a function: 200', 'deletes it: 200']);
});

test('what was sent at the same time is sent at the same time', async () => {
  const { stdout } = await play({
    steps: [creation(), publication('{"n":1}'), publication('{"n":2}', { isTogether: true })],
    made: [URN],
  });
  expect(stdout.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  expect(received.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'DELETE']);
});

test('of somebody else’s function, only the version that was published is deleted', async () => {
  const { stdout } = await play({ steps: [publication('"version": "v7"')], made: [], isForeign: true });
  expect(stdout).toContain('HTTP/1.1 200 OK');
  expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `POST ${COLLECTION}/${URN}/versions`,
    `DELETE ${COLLECTION}/${URN}:v7`,
  ]);
});

test('raw bytes go out as they are, with the token from the environment', async () => {
  const bytes = `POST ${COLLECTION}/%zz%/versions HTTP/1.1\r\nhost: x\r\nx-auth-token: $FGS_TOKEN\r\ncontent-length: 3\r\n\r\n\\%'`;
  const wire = [{ bytes: bytes.slice(0, 20) }, { pauseMs: 10 }, { bytes: bytes.slice(20) }];
  const { stdout } = await play({
    steps: [step('sends', request('POST', COLLECTION, { wire }), { isEvidence: true })],
    made: [],
  });
  expect(received).toEqual([
    { method: 'POST', url: `${COLLECTION}/%zz%/versions`, token: 'the token', body: "\\%'" },
  ]);
  expect(stdout).toContain('HTTP/1.1 200 OK');
});

test('a provider state is set up, its function is used, and it is torn down', async () => {
  const state = { statesUrl: `${endpoint}/states`, state: 'a function exists', params: { timeout: 3 } };
  await play({ steps: [publication('{}')], made: [], states: [{ ...state, functionUrn: URN }] });
  expect(received.map(({ url }) => url)).toEqual([
    '/states',
    `${COLLECTION}/urn:fss:r:p:function:default:other/versions`,
    '/states',
  ]);
  expect(JSON.parse(received[2]?.body ?? '')).toEqual({
    state: 'a function exists',
    action: 'teardown',
    params: { timeout: 3, function_urn: 'urn:fss:r:p:function:default:other' },
  });
});

test('a body of more than an argument may have arrives whole', async () => {
  const body = `{"description":"${'x'.repeat(1_100_000)}é"}`;
  await play({ steps: [publication(body)], made: [] });
  expect(received[0]?.body === body).toBe(true);
});
