import { describe, expect, test } from 'vitest';
import { askedMarkerIn, listWith, nextMarkerIn } from './listing.ts';

const [A, B, C] = [{ version: 'a' }, { version: 'b' }, { version: 'c' }];

describe('the end of a list', () => {
  test.each<[string, readonly unknown[], readonly unknown[], object, string, string]>([
    ['no marker', [], [A], {}, '', 'reached'],
    ['no marker, all counted', [], [A], { count: 1 }, '', 'reached'],
    ['no marker, more counted', [], [A], { count: 2 }, '', 'not reached'],
    ['a count that is no number', [], [A], { count: '2' }, '', 'reached'],
    ['a marker alone', [], [A], { next_marker: 1 }, '', 'not reached'],
    ['a marker, more counted', [], [A], { next_marker: 1, count: 2 }, '', 'not reached'],
    ['a marker, the page counted', [], [A], { next_marker: 1, count: 1 }, '', 'unknown'],
    ['a marker behind what there is', [], [A], { next_marker: 2, count: 1 }, '', 'not reached'],
    ['a marker, less than the page counted', [], [A, B], { next_marker: 2, count: 1 }, '', 'unknown'],
    ['all counted on a later page', [A, B], [C], { next_marker: 3, count: 3 }, '?marker=2', 'reached'],
    ['a later page alone counted', [A, B], [C], { next_marker: 3, count: 1 }, '?marker=2', 'unknown'],
    [
      'all counted, but a marker behind',
      [A, B],
      [C],
      { next_marker: 4, count: 3 },
      '?marker=2',
      'not reached',
    ],
    [
      'all counted, and an opaque marker',
      [A, B],
      [C],
      { next_marker: 'x', count: 3 },
      '?marker=y',
      'reached',
    ],
    ['an empty page', [A], [], { next_marker: 2 }, '?marker=1', 'reached'],
    ['an empty page, more counted', [A], [], { count: 2 }, '?marker=1', 'not reached'],
    ['the marker that was asked for', [A], [B], { next_marker: '1' }, '?marker=1', 'reached'],
    ['as many as were asked for', [], [A, B], {}, '?maxitems=2', 'unknown'],
    ['fewer than were asked for', [], [A, B], {}, '?maxitems=3', 'reached'],
    ['any number asked for', [], [A, B], {}, '?maxitems=0', 'reached'],
  ])('with %s', (_, earlier, page, around, query, end) => {
    expect(listWith(earlier, page, { ...around }, `/versions${query}`)).toEqual({
      entries: [...earlier, ...page],
      end,
    });
  });

  test('of a list that is the same for every marker', () => {
    const around = { next_marker: 2 };
    expect(listWith([A, B], [A, B], around, '?marker=2')).toEqual({ entries: [A, B], end: 'reached' });
    expect(listWith([C, A, B], [A, B], around, '?marker=9').entries).toEqual([C, A, B]);
    expect(listWith([A, B], [A, C], around, '?marker=9').entries).toEqual([A, B, A, C]);
    expect(listWith([A, B], [A, B], around, '').entries).toEqual([A, B, A, B]);
  });

  test('takes what is no object for nothing', () => {
    expect(listWith([null, A], [7, B], { count: 3 }, '')).toEqual({ entries: [A, B], end: 'not reached' });
    expect(listWith([], [A], undefined, '')).toEqual({ entries: [A], end: 'reached' });
  });
});

test.each<[unknown, string | undefined]>([
  [1, '1'],
  [0, undefined],
  [-1, undefined],
  ['x', 'x'],
  ['', undefined],
  ['0', undefined],
  ['-1', undefined],
  [null, undefined],
  [true, undefined],
])('the next marker %j', (next_marker, expected) => {
  expect(nextMarkerIn({ next_marker })).toBe(expected);
});

test.each<[string, string | undefined]>([
  ['/versions', undefined],
  ['/versions?marker=', undefined],
  ['/versions?marker=0', undefined],
  ['/versions?maxitems=1&marker=a%3Ab', 'a:b'],
  ['/marker=1?a=1#marker=2', undefined],
  ['/versions?a=1&marker=3#marker=2', '3'],
])('the marker that %s asks for', (url, expected) => {
  expect(askedMarkerIn(url)).toBe(expected);
});
