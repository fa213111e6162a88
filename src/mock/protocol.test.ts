import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../page/operations.ts';
import { type MockServer, startMock } from './index.ts';
import { clientOf } from './mock-client.test.support.ts';

let mock: MockServer;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

/** What the server answers to these bytes, until it ends the connection or the answer is complete. */
function exchange(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', text => {
      answer += text;
      const [head = '', body] = answer.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (body !== undefined && Buffer.byteLength(body) >= length) socket.destroy();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

function partsOf(answer: string): { status: number; body: unknown } {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) };
}

const errorBody = {
  error_code: expect.stringMatching(/^FSS\.\d{4}$/),
  error_msg: expect.stringMatching(/./),
};

describe('what is no HTTP gets an error body', () => {
  test.each([
    ['no HTTP at all', 'HELLO\r\n\r\n', 400],
    ['an unknown method', 'PUBLISH / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost x\r\n\r\n', 400],
    ['a content length that is no number', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n', 400],
    [
      'a length beside chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    [
      'a chunk whose size is no number',
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
    ['a head that is too long', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a URL that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['bytes of TLS', Buffer.from('1603010200010001fc0303', 'hex'), 400],
    [
      'an expectation',
      'POST / HTTP/1.1\r\nHost: x\r\nExpect: the-impossible\r\nContent-Length: 0\r\n\r\n',
      417,
    ],
  ])('%s', async (_name, bytes, status) => {
    const answer = await exchange(bytes);
    expect(partsOf(answer)).toEqual({ status, body: errorBody });
  });
});

describe('what is HTTP and no request of this API gets an error body', () => {
  test.each([
    ['a path of no API', 'GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['the root', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['a path that is no path', 'GET //../.. HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['no Host', 'GET /nothing HTTP/1.1\r\n\r\n', 404],
    ['HTTP/1.0', 'GET /nothing HTTP/1.0\r\n\r\n', 404],
    ['an absolute URL', 'GET http://x/nothing HTTP/1.1\r\nHost: x\r\n\r\n', 404],
    ['a rare method', 'PROPFIND /v2/p/fgs/functions/f/versions HTTP/1.1\r\nHost: x\r\n\r\n', 405],
    ['PUT at the path of publishing', 'PUT /v2/p/fgs/functions/f/versions HTTP/1.1\r\nHost: x\r\n\r\n', 405],
    [
      'PATCH at the path of publishing',
      'PATCH /v2/p/fgs/functions/f/versions HTTP/1.1\r\nHost: x\r\n\r\n',
      405,
    ],
    [
      'broken percent encoding',
      'POST /v2/p/fgs/functions/%zz/versions HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
      400,
    ],
    [
      'a media type that is none',
      'POST /v2/p/fgs/functions/f/versions HTTP/1.1\r\nHost: x\r\nContent-Type: ,,\r\nContent-Length: 2\r\n\r\n{}',
      415,
    ],
  ])('%s', async (_name, bytes, status) => {
    const answer = await exchange(bytes);
    expect(partsOf(answer)).toEqual({ status, body: errorBody });
  });
});

test.each([
  ['GET', '/f/triggers'],
  ['POST', '/f/tags/create'],
  ['GET', '/f/versions/v1'],
  ['GET', '/f/aliases/a/b'],
  ['GET', '/reservedinstanceconfigs'],
  ['DELETE', '/f/config'],
])('another operation of the API, %s %s, is a 404 that says what there is', async (method, path) => {
  const { status, json } = await clientOf(mock).call(method, path);
  expect({ status, code: json.error_code }).toEqual({ status: 404, code: 'FSS.0404' });
  const message = String(json.error_msg);
  expect(message).toContain(`no ${method} "/v2/${mock.projectId}/fgs/functions${path}"`);
  for (const operation of Object.values(operations)) expect(message).toContain(operation);
  expect(message).toContain('POST /v3/auth/tokens');
});

test('HEAD is answered with a 4xx and no body', async () => {
  const response = await fetch(`${mock.url}/v2/${mock.projectId}/fgs/functions/f/versions`, {
    method: 'HEAD',
  });
  expect([response.status, await response.text()]).toEqual([405, '']);
});

test('a URN of 10 KB is answered like any other', async () => {
  const { call } = clientOf(mock);
  expect(await call('POST', `/${'x'.repeat(10_000)}/versions`, { body: {} })).toMatchObject({
    status: 404,
    json: { error_code: 'FSS.1051' },
  });
});

test('a connection survives every request that is refused', async () => {
  const head =
    'POST /v2/p/fgs/functions/f/versions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const body = ' '.repeat(2 * 1024 * 1024);
  const answer = await exchange(`${head}Content-Length: ${body.length}\r\n\r\n${body}`);
  expect(answer).toContain('HTTP/1.1 401');
  expect(answer.toLowerCase()).not.toContain('connection: close');
});

test('a client that goes away in the middle of a body does no harm', async () => {
  await new Promise<void>(resolve => {
    const socket = connect(Number(new URL(mock.url).port), '127.0.0.1', () => {
      socket.write(
        'POST /v2/p/fgs/functions/f/versions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"',
      );
      socket.destroy();
    });
    socket.on('close', () => resolve());
  });
  expect((await fetch(`${mock.url}/`)).status).toBe(404);
});

test('the server closes although unreadable and idle connections are open', async () => {
  const other = await startMock();
  const port = Number(new URL(other.url).port);
  const sockets = ['', 'HELLO\r\n\r\n', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n'].map(
    bytes => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes));
      socket.on('error', () => {});
      socket.resume();
      return socket;
    },
  );
  await Promise.all(sockets.map(socket => new Promise(resolve => socket.once('ready', resolve))));
  await other.close();
  for (const socket of sockets) socket.destroy();
});
