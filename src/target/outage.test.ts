import { expect, test } from 'vitest';
import { answerJson, closedPort, httpServer, rawServer, targetAt } from './loopback.test.servers.ts';
import { kindOf, TargetUnresponsive } from './outage.ts';
import type { Target } from './target.ts';
import type { TargetRequest } from './target-request.ts';

const PUBLISH = { method: 'POST', path: '/v2/p/fgs/functions/f/versions', body: '{}' };
const CREATE = { method: 'POST', path: '/v2/p/fgs/functions', body: '{}' };
const LIST = { method: 'GET', path: '/v2/p/fgs/functions/f/versions' };

async function statuses(target: Target, request: TargetRequest, times: number) {
  const seen: (number | string | undefined)[] = [];
  for (let sent = 0; sent < times; sent++) {
    const { response, failure } = await target.send(request);
    seen.push(failure?.kind ?? response?.status);
  }
  return seen;
}

test('a gateway’s answer that persists is soon no longer asked again', async () => {
  let isUp = false;
  const endpoint = await httpServer((_, response) => {
    response.setHeader('retry-after', '0');
    answerJson(response, isUp ? 200 : 503, {});
  });
  const target = targetAt(endpoint);
  expect(target.gatewayTrouble).toBeUndefined();
  await statuses(target, PUBLISH, 3);
  expect(target.sent).toBe(12);
  expect(target.gatewayTrouble).toBe('a gateway answered 3 requests in a row, the last one with 503');
  await statuses(target, PUBLISH, 3);
  expect(target.sent).toBe(15);
  // Other requests may fare better, and are asked again.
  await statuses(target, CREATE, 1);
  expect(target.sent).toBe(19);
  isUp = true;
  await statuses(target, PUBLISH, 1);
  expect(target.gatewayTrouble).toBeUndefined();
});

test('when a gateway answers everything, the run ends', async () => {
  const endpoint = await httpServer((_, response) => {
    response.setHeader('retry-after', '0');
    answerJson(response, 429, {});
  });
  const target = targetAt(endpoint);
  await statuses(target, PUBLISH, 6);
  await statuses(target, CREATE, 6);
  await expect(target.send(LIST)).rejects.toThrow(TargetUnresponsive);
  await expect(target.send(LIST)).rejects.toThrow(
    'a gateway answered 12 requests in a row, the last one with 429',
  );
});

test('a kind of request that is never answered is given up, other kinds are not', async () => {
  const endpoint = await httpServer(({ method }, response) => {
    if (method === 'GET') answerJson(response, 200, {});
  });
  const target = targetAt(endpoint, { timeoutMs: 500, concurrency: 1 });
  await statuses(target, PUBLISH, 3);
  await expect(target.send(PUBLISH)).rejects.toThrow(
    '3 requests in a row got no answer (publish), the last one because no answer came within 500 ms',
  );
  expect(await statuses(target, LIST, 1)).toEqual([200]);
  await expect(target.send(PUBLISH)).rejects.toThrow(TargetUnresponsive);
  // Clean-up is tried all the same.
  const cleanUp = await target.send({ ...PUBLISH, method: 'DELETE' }, {}, { fromReserve: true });
  expect(cleanUp.failure?.kind).toBe('timeout');
});

test('an answer in between starts the count anew, but not for ever', async () => {
  let requests = 0;
  const endpoint = await httpServer(({ method }, response) => {
    if (method === 'GET' || requests++ % 3 === 0) answerJson(response, 200, {});
  });
  const target = targetAt(endpoint, { timeoutMs: 150, concurrency: 1 });
  expect(await statuses(target, PUBLISH, 4)).toEqual([200, 'timeout', 'timeout', 200]);
  await expect(statuses(target, PUBLISH, 40)).rejects.toThrow('20 requests got no answer');
  expect(requests).toBeLessThanOrEqual(40);
});

test('a target that is gone is given up, and so is cleaning up on it', async () => {
  const target = targetAt(await closedPort());
  await statuses(target, PUBLISH, 3);
  await expect(target.send(PUBLISH)).rejects.toThrow(/the connection was refused$/);
  const remove = () => target.send({ method: 'DELETE', path: '/x' }, {}, { fromReserve: true });
  for (const _ of [1, 2, 3]) expect((await remove()).failure?.kind).toBe('unreachable');
  await expect(remove()).rejects.toThrow(TargetUnresponsive);
});

test('a target that closes every connection is asked on: that costs no time', async () => {
  const endpoint = await rawServer(socket => socket.destroy());
  expect(await statuses(targetAt(endpoint), PUBLISH, 25)).toEqual(Array(25).fill('reset'));
});

test('requests are alike by operation and by whether their body is what the operation takes', () => {
  expect(kindOf(PUBLISH)).toBe('publish');
  expect(kindOf({ ...PUBLISH, path: '/prefix/v2/p/fgs/functions/urn:x/versions' })).toBe('publish');
  expect(kindOf({ ...PUBLISH, body: '{"version":' })).toBe('publish with an unusual body');
  expect(kindOf({ ...PUBLISH, body: Buffer.alloc(1_000_000) })).toBe('publish with an unusual body');
  expect(kindOf({ ...PUBLISH, write: () => [] })).toBe('publish in another form');
  expect(kindOf(LIST)).toBe('list versions');
  expect(kindOf({ method: 'PATCH', path: '/' })).toBe('PATCH elsewhere');
});
