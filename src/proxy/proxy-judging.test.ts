import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, createServer as createSocketServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CONFIGURATION, FUNCTION, VERSION, VERSIONS } from '../traffic/recordings.test.support.ts';
import {
  brokenBy,
  listening,
  type ProxyUnderTest,
  proxyFor,
  proxyTo,
  publishes,
  send,
} from './loopback.test.support.ts';

describe('when the endpoint fails', () => {
  test('to be there, the client gets a 502 and nothing is held against it', async () => {
    const server = createServer();
    const url = await listening(server);
    await new Promise(resolve => server.close(resolve));
    const { proxy, captured, ended } = await proxyTo(url);
    const { answer, body } = await send(proxy, VERSIONS, { body: '{}' });
    expect(answer.statusCode).toBe(502);
    expect(JSON.parse(body).error_msg).toMatch(/no connection to .*: the connection was refused/);
    await ended(1);
    expect(captured[0]?.failure?.kind).toBe('unreachable');
    expect(await brokenBy(captured)).toEqual([]);
  });

  async function brokenTarget(answer: (socket: Socket) => void): Promise<ProxyUnderTest> {
    const server = createSocketServer(socket => {
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    });
    return proxyTo(await listening(server));
  }

  test('to answer, the client gets a 502 and the endpoint a finding', async () => {
    const { proxy, captured, ended } = await brokenTarget(socket => socket.destroy());
    expect((await send(proxy, VERSIONS, { body: '{}' })).answer.statusCode).toBe(502);
    await ended(1);
    expect(await brokenBy(captured)).toEqual(['robustness.answered']);
  });

  test('to speak HTTP, likewise', async () => {
    const { proxy, captured, ended } = await brokenTarget(socket => socket.end('hello\r\n\r\n'));
    expect((await send(proxy, VERSIONS, { body: '{}' })).answer.statusCode).toBe(502);
    await ended(1);
    expect(captured[0]?.failure?.kind).toBe('malformed');
    expect(await brokenBy(captured)).toEqual(['robustness.answered']);
  });

  test('in the middle of an answer, it breaks off for the client too', async () => {
    const { proxy, captured, ended } = await brokenTarget(socket => {
      const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n';
      socket.write(`${head}{"func`, () => socket.destroy());
    });
    await expect(send(proxy, VERSIONS, { body: '{}' })).rejects.toThrow(/aborted/);
    await ended(1);
    expect(await brokenBy(captured)).toEqual(['robustness.complete']);
  });
});

test('a client that goes away takes its request with it, and nothing is held against the endpoint', async () => {
  let closed: Promise<unknown> | undefined;
  const { proxy, captured, ended } = await proxyFor(incoming => {
    closed = once(incoming.socket, 'close');
    client.destroy();
  });
  const { hostname, port } = new URL(proxy.url);
  const client = connect(Number(port), hostname);
  client.write(`POST ${VERSIONS} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}`);
  await ended(1);
  await closed;
  expect(captured[0]?.isAbandoned).toBe(true);
  expect(await brokenBy(captured)).toEqual([]);
});

describe('judging', () => {
  test('what passes, compressed answers too, and not what is of another service', async () => {
    const { proxy, captured, ended } = await proxyFor((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify({ ...VERSION, memory_size: 129 })));
    });
    await send(proxy, '/v1/p/servers', { method: 'GET' });
    await send(proxy, VERSIONS, { body: '{}' });
    await ended(1);
    expect(proxy.foreign).toBe(1);
    expect(await brokenBy(captured, 'p')).toEqual(['body.memory_size.values']);
  });

  test('an exchange against those before it', async () => {
    const { proxy, captured, ended } = await proxyFor(publishes);
    await send(proxy, '/v2/p/fgs/functions', { body: JSON.stringify({ ...CONFIGURATION, timeout: 4 }) });
    await send(proxy, VERSIONS, { body: '{}' });
    await ended(2);
    expect(await brokenBy(captured)).toEqual(['body.timeout.echo']);
  });

  test('but not against a change at the same time', async () => {
    let answerChange: (() => void) | undefined;
    let changeArrived: (() => void) | undefined;
    const arrival = new Promise<void>(resolve => {
      changeArrived = resolve;
    });
    const { proxy, captured, ended } = await proxyFor((incoming, response) => {
      if (incoming.url?.endsWith('/config')) {
        answerChange = () => publishes(incoming, response);
        changeArrived?.();
      } else {
        publishes(incoming, response);
        response.on('finish', () => answerChange?.());
      }
    });
    const { func_name, runtime, handler, memory_size } = CONFIGURATION;
    const body = JSON.stringify({ func_name, runtime, handler, memory_size, timeout: 4 });
    const change = send(proxy, `${FUNCTION}/config`, { method: 'PUT', body });
    await arrival;
    await Promise.all([change, send(proxy, VERSIONS, { body: '{}' })]);
    answerChange = undefined;
    await send(proxy, VERSIONS, { body: '{}' });
    await ended(3);
    expect(captured.map(({ overlap }) => overlap)).toEqual(['everything', 'versions', 'nothing']);
    expect(await brokenBy(captured.slice(0, 2))).toEqual([]);
    // What was changed is certain as soon as that is over.
    expect(await brokenBy(captured)).toEqual(['body.timeout.echo']);
  });
});
