import { expect, test } from 'vitest';
import type { Step } from '../verdict/reproduction.ts';
import { counterexampleOf } from './counterexample-of.ts';

const step = (does: string): Step => ({
  does,
  isEvidence: does.startsWith('publishes'),
  request: {
    method: 'POST',
    url: '/v2/p/fgs/functions/f/versions',
    headers: {},
    body: '{"description":"a"}',
  },
});

test('of a history, the steps that it takes are the counterexample, not those that came after', () => {
  const history = ['publish "a"', 'new code', 'delete the function and publish'];
  const steps = [step('creates a function'), step('publishes, description "a"')];
  expect(counterexampleOf(history, { steps, made: [] })).toEqual([
    'creates a function',
    'publishes, description "a"',
  ]);
});

test('of a publish request, what was sent is the counterexample', () => {
  const steps = [step('creates a function'), step('publishes, description "a"')];
  expect(counterexampleOf({ description: 'b' }, { steps, made: [] })).toEqual({
    description: 'a',
  });
});
