import { expect, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import { reasonNotExercised } from './reasons.ts';

const accepted = clauses.filter(({ id }) => id === 'request.digest.accepted');

test('an option that was given is not asked for', () => {
  const plan = { profile: 'standard', arrange: 'none' } as const;
  const functionUrn = 'urn:fss:r:p:function:default:f';
  expect(accepted.map(clause => reasonNotExercised(clause, plan))).toEqual([
    expect.stringContaining('--function-urn'),
  ]);
  expect(accepted.map(clause => reasonNotExercised(clause, { ...plan, functionUrn }))).toEqual([
    expect.stringMatching(/^no publication on the function showed it/),
  ]);
});
