import { expect, test } from 'vitest';
import type { Context } from '../page/context.ts';
import { listFunctions, listVersions } from './lists.ts';
import { answerJson, httpServer, targetAt } from './loopback.test.servers.ts';

const URN = 'urn:fss:r:project:function:default:f';

/** A version list whose pages are answered by marker. */
async function pages(byMarker: Record<string, unknown>): Promise<string> {
  return httpServer(({ url }, response) => {
    const marker = new URL(url, 'http://host').searchParams.get('marker') ?? 'first';
    answerJson(response, 200, byMarker[marker] ?? { versions: [], next_marker: 0, count: 0 });
  });
}

function versions(...names: string[]): unknown[] {
  return names.map(version => ({ version }));
}

test('all pages are read, each judged with the entries of those before it', async () => {
  const endpoint = await pages({
    first: { versions: versions('latest', 'a'), next_marker: 2, count: 3 },
    2: { versions: versions('b'), next_marker: 0, count: 3 },
  });
  const seen: Context[] = [];
  const target = targetAt(endpoint, { observe: (_, context) => seen.push(context) });
  const { entries, complete, exchanges } = await listVersions(target, URN, { versionsBefore: 2 });
  expect(entries.map(({ version }) => version)).toEqual(['latest', 'a', 'b']);
  expect([complete, exchanges.length]).toEqual([true, 2]);
  expect(seen.map(({ earlierEntries }) => earlierEntries?.length)).toEqual([0, 2]);
  expect(seen.every(({ versionsBefore }) => versionsBefore === 2)).toBe(true);
});

test.each([
  ['none', {}],
  ['null', { next_marker: null }],
  ['0', { next_marker: 0 }],
  ['blank', { next_marker: '' }],
])('a list whose next marker is %s has one page', async (_, marker) => {
  const endpoint = await pages({ first: { versions: versions('latest'), ...marker } });
  const { complete, exchanges } = await listVersions(targetAt(endpoint), URN);
  expect([complete, exchanges.length]).toEqual([true, 1]);
});

test('a list that names a marker behind its end ends with an empty page', async () => {
  const endpoint = await pages({ first: { versions: versions('latest', 'a'), next_marker: 2 } });
  const { entries, complete } = await listVersions(targetAt(endpoint), URN);
  expect([entries.length, complete]).toEqual([2, true]);
});

test('a list that counts more entries than its page has, and has them all, is at its end', async () => {
  const endpoint = await pages({
    first: { versions: versions('latest', 'a'), next_marker: 2, count: 3 },
    2: { versions: versions('b'), next_marker: 3, count: 3 },
  });
  const { complete, exchanges } = await listVersions(targetAt(endpoint), URN);
  expect([complete, exchanges.length]).toEqual([true, 2]);
});

test.each([
  ['all entries', { versions: [], next_marker: 2, count: 2 }, ['latest', 'a']],
  ['those of a page', { versions: versions('b'), next_marker: 0, count: 1 }, ['latest', 'a', 'b']],
])(
  'a first page that counts its own entries and has a marker may go on: it counts %s',
  async (_, next, all) => {
    const endpoint = await pages({
      first: { versions: versions('latest', 'a'), next_marker: 2, count: 2 },
      2: next,
    });
    const { entries, complete, exchanges } = await listVersions(targetAt(endpoint), URN);
    expect(entries.map(({ version }) => version)).toEqual(all);
    expect([complete, exchanges.length]).toEqual([true, 2]);
    const brief = await listVersions(targetAt(endpoint), URN, {}, { isEnough: () => true });
    expect([brief.complete, brief.exchanges.length]).toEqual([false, 1]);
  },
);

test('a list that counts more than it has, and does not go on, is incomplete', async () => {
  const endpoint = await pages({ first: { versions: versions('latest', 'a'), count: 3 } });
  expect((await listVersions(targetAt(endpoint), URN)).complete).toBe(false);
});

test('a target that ignores markers does not list anything twice', async () => {
  const endpoint = await httpServer((_, response) => {
    answerJson(response, 200, { versions: versions('latest', 'a'), next_marker: 2 });
  });
  const { entries, complete } = await listVersions(targetAt(endpoint), URN);
  expect([entries.length, complete]).toEqual([2, true]);
});

test('a list without end is given up', async () => {
  let page = 0;
  const endpoint = await httpServer((_, response) => {
    page += 1;
    answerJson(response, 200, { versions: versions(`v${page}`), next_marker: page });
  });
  expect((await listVersions(targetAt(endpoint), URN)).complete).toBe(false);
  expect(page).toBeLessThan(100);
});

test('a refused list is incomplete', async () => {
  const endpoint = await httpServer((_, response) => answerJson(response, 404, {}));
  const { entries, complete, exchanges } = await listVersions(targetAt(endpoint), URN);
  expect([entries, complete, exchanges[0]?.response?.status]).toEqual([[], false, 404]);
});

test('functions are listed by the same pages', async () => {
  const endpoint = await pages({ first: { functions: [{ func_urn: URN }], next_marker: 0 } });
  const { entries } = await listFunctions(targetAt(endpoint));
  expect(entries).toEqual([{ func_urn: URN }]);
});
