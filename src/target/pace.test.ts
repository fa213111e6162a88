import { expect, test } from 'vitest';
import { openLedger } from './ledger.ts';
import { createPace, type Pace } from './pace.ts';

/** The times at which so many requests start that all want to start now. */
function starts(pace: Pace, count: number): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: count }, () => pace.turn(undefined)));
}

function gaps(times: readonly number[]): readonly number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

test('no two requests start closer together than the rate has it, whoever wants to start them', async () => {
  const pace = createPace(100);
  expect(Math.min(...gaps(await starts(pace, 20)))).toBeGreaterThanOrEqual(10);
});

test('threads that share the books share the pace', async () => {
  const ledger = openLedger();
  const [first] = await starts(createPace(20, ledger), 1);
  const [second] = await starts(createPace(20, openLedger(ledger.shared)), 1);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(50);
});

test('nothing starts while it is held', async () => {
  const pace = createPace();
  const [before] = await starts(pace, 1);
  pace.hold(50);
  const [after] = await starts(pace, 1);
  expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(49);
});

test('whoever waits is given up when the run is interrupted', async () => {
  const pace = createPace(0.001);
  await pace.turn(undefined);
  const controller = new AbortController();
  const waiting = pace.turn(controller.signal);
  controller.abort();
  await expect(waiting).rejects.toThrow();
});

test('after a refusal the pace is lower, and it climbs again slowly', async () => {
  const ledger = openLedger();
  const pace = createPace(100, ledger);
  const times = await starts(pace, 5);
  pace.refused(times.at(-1) ?? 0);
  const slow = ledger.interval;
  expect(slow).toBeGreaterThan(10);
  for (let count = 0; count < 19; count++) pace.taken();
  expect(ledger.interval).toBe(slow);
  pace.taken();
  expect(ledger.interval).toBeLessThan(slow);
  expect(ledger.interval).toBeGreaterThan(slow * 0.9);
});

test('requests that were under way at the same time slow the pace down once', async () => {
  const ledger = openLedger();
  const pace = createPace(100, ledger);
  const times = await starts(pace, 8);
  const [last = 0, ...before] = times.toReversed();
  pace.refused(last);
  const once = ledger.interval;
  for (const time of before) pace.refused(time);
  expect(ledger.interval).toBe(once);
  expect(ledger.refusals).toBe(8);
  const [later = 0] = await starts(pace, 1);
  pace.refused(later);
  expect(ledger.interval).toBe(once); // nothing was taken at that pace yet
  pace.taken();
  pace.refused(later);
  expect(ledger.interval).toBeGreaterThan(once);
});
