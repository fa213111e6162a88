/** What a run may send holds to the request, clean-up included, and leaves nothing behind, whatever the number. */

import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startMock } from '../mock/index.ts';
import { createTarget, listFunctions } from '../target/index.ts';
import { run } from './run.ts';

/** A mock server behind a door that counts, and that refuses each deletion at first, so many times. */
async function counted(refusedDeletions = 0) {
  const mock = await startMock();
  onTestFinished(() => mock.close());
  const tries = new Map<string, number>();
  let count = 0;
  let calls = 0;
  const door = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    if (url.startsWith('/v2/')) count++;
    else calls++;
    const tried = (tries.get(url) ?? 0) + 1;
    if (method === 'DELETE') tries.set(url, tried);
    if (method === 'DELETE' && tried <= refusedDeletions) {
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error_code":"FSS.0400"}');
      return;
    }
    const onward = forward(mock.url, { method, path: url, headers }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    door.closeAllConnections();
    door.close();
  });
  const { port } = door.address() as AddressInfo; // at the edge: a TCP server has one
  const left = async () => {
    const { url: endpoint, projectId, token } = mock;
    const target = createTarget({ endpoint, projectId, credentials: { token } });
    const { entries } = await listFunctions(target);
    await target.close();
    return entries;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const statesUrl = `${endpoint}${new URL(mock.statesUrl).pathname}`;
  return { endpoint, statesUrl, mock, sent: () => count, callsOfStates: () => calls, left };
}

test.each([1, 2, 6, 7, 9, 13, 25, 40, 100])('a budget of %i requests', async maxRequests => {
  const { endpoint, mock, sent, left } = await counted();
  const { remaining } = await run({ ...mock, endpoint, maxRequests, seed: maxRequests });
  expect(sent()).toBeLessThanOrEqual(maxRequests);
  expect(remaining).toEqual([]);
  expect(await left()).toEqual([]);
});

test('deletions that are refused three times each are done within the smallest default', async () => {
  const { endpoint, mock, sent, left } = await counted(3);
  const { remaining } = await run({ ...mock, endpoint, profile: 'smoke', seed: 1 });
  expect(sent()).toBeLessThanOrEqual(40);
  expect(remaining).toEqual([]);
  expect(await left()).toEqual([]);
});

test('provider states are set up for requests that may be sent, and for no others', async () => {
  const { endpoint, statesUrl, mock, sent, callsOfStates, left } = await counted();
  await run({ ...mock, endpoint, statesUrl, arrange: 'states', maxRequests: 5, seed: 1 });
  expect(sent()).toBeLessThanOrEqual(5);
  // Each is set up and torn down.
  expect(callsOfStates()).toBeLessThanOrEqual(2 * 6);
  expect(await left()).toEqual([]);
});
