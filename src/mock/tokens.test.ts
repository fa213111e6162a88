import { expect, test } from 'vitest';
import { createTokens } from './tokens.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.parse('2026-01-02T03:04:05Z');

test('a token is good for a day', () => {
  const tokens = createTokens();
  const token = tokens.issue(NOW);
  expect(tokens.expiryOf(token, NOW + DAY - 1)).toBe(NOW + DAY);
  expect(tokens.expiryOf(token, NOW + DAY)).toBeUndefined();
});

test('no token is like another, and no other server takes it', () => {
  const tokens = createTokens();
  expect(tokens.issue(NOW)).not.toBe(tokens.issue(NOW));
  expect(createTokens().expiryOf(tokens.issue())).toBeUndefined();
});

test.each(['', 'a-b-c', `zzzz-${'0'.repeat(16)}-${'0'.repeat(64)}`])('%j is none', token => {
  expect(createTokens().expiryOf(token)).toBeUndefined();
});
