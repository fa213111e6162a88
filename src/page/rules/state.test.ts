import { describe, expect, test } from 'vitest';
import {
  exchangeOf,
  FUNCTION_PATH,
  FUNCTION_URN,
  type Said,
  said,
  version,
} from '../../judge/said.test.support.ts';
import type { Context } from '../context.ts';
import type { PublishedVersion } from '../tables/published-version.ts';

/** A published version as the answer or the list has it. */
function named(name: string, members: Partial<PublishedVersion> = {}): PublishedVersion {
  return { ...version, version: name, ...members };
}

const LATEST = { ...version, version: 'latest' };

/** What a version list says. */
function listed(entries: readonly unknown[], context: Context, rest: object = {}, query = ''): Said {
  const exchange = exchangeOf(`GET ${FUNCTION_PATH}/versions${query}`, undefined, 200, {
    versions: entries,
    ...rest,
  });
  return said(exchange, /^state/, context);
}

describe('a version list', () => {
  const ONCE = 'state.listed.once';
  const [A, B] = [named('a'), named('b')];

  test.each<[string, readonly unknown[], readonly PublishedVersion[], string | undefined]>([
    ['has what was published', [LATEST, A, B], [A, B], 'held'],
    ['has each', [LATEST, A], [A, B], 'version b was published, but the list does not have it'],
    ['has it once', [A, A, LATEST], [A], 'version a is in the list 2 times'],
    ['has a name as often as it was published', [A, A], [A, A], 'held'],
    ['need not have what is only called latest', [A], [named('latest')], undefined],
    ['need not have what has no name that can be', [A], [named('v20251399-000000')], undefined],
    ['says nothing when nothing was published', [A], [], undefined],
    ['has versions without a name', [{ timeout: 3 }, A], [A], 'held'],
  ])('%s', (_what, entries, published, expected) => {
    expect(listed(entries, { published })[ONCE]).toBe(expected);
  });

  test('says nothing of what was published when it goes on, or nobody knows what was', () => {
    expect(listed([A], { published: [B] }, { next_marker: 'm' })[ONCE]).toBeUndefined();
    expect(listed([A], { published: [B] }, { count: 2 })[ONCE]).toBeUndefined();
    expect(listed([A], { published: [B] }, { count: 1 })[ONCE]).toMatch(/version b/);
    expect(listed([A], { published: [B] }, { count: 1, next_marker: 0 })[ONCE]).toMatch(/version b/);
    expect(listed([A], {})).toEqual({});
  });

  test('is held together with the pages before it', () => {
    expect(listed([A], { published: [A, B], earlierEntries: [B] }, { count: 2 })[ONCE]).toBe('held');
  });

  test('may go on where it has a marker and counts no more than its page: some count the page alone', () => {
    const atEnd = { count: 1, next_marker: 1 };
    expect(listed([A], { published: [A, B] }, atEnd)[ONCE]).toBeUndefined();
    expect(listed([A], { published: [A] }, atEnd)[ONCE]).toBe('held');
    expect(listed([A, A], { published: [A, B] }, atEnd)[ONCE]).toBe('version a is in the list 2 times');
    const published = [A, B, named('c')];
    const second = { published, earlierEntries: [A], earlierPages: 1 };
    expect(listed([B], second, { count: 1, next_marker: 2 })[ONCE]).toBeUndefined();
    expect(listed([B], second, { count: 2, next_marker: 2 })[ONCE]).toMatch(/version c/);
    expect(listed([], second, { count: 1, next_marker: 1 })[ONCE]).toMatch(/version b/);
  });

  test('may go on where as many entries were asked for as came', () => {
    const all = { published: [A, B] };
    expect(listed([A], all, {}, '?maxitems=1')[ONCE]).toBeUndefined();
    expect(listed([A], all, { count: 1, next_marker: 0 }, '?marker=0&maxitems=1')[ONCE]).toBeUndefined();
    expect(listed([A], all, {}, '?maxitems=2')[ONCE]).toMatch(/version b/);
    expect(listed([A], all, {}, '?maxitems=')[ONCE]).toMatch(/version b/);
  });

  test('is not read twice where the target answers every marker with the same page', () => {
    const again = { published: [A], earlierEntries: [LATEST, A], earlierPages: 1 };
    expect(listed([LATEST, A], again, { next_marker: 2 }, '?marker=2')[ONCE]).toBe('held');
  });

  const AFTER_ERROR = 'state.listed.nothing-after-error';
  test.each<[number, object, string | undefined]>([
    [1, {}, 'held'],
    [2, {}, 'held'],
    [0, {}, 'the list has 1 versions; before the refused requests it had 0'],
    [0, { next_marker: 'm' }, 'the list has 1 versions; before the refused requests it had 0'],
    [1, { next_marker: 'm' }, undefined],
    [1, { next_marker: 2, count: 2 }, 'held'],
  ])('is no longer than %i after refusals', (versionsBefore, rest, expected) => {
    expect(listed([LATEST, A], { versionsBefore }, rest)[AFTER_ERROR]).toBe(expected);
  });

  const UNIQUE = 'state.unique-version.listed';
  test.each<[string, readonly unknown[], readonly PublishedVersion[], string | undefined]>([
    ['all differ', [A, B], [], 'held'],
    ['there is one', [A, LATEST], [], undefined],
    ['two are the same', [A, B, A], [], 'more than one version is named a'],
    ['two are the same and were both published', [A, A], [A, A, B], 'more than one version is named a'],
    ['the list says one twice', [A, A, B], [A, B], 'held'],
  ])('has no name twice: %s', (_what, entries, published, expected) => {
    expect(listed(entries, { published })[UNIQUE]).toBe(expected);
  });

  const FROZEN = 'state.snapshot.frozen';
  const { timeout: _timeout, ...withoutTimeout } = A;
  test.each<[string, readonly unknown[], readonly PublishedVersion[], string | undefined]>([
    ['as it was published', [B, A], [A], 'held'],
    ['otherwise', [named('a', { timeout: 4 })], [A], 'timeout of a is 4; publishing returned 3'],
    [
      'otherwise inside a member',
      [named('a', { strategy_config: { concurrency: 1 } })],
      [A],
      'strategy_config.concurrency of a is 1; publishing returned 0',
    ],
    ['with less', [withoutTimeout], [A], 'held'],
    ['with more', [named('a', { xrole: 'x' })], [A], 'xrole of a is "x"; publishing returned absent'],
    ['with a member of another kind', [{ ...A, description: {} }], [{ ...A, description: 'd' }], 'held'],
    ['not at all', [B], [A], undefined],
    ['twice', [A, named('a', { timeout: 4 })], [A, named('a', { timeout: 4 })], undefined],
    [
      'and another one otherwise',
      [A, named('b', { timeout: 4 })],
      [A, B],
      'timeout of b is 4; publishing returned 3',
    ],
    ['after it was changed under its own URN', [A], [{ version: 'a' }], undefined],
    ['of none', [A], [], undefined],
  ])('has a version %s', (_how, entries, published, expected) => {
    expect(listed(entries, { published })[FROZEN]).toBe(expected);
  });
});

describe('latest after a publication', () => {
  const ID = 'state.unchanged.latest';

  function read(before: object | undefined, after: object): string | undefined {
    const exchange = exchangeOf(`GET ${FUNCTION_PATH}/config`, undefined, 200, { ...LATEST, ...after });
    const context = before === undefined ? {} : { latest: { ...LATEST, ...before } };
    return said(exchange, /^state/, context)[ID];
  }

  test.each<[string, object | undefined, object, string | undefined]>([
    ['is what it was', {}, {}, 'held'],
    ['may have another description of a version', { version_description: 'a' }, {}, 'held'],
    [
      'may be named with another qualifier',
      { func_urn: FUNCTION_URN },
      { func_urn: `${FUNCTION_URN}:latest` },
      'held',
    ],
    ['changes no member', {}, { timeout: 4 }, 'timeout of latest is 4 after publishing; it was 3'],
    ['loses no member', { xrole: 'x' }, {}, 'xrole of latest is absent after publishing; it was "x"'],
    ['keeps its name', {}, { func_name: 'g' }, 'func_name of latest is "g" after publishing; it was "f"'],
    ['keeps its URN', {}, { func_urn: `${FUNCTION_URN}x` }, 'func_urn of latest changed by publishing'],
    ['need not have a URN', { func_urn: 7 }, { func_urn: null }, 'held'],
    ['says nothing when nobody knows what it was', undefined, { timeout: 4 }, undefined],
  ])('%s', (_what, before, after, expected) => {
    expect(read(before, after)).toBe(expected);
  });
});
