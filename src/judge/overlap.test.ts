import { describe, expect, test } from 'vitest';
import { effectOf, type Interval, type Overlap, overlapsOf, watchOverlaps } from './overlap.ts';
import { FUNCTION_PATH } from './said.test.support.ts';

test.each<[string, string, Overlap]>([
  ['GET', '/versions', 'nothing'],
  ['head', '/versions', 'nothing'],
  ['OPTIONS', '', 'nothing'],
  ['TARGET', '/versions', 'everything'],
  ['GETS', '/versions', 'everything'],
  ['POST', '/versions', 'versions'],
  ['PUT', '/config', 'everything'],
  ['PUT', ':v1/config', 'everything'],
  ['DELETE', ':v1', 'versions'],
  ['DELETE', '', 'everything'],
])('%s %s may change %s', (method, rest, expected) => {
  expect(effectOf({ method, url: `${FUNCTION_PATH}${rest}` })).toBe(expected);
});

test('what is no operation may change everything', () => {
  expect(effectOf({ method: 'POST', url: '/elsewhere' })).toBe('everything');
});

type Short = readonly [startedAt: number, endedAt: number, effect: Overlap, key?: string];

function overlaps(...intervals: readonly Short[]): readonly Overlap[] {
  return overlapsOf(
    intervals.map(
      ([startedAt, endedAt, effect, key = 'f']): Interval => ({ startedAt, endedAt, effect, key }),
    ),
  );
}

describe('under an exchange others changed', () => {
  test.each<[string, readonly Short[], readonly Overlap[]]>([
    [
      'nothing before or after it',
      [
        [0, 10, 'versions'],
        [10, 20, 'versions'],
      ],
      ['nothing', 'nothing'],
    ],
    [
      'nothing within a millisecond',
      [
        [0, 11, 'versions'],
        [10, 20, 'versions'],
      ],
      ['nothing', 'nothing'],
    ],
    [
      'something two milliseconds long',
      [
        [0, 12, 'versions'],
        [10, 20, 'versions'],
      ],
      ['versions', 'versions'],
    ],
    [
      'what the larger of two does',
      [
        [0, 50, 'versions'],
        [10, 20, 'everything'],
        [15, 30, 'nothing'],
      ],
      ['everything', 'versions', 'everything'],
    ],
    [
      'nothing when both only read',
      [
        [0, 50, 'nothing'],
        [10, 20, 'nothing'],
      ],
      ['nothing', 'nothing'],
    ],
    [
      'what goes on longest, not what began last',
      [
        [0, 90, 'versions'],
        [10, 20, 'versions'],
        [50, 60, 'nothing'],
      ],
      ['versions', 'versions', 'versions'],
    ],
    [
      'nothing when what began first has ended',
      [
        [0, 20, 'versions'],
        [30, 90, 'versions'],
        [95, 99, 'nothing'],
      ],
      ['nothing', 'nothing', 'nothing'],
    ],
    [
      'what begins next',
      [
        [0, 50, 'nothing'],
        [10, 20, 'versions'],
        [60, 70, 'versions'],
      ],
      ['versions', 'nothing', 'nothing'],
    ],
    [
      'nothing of another function',
      [
        [0, 50, 'versions', 'f'],
        [10, 20, 'versions', 'g'],
      ],
      ['nothing', 'nothing'],
    ],
  ])('%s', (_what, intervals, expected) => {
    expect(overlaps(...intervals)).toEqual(expected);
  });

  test('nothing when it is about no function', () => {
    const none: Interval = { startedAt: 0, endedAt: 50, key: undefined, effect: 'everything' };
    expect(overlapsOf([none, { ...none, startedAt: 10 }])).toEqual(['nothing', 'nothing']);
  });
});

describe('while exchanges happen', () => {
  const publish = { method: 'POST', url: `${FUNCTION_PATH}/versions` };
  const change = { method: 'PUT', url: `${FUNCTION_PATH}/config` };
  const read = { method: 'GET', url: `${FUNCTION_PATH}/versions` };

  test('each meets those that are under way', () => {
    const watch = watchOverlaps();
    const ends = [publish, change, read].map(request => watch.begin(request, 'f'));
    expect(ends.map(end => end())).toEqual(['everything', 'versions', 'everything']);
    expect(watch.begin(read, 'f')()).toBe('nothing');
  });

  test('one that has ended is met no more, and what met it remembers', () => {
    const watch = watchOverlaps();
    const [first, second] = [watch.begin(publish, 'f'), watch.begin(read, 'f')];
    expect(first()).toBe('nothing');
    expect(watch.begin(read, 'f')()).toBe('nothing');
    expect(second()).toBe('versions');
  });

  test('functions do not meet', () => {
    const watch = watchOverlaps();
    const end = watch.begin(change, 'f');
    expect(watch.begin(change, 'g')()).toBe('nothing');
    expect(end()).toBe('nothing');
  });

  test('a function that is known in the end is met then', () => {
    const watch = watchOverlaps();
    const end = watch.begin(publish, 'f');
    expect(watch.begin(change, undefined)('f')).toBe('versions');
    expect(watch.begin(change, undefined)()).toBe('nothing');
    expect(watch.begin(read, 'g')('f')).toBe('nothing');
    expect(end()).toBe('everything');
  });
});
