import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchForStandstill } from './standstill.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a process that goes on has not stood still', () => {
  const standstill = watchForStandstill();
  const begun = Date.now();
  vi.advanceTimersByTime(20_000);
  expect(standstill.since(begun)).toBe(false);
  standstill.close();
});

test('a process that was stopped has, from before it until then', () => {
  const standstill = watchForStandstill();
  vi.advanceTimersByTime(1000);
  const begun = Date.now();
  vi.setSystemTime(begun + 5000);
  expect(standstill.since(begun)).toBe(true);
  expect(standstill.since(begun + 4000)).toBe(true);
  vi.advanceTimersByTime(1000);
  expect(standstill.since(Date.now() - 500)).toBe(false);
  standstill.close();
});
