import { describe, expect, test } from 'vitest';
import { everyAnswer, everyPair, reportOf } from '../src/mock/choices/combinations.test.support.ts';
import { dresses } from '../src/mock/index.ts';
import { roundTrip } from './round-trip.test.support.ts';

describe('a mock server that is like a server in a dress chooses as that does', () => {
  test.each(dresses.map(({ name, answers = {} }) => [name, answers] as const))(
    '%s',
    async (dress, answers) => {
      const { there, back } = await roundTrip({ dress });
      expect(there).toMatchObject(answers);
      // What a target does not show, because nothing can be mounted for instance, is free.
      expect(back).toMatchObject(there);
    },
  );
});

describe('a mock server that is like a target chooses as the target does, whatever that is', () => {
  const sets = [...everyAnswer(), ...everyPair()];
  test.each(sets.map((answers, index) => [index, answers] as const))('set %i', async (_index, answers) => {
    const { target, there, back } = await roundTrip({ like: reportOf(answers) });
    expect(target.summary.verdict).toBe('conformant');
    expect(back).toEqual(there);
  });
});
