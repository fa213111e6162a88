import { expect, test } from 'vitest';
import { everyAnswer, reportOf } from '../src/mock/choices/combinations.test.support.ts';
import { roundTrip } from './round-trip.test.support.ts';

/** Other answers than the mock server's own, to every choice at once. */
const [, FOREIGN = {}] = everyAnswer();

/** Answers that others hide: a version without mounts has no ids of theirs, and where all is published no change is needed. */
const HIDDEN = ['change-and-back', 'mount-ids'];

/** On a busy machine; all answers, pairs of them and dresses are tried by `npm run test:long`. */
const TWO_RUNS = { timeout: 180_000 };

test(
  'a mock server that is like a target, and a gateway in front of it, chooses as they do',
  TWO_RUNS,
  async () => {
    const { target, there, back } = await roundTrip({ like: reportOf(FOREIGN), dress: 'gateway-401' });
    expect(target.summary.verdict).toBe('conformant');
    const shown = Object.entries(FOREIGN).filter(([id]) => !HIDDEN.includes(id));
    expect(there).toEqual({ ...Object.fromEntries(shown), 'error-codes-401': 'APIGW' });
    expect(back).toEqual(there);
  },
);
