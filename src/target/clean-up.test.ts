import { expect, test } from 'vitest';
import { cleanUp, findLeftBehind } from './clean-up.ts';
import { openJournal } from './journal.ts';
import { answerJson, closedPort, httpServer, targetAt } from './loopback.test.servers.ts';
import { newRunId, uniqueNames } from './names.ts';

const URN = 'urn:fss:r:project:function:default:';

/** A service that answers deletions by what `statuses` has for the function, one after another. */
async function deletions(statuses: Record<string, number[]> = {}) {
  const deleted: string[] = [];
  const endpoint = await httpServer(({ method, url }, response) => {
    const name = decodeURIComponent(url).split(':').at(-1) ?? '';
    if (method === 'DELETE') deleted.push(name);
    answerJson(response, statuses[name]?.shift() ?? 204);
  });
  return { endpoint, deleted };
}

test('what is pending is deleted, latest first', async () => {
  const { endpoint, deleted } = await deletions();
  const target = targetAt(endpoint);
  const journal = openJournal();
  for (const name of ['a', 'b', 'c']) journal.created(URN + name, target.endpoint);
  expect(await cleanUp(target, journal)).toEqual({ deleted: 3, remaining: [] });
  expect(deleted).toEqual(['c', 'b', 'a']);
  expect(journal.pending()).toEqual([]);
});

test('what is gone already counts as deleted', async () => {
  const { endpoint } = await deletions({ a: [404] });
  const journal = openJournal();
  journal.created(`${URN}a`);
  expect(await cleanUp(targetAt(endpoint), journal)).toEqual({ deleted: 1, remaining: [] });
});

test('a deletion that is refused at first is tried again after the others', async () => {
  const { endpoint, deleted } = await deletions({ b: [400] });
  const journal = openJournal();
  for (const name of ['a', 'b']) journal.created(URN + name);
  expect(await cleanUp(targetAt(endpoint), journal)).toEqual({ deleted: 2, remaining: [] });
  expect(deleted).toEqual(['b', 'a', 'b']);
});

test('what cannot be deleted is named, with the reason, and stays pending', async () => {
  const { endpoint } = await deletions({ a: [403] });
  const journal = openJournal();
  for (const name of ['a', 'b']) journal.created(URN + name);
  expect(await cleanUp(targetAt(endpoint), journal)).toEqual({
    deleted: 1,
    remaining: [{ urn: `${URN}a`, why: 'deleting it was answered with 403' }],
  });
  expect(journal.pending().map(({ urn }) => urn)).toEqual([`${URN}a`]);
});

test('a target that cannot be reached leaves everything', async () => {
  const journal = openJournal();
  journal.created(`${URN}a`);
  const { deleted, remaining } = await cleanUp(targetAt(await closedPort()), journal);
  expect(deleted).toBe(0);
  expect(remaining[0]?.why).toMatch(/the connection was refused/);
});

test('clean-up lives on what is kept back, also after an interruption', async () => {
  const { endpoint } = await deletions();
  const target = targetAt(endpoint, { maxRequests: 1, reserved: () => 1, signal: AbortSignal.abort() });
  const journal = openJournal();
  for (const name of ['a', 'b']) journal.created(URN + name);
  const { deleted, remaining } = await cleanUp(target, journal);
  expect(deleted).toBe(1);
  expect(remaining).toEqual([{ urn: `${URN}a`, why: 'The limit of 1 requests is used up.' }]);
});

test('what was created at another endpoint is left alone', async () => {
  const { endpoint, deleted } = await deletions();
  const journal = openJournal();
  journal.created(`${URN}a`, 'https://elsewhere.example.com');
  const { remaining } = await cleanUp(targetAt(endpoint), journal);
  expect(remaining[0]?.why).toBe('it was created at https://elsewhere.example.com');
  expect(deleted).toEqual([]);
});

test('functions of earlier runs are found by name and age', async () => {
  const now = Date.parse('2026-01-02T00:00:00Z');
  const hour = 3_600_000;
  const names = [
    uniqueNames(newRunId(now - hour))(),
    uniqueNames(newRunId(now - 3 * hour))(),
    uniqueNames(newRunId(now - 5 * hour))(),
    'somebody-elses',
  ];
  const endpoint = await httpServer((_, response) => {
    const functions = names.map(name => ({ func_urn: `${URN}${name}:latest` }));
    answerJson(response, 200, { functions });
  });
  const { functions, complete } = await findLeftBehind(targetAt(endpoint), 2 * hour, now);
  expect(complete).toBe(true);
  expect(functions.map(({ urn }) => urn)).toEqual([`${URN}${names[2]}`, `${URN}${names[1]}`]);
});
