import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { pauseBeforeRetry } from './retries.ts';

function answered(status: number, headers: Record<string, string> = {}): Exchange {
  return { request: { method: 'POST', url: '/', headers: {} }, response: { status, headers } };
}

test('pauses grow, and there are three', () => {
  const pauses = [0, 1, 2, 3].map(retries => pauseBeforeRetry(answered(503), retries, 0));
  expect(pauses).toEqual([500, 1000, 2000, undefined]);
});

test('only the gateway’s answers are asked again', () => {
  const retried = [200, 307, 400, 401, 404, 408, 409, 429, 500, 501, 502, 503, 504].filter(
    status => pauseBeforeRetry(answered(status), 0, 0) !== undefined,
  );
  expect(retried).toEqual([429, 502, 503, 504]);
});

test('a failure is not asked again', () => {
  const failed = { ...answered(503), failure: { kind: 'reset', message: '' } } as const;
  expect(pauseBeforeRetry(failed, 0, 0)).toBeUndefined();
});

test('the pause is the one that Retry-After names', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const pause = (header: string) => pauseBeforeRetry(answered(429, { 'retry-after': header }), 2, 0, now);
  expect(pause('0')).toBe(0);
  expect(pause('7')).toBe(7000);
  expect(pause('Thu, 01 Jan 2026 00:00:03 GMT')).toBe(3000);
  expect(pause('Wed, 31 Dec 2025 00:00:00 GMT')).toBe(0);
  expect(pause('soon')).toBe(2000);
});

test('an answer stands when waiting for another would take more than 20 s in all', () => {
  const pause = (pausedMs: number) => pauseBeforeRetry(answered(429, { 'retry-after': '10' }), 1, pausedMs);
  expect(pause(10_000)).toBe(10_000);
  expect(pause(10_001)).toBeUndefined();
});
