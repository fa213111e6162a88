import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import type { WireRequest } from './connection.ts';
import {
  answerJson,
  closedPort,
  httpsServer,
  identity,
  rawServer,
  TOKEN,
  targetAt,
} from './loopback.test.servers.ts';
import type { RawPart } from './raw.ts';
import { bytesOf, headOf } from './request-bytes.ts';
import type { TargetRequest } from './target-request.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';

/** A request whose bytes are these. */
function raw(...parts: readonly (string | RawPart)[]): TargetRequest {
  const bytes = parts.map(part => (typeof part === 'string' && !isWord(part) ? Buffer.from(part) : part));
  return { method: 'POST', path: '/', body: '{}', write: () => bytes as RawPart[] };
}

function isWord(part: string): boolean {
  return part === 'half-close' || part === 'abandon';
}

/** A server that answers the first bytes that come with these, and then does what it is told. */
function answering(text: string | Buffer, then: (socket: Socket) => void = () => {}): Promise<string> {
  const answered = new Set<Socket>();
  return rawServer(socket => {
    if (answered.has(socket)) return;
    answered.add(socket);
    socket.write(text);
    then(socket);
  });
}

async function exchangeWith(server: Promise<string>, options = {}): Promise<Exchange> {
  return targetAt(await server, options).send(raw('x'));
}

describe('what is sent', () => {
  test('is what was written, with the credentials of the target, and is captured without them', async () => {
    const { url, received } = await recordingServer();
    const request = {
      method: 'POST',
      path: '/v2/p',
      body: '{"a":1}',
      write: (wire: WireRequest) => [headOf(wire, 'HTTP/1.0'), Buffer.from('body')],
    };
    const { request: captured, response } = await targetAt(url).send(request);
    expect(response?.status).toBe(200);
    expect(received()).toMatch(/^POST \/v2\/p HTTP\/1\.0\r\n/);
    expect(received()).toContain(`x-auth-token: ${TOKEN}\r\n`);
    expect(received()).toMatch(/\r\n\r\nbody$/);
    expect(captured).toMatchObject({ method: 'POST', url: `${url}/v2/p`, body: '{"a":1}' });
    expect(JSON.stringify(captured)).not.toContain(TOKEN);
  });

  test('counts as a request', async () => {
    const target = targetAt(await answering(OK), { maxRequests: 1 });
    await target.send(raw('x'));
    await expect(target.send(raw('x'))).rejects.toThrow('limit of 1 requests');
  });

  test('comes piece by piece', async () => {
    const { url, received } = await recordingServer('cd');
    await targetAt(url).send(raw('ab', { pauseMs: 10 }, 'cd'));
    expect(received()).toBe('abcd');
  });

  test('stops when the answer is there', async () => {
    const { url, received } = await recordingServer('first');
    await targetAt(url).send(raw('first', { pauseMs: 10_000 }, 'second'));
    expect(received()).toBe('first');
  });

  test('waits for the 100, and is answered after it', async () => {
    const url = await rawServer(socket => {
      const isFirst = socket.bytesRead === 4;
      socket.write(isFirst ? 'HTTP/1.1 100 Continue\r\n\r\n' : OK);
    });
    const { response } = await targetAt(url).send(raw('head', { awaitContinueMs: 10_000 }, 'body'));
    expect(response).toMatchObject({ status: 200, body: '{}' });
  });

  test('does not wait longer for the 100 than it is told', async () => {
    const { url, received } = await recordingServer('body');
    await targetAt(url).send(raw('head', { awaitContinueMs: 20 }, 'body'));
    expect(received()).toBe('headbody');
  });

  test('can end before the answer is read', async () => {
    const url = await rawServer(socket => socket.once('end', () => socket.end(OK)), { allowHalfOpen: true });
    const { response } = await targetAt(url).send(raw('x', 'half-close'));
    expect(response?.status).toBe(200);
  });

  test('can be given up', async () => {
    let onClose: () => void = () => {};
    const closed = new Promise<void>(resolve => {
      onClose = resolve;
    });
    const url = await rawServer(socket => socket.once('close', onClose));
    const { failure } = await targetAt(url).send(raw('x', 'abandon'));
    expect(failure?.message).toBe('the client went away');
    await closed;
  });
});

describe('what is read', () => {
  test.each([
    ['with a length', OK],
    ['in chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n'],
    ['after an interim answer', `HTTP/1.1 102 Processing\r\n\r\n${OK}`],
    ['with an answer after it', `${OK}${OK}`],
  ])('an answer %s', async (_, text) => {
    expect((await exchangeWith(answering(text))).response).toMatchObject({ status: 200, body: '{}' });
  });

  test('an answer that the end of the connection ends', async () => {
    const { response, failure } = await exchangeWith(
      answering('HTTP/1.0 400 Bad\r\n\r\n{}', socket => socket.end()),
    );
    expect(response).toMatchObject({ status: 400, body: '{}' });
    expect(failure).toBeUndefined();
  });

  test('values of a header that comes twice', async () => {
    const { response } = await exchangeWith(
      answering('HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 0\r\n\r\n'),
    );
    expect(response?.headers['x-a']).toBe('1, 2');
  });
});

describe('what goes wrong is told', () => {
  test.each([
    ['closed at once', '', 'reset', 'the connection was closed without a complete answer'],
    ['cut in the headers', 'HTTP/1.1 200 OK\r\ncont', 'reset', 'the connection was closed without'],
    [
      'cut in the body',
      'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}',
      'reset',
      'in the middle of the answer',
    ],
    ['no HTTP', '<html>Bad request</html>\r\n', 'malformed', 'what came is not HTTP'],
  ])('%s', async (_, text, kind, message) => {
    const { failure } = await exchangeWith(answering(text, socket => socket.end()));
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(message) });
  });

  test('no answer', async () => {
    const { failure } = await exchangeWith(
      rawServer(() => {}),
      { timeoutMs: 50 },
    );
    expect(failure).toEqual({ kind: 'timeout', message: 'no answer came within 50 ms' });
  });

  test('an answer without an end', async () => {
    const head = 'HTTP/1.1 200 OK\r\n\r\n';
    const flood = (socket: Socket): void => {
      while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 'x')));
      socket.once('drain', () => flood(socket));
    };
    const { response, failure } = await exchangeWith(answering(head, flood));
    expect([response?.status, failure?.kind]).toEqual([200, 'too-large']);
  });

  test('headers without an end', async () => {
    const text = `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(5000)}`;
    expect((await exchangeWith(answering(text))).failure?.kind).toBe('too-large');
  });

  test('nobody listens', async () => {
    const { failure } = await exchangeWith(closedPort());
    expect(failure).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('was refused') });
  });
});

describe('pipelined requests', () => {
  const request = { method: 'POST', path: '/', body: '{}' };

  test('are answered in order', async () => {
    const other = 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n';
    const exchanges = await targetAt(await answering(`${OK}${other}`)).sendPipelined([request, request]);
    expect(exchanges.map(({ response }) => response?.status)).toEqual([200, 404]);
  });

  test('each have a failure of their own, a request of the budget, and a context', async () => {
    const seen: unknown[] = [];
    const target = targetAt(await answering(OK, socket => socket.end()), {
      observe: (exchange, context) => seen.push([exchange.failure?.kind, context.mayClose]),
    });
    await target.sendPipelined([request, { ...request, context: { mayClose: true } }]);
    expect(seen).toEqual([
      [undefined, undefined],
      ['reset', true],
    ]);
    expect(target.sent).toBe(2);
  });
});

test('goes over TLS, to a server whose certificate is trusted', async () => {
  const own = await identity();
  const url = await httpsServer((_request, response) => answerJson(response, 200, {}), own);
  const write = (request: WireRequest) => [bytesOf(request)];
  const target = targetAt(url, { cacert: own.cert });
  const { response } = await target.send({ method: 'POST', path: '/', body: '{}', write });
  expect(response?.status).toBe(200);
});

/** Keeps what comes; answers once it ends in this, or at once. */
async function recordingServer(until = '') {
  let received = '';
  const url = await rawServer((socket, _connection, chunk) => {
    received += chunk.toString();
    if (received.endsWith(until)) socket.write(OK);
  });
  return { url, received: () => received };
}
