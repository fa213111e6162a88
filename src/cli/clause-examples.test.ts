import { expect, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import { examplesOf } from './clause-examples.ts';

test.each(clauses.map(({ id }) => id))('%s has an example that passes and one that fails', id => {
  const { passes, fails } = examplesOf(id);
  expect(passes?.lines).toBeDefined();
  expect(fails?.lines).toBeDefined();
  expect(passes?.lines).not.toEqual(fails?.lines);
});
