import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import type { WireRequest } from './connection.ts';
import { answerJson, httpServer, rawServer, targetAt } from './loopback.test.servers.ts';
import { TargetUnresponsive } from './outage.ts';
import { bytesOf } from './request-bytes.ts';

const PATH = '/v2/p/fgs/functions/f/versions';
const VALID = { method: 'POST', path: PATH, body: '{}' };
const MALFORMED = { method: 'POST', path: PATH, body: '{"version":' };
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

/** Exchanges as they are judged, with what is said of them. */
function observing() {
  const seen: { readonly exchange: Exchange; readonly context: Context }[] = [];
  const observe = (exchange: Exchange, context: Context) => void seen.push({ exchange, context });
  const stopped = () => seen.filter(({ context }) => context.stopped !== undefined);
  return { seen, observe, stopped };
}

test.each([
  ['without an answer', false],
  ['after its answer', true],
])('a request that stops the target %s is named, with its bytes', async (_, isAnswered) => {
  const endpoint = await httpServer(({ body }, response, server) => {
    const isFatal = body === MALFORMED.body;
    if (isFatal) server.close();
    if (isFatal && !isAnswered) return server.closeAllConnections();
    response.on('finish', () => isFatal && server.closeAllConnections());
    answerJson(response, 400, {});
  });
  const { observe, stopped } = observing();
  const target = targetAt(endpoint, { observe, concurrency: 1 });
  await target.send(VALID);
  await target.send(MALFORMED);
  await target.send(VALID).catch(() => undefined);
  await expect(target.send(VALID)).rejects.toThrow(TargetUnresponsive);
  expect(stopped()).toHaveLength(1);
  expect(stopped()[0]?.exchange.request.body).toBe(MALFORMED.body);
  expect(stopped()[0]?.context.stopped).toMatch(
    /^the target stopped answering after POST \/v2\/p\/fgs\/functions\/f\/versions with the body "\{\\"version\\":": .*refused$/,
  );
  // Clean-up is tried all the same.
  const removal = await target.send({ method: 'DELETE', path: PATH }, {}, { fromReserve: true });
  expect(removal.failure?.kind).toBe('unreachable');
});

test('of requests at a time, the unusual one is named', async () => {
  let isDead = false;
  const endpoint = await rawServer((socket, _connection, chunk) => {
    if (isDead) return void socket.resetAndDestroy();
    if (!chunk.includes('{"version":'))
      return void setTimeout(() => (isDead ? socket.resetAndDestroy() : socket.write(OK)), 50);
    isDead = true;
    return void socket.resetAndDestroy();
  });
  const { observe, stopped } = observing();
  const target = targetAt(endpoint, { observe, concurrency: 4 });
  await target.send(VALID);
  await Promise.all([target.send(VALID), target.send(VALID), target.send(MALFORMED), target.send(VALID)]);
  expect(stopped().map(({ exchange }) => exchange.request.body)).toEqual([MALFORMED.body]);
});

test('when it cannot be known which of several requests it was, all are named, and the first is held against it', async () => {
  let isDead = false;
  const endpoint = await rawServer((socket, _connection, chunk) => {
    if (isDead) return void socket.resetAndDestroy();
    if (chunk.includes('"description"')) isDead = true;
    return void setTimeout(() => (isDead ? socket.resetAndDestroy() : socket.write(OK)), 50);
  });
  const { observe, stopped } = observing();
  const target = targetAt(endpoint, { observe, concurrency: 4 });
  await target.send(VALID);
  const others = ['version', 'digest', 'description'].map(name => ({ ...VALID, body: `{"${name}":"a"}` }));
  await Promise.all(others.map(other => target.send(other)));
  expect(stopped()).toHaveLength(1);
  expect(stopped()[0]?.context.stopped).toMatch(
    /^the target stopped answering after one of these 3 requests: POST [^;]*; POST [^;]*; POST [^;]*: the connection/,
  );
});

test('what is sent alone is alone, and what of it stops the target is certain', async () => {
  let underWay = 0;
  let most = 0;
  let isDead = false;
  const endpoint = await httpServer(async ({ body }, response, server) => {
    if (body === MALFORMED.body) most = underWay;
    underWay++;
    await sleep(20);
    underWay--;
    isDead ||= body === MALFORMED.body;
    if (!isDead) return answerJson(response, 200, {});
    server.close();
    return server.closeAllConnections();
  });
  const { observe, stopped } = observing();
  const target = targetAt(endpoint, { observe, concurrency: 4 });
  const others = ['version', 'digest', 'description'].map(name => ({ ...VALID, body: `{"${name}":"a"}` }));
  await target.send(VALID);
  await Promise.allSettled([
    ...others.map(other => target.send(other)),
    target.alone(() => target.send(MALFORMED)),
    ...others.map(other => target.send({ ...other, method: 'GET' })),
  ]);
  expect(most).toBe(0);
  expect(stopped().map(({ exchange }) => exchange.request.body)).toEqual([MALFORMED.body]);
  expect(stopped()[0]?.context.stopped).toMatch(/^the target stopped answering after POST .*"\{\\"version/);
});

test('bytes in an unusual form are shown as they were sent', async () => {
  let isDead = false;
  const endpoint = await rawServer((socket, _connection, chunk) => {
    isDead ||= chunk.includes('NONSENSE');
    if (isDead) socket.resetAndDestroy();
    else socket.write(OK);
  });
  const { observe, stopped } = observing();
  const target = targetAt(endpoint, { observe });
  await target.send(VALID);
  await target.send({ ...VALID, write: () => [Buffer.from('NONSENSE\r\n')] });
  await target.send({ ...VALID, write: request => [bytesOf(request)] });
  await target.send(VALID).catch(() => undefined);
  expect(stopped().map(({ context }) => context.stopped)).toEqual([
    expect.stringContaining('after the bytes "NONSENSE\\r\\n": '),
  ]);
});

test.each(['equal', 'doubtful'] as const)(
  'a request in %s form that was served well is no suspect',
  async standing => {
    let isDead = false;
    const endpoint = await rawServer((socket, _connection, chunk) => {
      isDead ||= chunk.includes('NONSENSE');
      if (isDead) socket.resetAndDestroy();
      else socket.write(OK);
    });
    const { observe, stopped } = observing();
    const target = targetAt(endpoint, { observe });
    const inBytes = { ...VALID, write: (request: WireRequest) => [bytesOf(request)] };
    await target.send(VALID);
    await target.send(inBytes, { form: { title: 'in many parts', standing } });
    await target.send(
      { ...VALID, write: () => [Buffer.from('NONSENSE\r\n')] },
      { form: { title: 'nonsense', standing: 'broken' } },
    );
    await target.send(inBytes);
    await target.send(VALID).catch(() => undefined);
    expect(stopped().map(({ context }) => context.stopped)).toEqual([
      expect.stringContaining('after the bytes "NONSENSE\\r\\n": '),
    ]);
  },
);

test('before what may stop the target, it is seen whether the one before was survived', async () => {
  let isDead = false;
  const requests: string[] = [];
  const endpoint = await rawServer((socket, _connection, chunk) => {
    requests.push(chunk.toString().split(' ').slice(0, 1).join());
    isDead ||= chunk.includes('NONSENSE');
    if (isDead) socket.resetAndDestroy();
    else socket.write(chunk.includes(MALFORMED.body) ? OK.replace('200 OK', '400 No') : OK);
  });
  const { observe, stopped } = observing();
  const target = targetAt(endpoint, { observe });
  const form = { title: 'nonsense', standing: 'broken' } as const;
  await target.send(MALFORMED);
  await target.alone(() => target.send({ ...VALID, write: () => [Buffer.from('NONSENSE\r\n')] }, { form }));
  await target.send(VALID).catch(() => undefined);
  expect(requests.slice(0, 3)).toEqual(['POST', 'GET', 'NONSENSE\r\n']);
  expect(stopped().map(({ context }) => context.stopped)).toEqual([
    expect.stringContaining('after the bytes "NONSENSE\\r\\n": '),
  ]);
});

test('a target that hangs from then on is named, too', async () => {
  let isHanging = false;
  const endpoint = await httpServer(({ body }, response) => {
    isHanging ||= body === MALFORMED.body;
    if (!isHanging) answerJson(response, 200, {});
  });
  const { observe, stopped } = observing();
  const target = targetAt(endpoint, { observe, timeoutMs: 1000 });
  await target.send(VALID);
  await target.send(MALFORMED);
  expect(stopped().map(({ exchange }) => exchange.request.body)).toEqual([MALFORMED.body]);
});

test('a connection that ends, while others are answered, stops nothing', async () => {
  const endpoint = await httpServer(({ body }, response) => {
    if (body === MALFORMED.body) response.destroy();
    else answerJson(response, 200, {});
  });
  const { observe, seen, stopped } = observing();
  const target = targetAt(endpoint, { observe });
  for (const request of [VALID, MALFORMED, VALID]) await target.send(request);
  expect(stopped()).toEqual([]);
  expect(seen.map(({ exchange }) => exchange.failure?.kind)).toEqual([undefined, 'reset', undefined]);
});

test('a target that is back within a second has not stopped', async () => {
  let isDown = false;
  const endpoint = await rawServer((socket, _connection, chunk) => {
    if (chunk.includes('{"version":')) {
      isDown = true;
      void sleep(200).then(() => {
        isDown = false;
      });
    }
    if (isDown) socket.resetAndDestroy();
    else socket.write(OK);
  });
  const { observe, stopped } = observing();
  const target = targetAt(endpoint, { observe });
  for (const request of [VALID, MALFORMED, VALID]) await target.send(request);
  expect(stopped()).toEqual([]);
});
