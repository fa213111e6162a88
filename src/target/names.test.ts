import { expect, test } from 'vitest';
import { createdAt, newRunId, uniqueNames } from './names.ts';

const GRAMMAR = /^[A-Za-z](?:[A-Za-z0-9_-]{0,58}[A-Za-z0-9])?$/;
const NOW = Date.parse('2026-03-04T05:06:07Z');

test('names follow the grammar of function names, and none is given twice', () => {
  const name = uniqueNames(newRunId(NOW));
  const names = [...Array.from({ length: 50 }, () => name()), name({ separator: '_' }), name({ length: 60 })];
  for (const each of names) expect(each).toMatch(GRAMMAR);
  expect(new Set(names).size).toBe(names.length);
});

test('a name has the length that is asked for', () => {
  const name = uniqueNames(newRunId(NOW));
  for (const length of [17, 18, 31, 59, 60]) expect(name({ length })).toHaveLength(length);
  expect(() => name({ length: 61 })).toThrow(/61/);
  expect(() => name({ length: 3 })).toThrow(RangeError);
});

test('a name says when its run began', () => {
  const name = uniqueNames(newRunId(NOW));
  for (const each of [name(), name({ separator: '_' }), name({ length: 60 })]) {
    expect(createdAt(each)?.getTime()).toBe(NOW);
  }
});

test('other names say nothing', () => {
  for (const each of ['my-function', 'fgsc', 'fgsc-', 'fgsc-abc-1', 'xfgsc-0000000000-1']) {
    expect(createdAt(each)).toBeUndefined();
  }
});

test('two runs do not share names', () => {
  expect(newRunId(NOW)).not.toBe(newRunId(NOW));
});
