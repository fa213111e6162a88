import { expect, test } from 'vitest';
import { cover } from './cover.ts';

test('every value of every list appears', () => {
  const lists = { a: [1, 2, 3], b: ['x', 'y', 'z', 'u', 'v'], c: [true, false], d: [0] };
  const slots = cover(lists, 7);
  expect(slots.length).toBe(7);
  for (const [path, values] of Object.entries(lists)) {
    expect(new Set(slots.map(slot => slot[path]))).toEqual(new Set<unknown>(values));
  }
});

test('lists of equal length do not move in step', () => {
  const slots = cover({ a: [1, 2, 3, 4], b: [1, 2, 3, 4] }, 20);
  expect(new Set(slots.map(({ a, b }) => `${a} ${b}`)).size).toBeGreaterThan(4);
});

test('a list that is longer than the slots is refused by name', () => {
  expect(() => cover({ timeout: [1, 2, 3] }, 2)).toThrow(/timeout has 3 values/);
});
