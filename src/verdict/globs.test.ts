import { expect, test } from 'vitest';
import { matchesAny, matchesGlob } from './globs.ts';

test.each([
  ['body.*', 'body.timeout.range', true],
  ['*.range', 'body.timeout.range', true],
  ['body.*.range', 'body.timeout.values', false],
  ['body', 'body.timeout', false],
  ['timeout', 'body.timeout', false],
  ['a.c', 'abc', false],
  ['a.c', 'a.c', true],
  ['*[].type', 'body.dependencies[].type', true],
  ['is "(*"', 'is "(\n"', true],
])('%j on %j: %j', (glob, text, expected) => {
  expect(matchesGlob(glob, text)).toBe(expected);
});

test('one of several globs is enough', () => {
  expect(matchesAny(['a', 'b*'], 'bc')).toBe(true);
  expect(matchesAny(['a', 'b*'], 'c')).toBe(false);
});
