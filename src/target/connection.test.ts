import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { answerJson, closedPort, httpServer, rawServer, targetAt } from './loopback.test.servers.ts';

const REQUEST = { method: 'POST', path: '/x', body: '{}' };
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

async function answeredWith(bytes: string | Buffer): Promise<Exchange> {
  const endpoint = await rawServer(socket => socket.end(bytes));
  return targetAt(endpoint).send(REQUEST);
}

async function encoded(body: Buffer, encoding: string): Promise<Exchange> {
  const endpoint = await httpServer((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding, 'content-type': 'application/json' });
    response.end(body);
  });
  return targetAt(endpoint).send(REQUEST);
}

test('a target that never answers is a timeout', async () => {
  const endpoint = await rawServer(() => {});
  const { failure, response } = await targetAt(endpoint, { timeoutMs: 200 }).send(REQUEST);
  expect(failure).toEqual({ kind: 'timeout', message: 'no answer came within 200 ms' });
  expect(response).toBeUndefined();
});

test('a target that drips its answer is a timeout, however steady the drops', async () => {
  const endpoint = await rawServer(socket => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 10);
    socket.on('close', () => clearInterval(drip));
  });
  const { failure, response } = await targetAt(endpoint, { timeoutMs: 200 }).send(REQUEST);
  expect(failure?.kind).toBe('timeout');
  expect(response?.status).toBe(200);
  expect(response?.body).toMatch(/^x+$/);
});

test.each([
  ['before the answer', ''],
  ['in the status line', 'HTTP/1.1 20'],
  ['in the headers', 'HTTP/1.1 200 OK\r\nContent-Ty'],
])('a connection that is closed %s is a reset without a response', async (_, bytes) => {
  const { failure, response } = await answeredWith(bytes);
  expect(failure?.kind).toBe('reset');
  expect(response).toBeUndefined();
});

test.each([
  ['Content-Length: 100\r\n\r\n{"a":1'],
  ['Content-Length: 100\r\nConnection: close\r\n\r\n{"a":1'],
  ['Transfer-Encoding: chunked\r\n\r\n99\r\n{"a":1'],
  ['Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n99\r\n{"a":1'],
])('an answer that breaks off is a reset, with what came of it: %j', async rest => {
  const { failure, response } = await answeredWith(`HTTP/1.1 200 OK\r\n${rest}`);
  expect(failure).toEqual({
    kind: 'reset',
    message: 'the connection was closed in the middle of the answer',
  });
  expect(response?.status).toBe(200);
  expect(response?.body).toBe('{"a":1');
});

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['an invalid status', 'HTTP/1.1 20x OK\r\n\r\n'],
  ['an invalid chunk size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
  ['a header without colon', 'HTTP/1.1 200 OK\r\nno header\r\n\r\n{}'],
])('%s is malformed', async (_, bytes) => {
  expect((await answeredWith(bytes)).failure?.kind).toBe('malformed');
});

test('an answer without length that ends with the connection is complete', async () => {
  const { failure, response } = await answeredWith('HTTP/1.1 200 OK\r\n\r\n{"a":1}');
  expect(failure).toBeUndefined();
  expect(response?.body).toBe('{"a":1}');
});

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

test.each([
  ['103', 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'],
  ['100', CONTINUE],
  ['100, twice', `${CONTINUE}${CONTINUE}`],
])('an interim answer that nobody asked for is passed over: %s', async (_, interim) => {
  const { failure, response } = await answeredWith(`${interim}${OK}`);
  expect(failure).toBeUndefined();
  expect(response).toMatchObject({ status: 200, body: '{}' });
});

test('interim answers that come apart, before each answer on one connection, are passed over', async () => {
  let connections = 0;
  const endpoint = await rawServer((socket, connection) => {
    connections = connection + 1;
    socket.write(CONTINUE, () => setImmediate(() => socket.write(OK)));
  });
  const target = targetAt(endpoint, { concurrency: 1 });
  for (const _ of [1, 2, 3]) expect((await target.send(REQUEST)).response?.status).toBe(200);
  expect(connections).toBe(1);
});

test('a body that begins like an interim answer is left as it is', async () => {
  const body = `${CONTINUE}{}`;
  const endpoint = await rawServer(socket => {
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`, () =>
      setTimeout(() => socket.write(body), 20),
    );
  });
  expect((await targetAt(endpoint).send(REQUEST)).response?.body).toBe(body);
});

test('an endless answer is too large, and only its beginning is kept', async () => {
  const endpoint = await rawServer(socket => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    const block = Buffer.alloc(256 * 1024, 'a');
    const pour = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', pour);
    pour();
  });
  const { failure, response } = await targetAt(endpoint).send(REQUEST);
  expect(failure).toEqual({ kind: 'too-large', message: 'the answer is larger than 4 MiB' });
  expect(response?.body?.length).toBeLessThanOrEqual(64 * 1024);
});

test('headers without end are too large', async () => {
  const { failure } = await answeredWith(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n{}`);
  expect(failure?.kind).toBe('too-large');
});

const text = Buffer.from('{"memory_size":128}');

test.each([
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['br', brotliCompressSync(text)],
  ['gzip, br', brotliCompressSync(gzipSync(text))],
  ['identity', text],
])('the content encoding %s is undone', async (encoding, body) => {
  const { failure, response } = await encoded(body, encoding);
  expect(failure).toBeUndefined();
  expect(response?.body).toBe(text.toString());
});

test.each([
  ['gzip', text],
  ['gzip', gzipSync(text).subarray(0, 15)],
  ['br', gzipSync(text)],
  ['deflate', text],
  ['zstd', text],
  ['gzip, gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(gzipSync(text))))],
])('a body that does not fit the content encoding %s is undecodable', async (encoding, body) => {
  const { failure, response } = await encoded(body, encoding);
  expect(failure?.kind).toBe('undecodable');
  expect(response?.status).toBe(200);
});

test.each([
  ['gzip', gzipSync(Buffer.alloc(32 * 1024 * 1024))],
  ['br', brotliCompressSync(Buffer.alloc(32 * 1024 * 1024))],
])('a small %s body that decodes to a huge one is too large', async (encoding, bomb) => {
  expect(bomb.length).toBeLessThan(64 * 1024);
  expect((await encoded(bomb, encoding)).failure).toEqual({
    kind: 'too-large',
    message: 'the answer, decoded, is larger than 4 MiB',
  });
});

test('a body that is no UTF-8 is kept in base64', async () => {
  const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
  const endpoint = await httpServer((_, response) => response.end(bytes));
  const { response } = await targetAt(endpoint).send(REQUEST);
  expect(response).toMatchObject({ bodyEncoding: 'base64', body: bytes.toString('base64') });
});

test('nobody listening is unreachable', async () => {
  const endpoint = await closedPort();
  const { failure, response } = await targetAt(endpoint).send(REQUEST);
  expect(failure).toEqual({
    kind: 'unreachable',
    message: `no connection to ${endpoint}: the connection was refused`,
  });
  expect(response).toBeUndefined();
});

test('a host name that is not known is unreachable', async () => {
  const { failure } = await targetAt('http://fgs.invalid').send(REQUEST);
  expect(failure?.kind).toBe('unreachable');
});

test('a server without TLS behind an https endpoint is unreachable', async () => {
  const endpoint = await rawServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const { failure } = await targetAt(endpoint.replace('http:', 'https:')).send(REQUEST);
  expect(failure?.kind).toBe('unreachable');
});

/** A server that answers the first request of each connection, or of the first one only, and resets all others. */
function answeringOnce(which: 'each' | 'first') {
  const arrived: string[] = [];
  const answered = new Set<number>();
  const server = rawServer((socket, connection, chunk) => {
    arrived.push(chunk.toString().split(' ')[0] ?? '');
    const isDue = !answered.has(connection) && (which === 'each' || connection === 0);
    answered.add(connection);
    if (isDue) socket.write(OK);
    else socket.resetAndDestroy();
  });
  return { server, arrived };
}

test('a request that does nothing twice is sent again when its connection ends, over a new one', async () => {
  const { server, arrived } = answeringOnce('each');
  const target = targetAt(await server, { concurrency: 1 });
  await target.send({ ...REQUEST, method: 'PUT' });
  const { failure, response } = await target.send({ ...REQUEST, method: 'PUT' });
  expect(failure).toBeUndefined();
  expect(response?.status).toBe(200);
  expect(arrived).toEqual(['PUT', 'PUT', 'PUT']);
  expect(target.sent).toBe(3);
});

test('a POST is never sent again blindly, and from then on has a connection of its own', async () => {
  const { server, arrived } = answeringOnce('each');
  const target = targetAt(await server, { concurrency: 1 });
  await target.send(REQUEST);
  expect((await target.send(REQUEST)).failure?.kind).toBe('reset');
  expect((await target.send(REQUEST)).response?.status).toBe(200);
  expect((await target.send(REQUEST)).response?.status).toBe(200);
  expect(arrived.filter(method => method === 'POST')).toHaveLength(4);
});

test('a target that closes every connection is held to it', async () => {
  const { server, arrived } = answeringOnce('first');
  const target = targetAt(await server, { concurrency: 1 });
  await target.send({ ...REQUEST, method: 'PUT' });
  expect((await target.send({ ...REQUEST, method: 'PUT' })).failure?.kind).toBe('reset');
  expect(arrived.filter(method => method === 'PUT')).toHaveLength(4);
});

test('a large request that is refused before it is read leaves the next one unharmed', async () => {
  const endpoint = await rawServer((socket, connection) => {
    if (connection > 0) return socket.write(OK);
    socket.pause();
    return socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}');
  });
  const target = targetAt(endpoint, { concurrency: 1, timeoutMs: 1000 });
  const refused = await target.send({ ...REQUEST, body: Buffer.alloc(16 * 1024 * 1024) });
  expect(refused.response?.status).toBe(413);
  expect((await target.send(REQUEST)).response?.status).toBe(200);
});

test('after any failure the next exchange works', async () => {
  let requests = 0;
  const endpoint = await httpServer((_, response) => {
    if (requests++ % 2 === 0) response.destroy();
    else answerJson(response, 200, {});
  });
  const target = targetAt(endpoint, { concurrency: 1 });
  const first = await target.send(REQUEST);
  const second = await target.send(REQUEST);
  expect([first.failure?.kind, second.response?.status]).toEqual(['reset', 200]);
});
