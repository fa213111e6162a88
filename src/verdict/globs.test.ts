import { expect, test } from 'vitest';
import { didYouMeanIds, matchesAny, matchesGlob } from './globs.ts';

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

test.each([
  ['body.memry*', ' Did you mean body.memory_size*?'],
  ['bdy.timeout.range', ' Did you mean body.timeout.range?'],
  ['*.rnage', ' Did you mean *.range?'],
  ['timeout', ' Did you mean body.timeout.range?'],
  ['*zzz*', ''],
])('what %j may have meant:%s', (glob, expected) => {
  expect(didYouMeanIds(glob, ['body.memory_size.values', 'body.timeout.range'])).toBe(expected);
});
