import { expect, test } from 'vitest';
import { cleanUp, requestsToCleanUp } from './clean-up.ts';
import { openJournal } from './journal.ts';
import { answerJson, closedPort, httpServer, targetAt } from './loopback.test.servers.ts';
import { createStates } from './states.ts';

const URN = 'urn:fss:r:project:function:default:';
const NOT_THERE = { error_code: 'FSS.1051', error_msg: 'no such function' };

interface Service {
  /** What deletions of a function are answered with, one after another; then 204. */
  readonly statuses?: Record<string, number[]>;
  /** Functions that stay whatever is answered. */
  readonly undying?: readonly string[];
  readonly hasList?: boolean;
}

/** A service with functions of these names. */
async function service(
  names: readonly string[],
  { statuses = {}, undying = [], hasList = true }: Service = {},
) {
  const there = new Set(names);
  const deletions: string[] = [];
  const endpoint = await httpServer(({ method, url }, response) => {
    const name = decodeURIComponent(url).split(':').at(-1) ?? '';
    if (method === 'GET') {
      const functions = [...there].map(each => ({ func_urn: `${URN}${each}:latest` }));
      answerJson(response, hasList ? 200 : 405, hasList ? { functions } : {});
      return;
    }
    deletions.push(name);
    const status = statuses[name]?.shift() ?? (there.has(name) ? 204 : 404);
    if (status === 204 && !undying.includes(name)) there.delete(name);
    answerJson(response, status, status === 404 ? NOT_THERE : undefined);
  });
  const journal = openJournal();
  for (const name of names) journal.created(URN + name);
  return { endpoint, deletions, there, journal };
}

test('what is pending is deleted, latest first', async () => {
  const { endpoint, deletions, journal } = await service(['a', 'b', 'c']);
  expect(await cleanUp(targetAt(endpoint), journal)).toEqual({ deleted: 3, gone: 0, remaining: [] });
  expect(deletions).toEqual(['c', 'b', 'a']);
  expect(journal.pending()).toEqual([]);
});

test('what is gone already is told apart', async () => {
  const { endpoint, there, journal } = await service(['a', 'b']);
  there.delete('a');
  expect(await cleanUp(targetAt(endpoint), journal)).toEqual({ deleted: 1, gone: 1, remaining: [] });
});

test('deletions that are refused three times each are tried again after the others', async () => {
  const refusing = { a: [400, 500, 409], b: [400, 400, 400] };
  const { endpoint, deletions, journal } = await service(['a', 'b'], { statuses: refusing });
  expect(await cleanUp(targetAt(endpoint), journal)).toMatchObject({ deleted: 2, remaining: [] });
  expect(deletions).toEqual(['b', 'a', 'b', 'a', 'b', 'a', 'b', 'a']);
});

test('what cannot be deleted is named, with the reason, and stays pending', async () => {
  const { endpoint, journal } = await service(['a', 'b'], { statuses: { a: [403] } });
  expect(await cleanUp(targetAt(endpoint), journal)).toEqual({
    deleted: 1,
    gone: 0,
    remaining: [{ urn: `${URN}a`, why: 'deleting it was answered with 403, and it is still there' }],
  });
  expect(journal.pending().map(({ id }) => id)).toEqual([`${URN}a`]);
});

test('a deletion that is answered with success is not believed when the list shows otherwise', async () => {
  const { endpoint, journal } = await service(['a'], { undying: ['a'] });
  const { deleted, remaining } = await cleanUp(targetAt(endpoint), journal);
  expect(deleted).toBe(0);
  expect(remaining).toEqual([
    { urn: `${URN}a`, why: 'its deletion was answered with success, and it is still there' },
  ]);
});

test('a deletion whose answer failed is believed when the list shows it', async () => {
  const { endpoint, there, journal } = await service(['a'], { statuses: { a: [500, 500, 500, 500] } });
  there.delete('a');
  expect(await cleanUp(targetAt(endpoint), journal)).toEqual({ deleted: 0, gone: 1, remaining: [] });
});

test.each([405, 501])('a target that answers %i to deletions has none, and is asked once', async status => {
  const { endpoint, deletions, journal } = await service(['a'], {
    statuses: { a: [status] },
    hasList: false,
  });
  const { remaining } = await cleanUp(targetAt(endpoint), journal);
  expect(remaining).toEqual([
    { urn: `${URN}a`, why: `the target has no operation to delete it (${status})` },
  ]);
  expect(deletions).toEqual(['a']);
});

test('a 404 that does not say that the function is not there is not believed', async () => {
  const endpoint = await httpServer((_, response) => answerJson(response, 404, {}));
  const journal = openJournal();
  journal.created(`${URN}a`);
  const { remaining } = await cleanUp(targetAt(endpoint), journal);
  expect(remaining).toEqual([{ urn: `${URN}a`, why: 'deleting it was answered with 404' }]);
});

test('a target that cannot be reached leaves everything', async () => {
  const journal = openJournal();
  journal.created(`${URN}a`);
  const { deleted, remaining } = await cleanUp(targetAt(await closedPort()), journal);
  expect(deleted).toBe(0);
  expect(remaining[0]?.why).toMatch(/the connection was refused/);
});

test('clean-up lives on what is kept back, also after an interruption', async () => {
  const { endpoint, journal } = await service(['a', 'b']);
  const target = targetAt(endpoint, { maxRequests: 1, reserved: () => 1, signal: AbortSignal.abort() });
  const { deleted, remaining } = await cleanUp(target, journal);
  expect(deleted).toBe(1);
  expect(remaining).toEqual([{ urn: `${URN}a`, why: 'The limit of 1 requests is used up.' }]);
});

test('what is kept back is enough for deletions that are refused three times each', async () => {
  const statuses = { a: [400, 400, 400], b: [400, 400, 400] };
  const { endpoint, journal } = await service(['a', 'b'], { statuses });
  const target = targetAt(endpoint, { maxRequests: requestsToCleanUp(journal) });
  expect(await cleanUp(target, journal)).toMatchObject({ deleted: 2, remaining: [] });
});

test('nothing is kept back for publications on a function whose versions could not be listed', () => {
  const journal = openJournal();
  journal.publishing(`${URN}a`, {});
  expect(requestsToCleanUp(journal)).toBe(0);
  journal.listed(`${URN}b`, []);
  journal.publishing(`${URN}b`, {});
  expect(requestsToCleanUp(journal)).toBeGreaterThan(0);
});

test('what was created at another endpoint is left alone', async () => {
  const { endpoint, deletions } = await service([]);
  const journal = openJournal();
  journal.created(`${URN}a`, 'https://elsewhere.example.com');
  const { remaining } = await cleanUp(targetAt(endpoint), journal);
  expect(remaining).toEqual([{ urn: `${URN}a`, why: 'it was created at https://elsewhere.example.com' }]);
  expect(deletions).toEqual([]);
});

test('provider states are torn down with what their set-up answered', async () => {
  const calls: unknown[] = [];
  const url = await httpServer(({ body }, response) => {
    calls.push(JSON.parse(body));
    answerJson(response, 200, {});
  });
  const journal = openJournal();
  journal.settingUp('a function exists', { function_urn: `${URN}theirs` });
  const states = createStates(url);
  const target = targetAt(await closedPort());
  expect(await cleanUp(target, journal, states)).toEqual({ deleted: 1, gone: 0, remaining: [] });
  expect(calls).toEqual([
    { state: 'a function exists', action: 'teardown', params: { function_urn: `${URN}theirs` } },
  ]);
  await states.close();
  journal.settingUp('s', {});
  expect((await cleanUp(target, journal)).remaining[0]?.why).toBe('to tear it down takes --states-url');
});
