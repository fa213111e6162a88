import { expect, test } from 'vitest';
import { didYouMean, editDistance, nearest } from './nearest.ts';

test.each([
  ['profile', 'profile', 0],
  ['profil', 'profile', 1],
  ['toekn', 'token', 1],
  ['smokee', 'smoke', 1],
  ['', 'abc', 3],
  ['body', 'config', 5],
])('%s and %s are %i apart', (left, right, distance) => {
  expect(editDistance(left, right)).toBe(distance);
  expect(editDistance(right, left)).toBe(distance);
});

test('the nearest comes first, and what is far does not come', () => {
  expect(
    nearest('body.memory_size.value', [
      'status.documented',
      'body.memory_size.type',
      'body.memory_size.values',
    ]),
  ).toEqual(['body.memory_size.values', 'body.memory_size.type']);
  expect(didYouMean('SMOKE', ['smoke', 'deep'])).toBe(' Did you mean smoke?');
  expect(didYouMean('zzz', ['smoke', 'deep'])).toBe('');
});
