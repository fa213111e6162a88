import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { verifiedInteractions } from './verification.ts';
import { verifierResultIn } from './verifier-result.ts';

/** What the verifier says of three interactions: one holds, one fails, one is pending. */
const RESULT = JSON.stringify({
  result: false,
  interactionResults: [
    { description: 'one', duration: '5ms', result: 'OK' },
    { description: 'two', duration: '5ms', result: 'Error' },
    { description: 'three', duration: '5ms', result: 'Error' },
  ],
  errors: [
    {
      interaction: 'Verifying a pact between a and b Given s - two',
      mismatch: {
        type: 'mismatches',
        mismatches: [
          { type: 'BodyMismatch', path: '$.memory_size', mismatch: 'Expected 129 to match' },
          { type: 'StatusMismatch', mismatch: 'expected 200 but was 400' },
        ],
      },
    },
  ],
  pendingErrors: [
    {
      interaction: 'Verifying a pact between a and b - three',
      mismatch: { type: 'error', message: 'broken' },
    },
  ],
  notices: [{ when: 'before_verification', text: 'A notice.' }],
  output: [],
});

function answered(status: number): Exchange {
  return {
    request: { method: 'POST', url: '/', headers: {} },
    response: { status, headers: {} },
  };
}

function verified(...episodes: Parameters<typeof verifiedInteractions>[1]) {
  const result = verifierResultIn(RESULT);
  if (result === undefined) throw new Error('the result was not read');
  return verifiedInteractions(result, episodes);
}

test('each interaction is told with what differs', () => {
  const asked = { states: ['s'], exchange: answered(200) };
  expect(verified(asked, asked, asked)).toEqual([
    { description: 'one', states: ['s'], verdict: 'pass', reasons: [] },
    {
      description: 'two',
      states: ['s'],
      verdict: 'fail',
      reasons: ['memory_size: Expected 129 to match', 'expected 200 but was 400'],
    },
    { description: 'three', states: ['s'], verdict: 'pending', reasons: ['broken'] },
  ]);
});

test('what could not be asked is left out, be it held or not', () => {
  const problem = { states: ['s'], problem: 'no such state' };
  const [one, two] = verified(problem, problem, { states: [] });
  expect(one).toMatchObject({ verdict: 'left-out', reasons: ['no such state'] });
  expect(two).toMatchObject({ verdict: 'left-out', reasons: ['no such state'] });
});

test('the answer of a gateway is no answer of the provider', () => {
  const [, two] = verified({ states: [] }, { states: [], exchange: answered(503) }, { states: [] });
  expect(two).toMatchObject({ verdict: 'left-out', reasons: ['only a gateway answered, with 503'] });
});

test('a request without an answer fails for that', () => {
  const exchange: Exchange = {
    request: { method: 'POST', url: '/', headers: {} },
    failure: { kind: 'timeout', message: 'no answer in 10 s' },
  };
  const [, two] = verified({ states: [] }, { states: [], exchange }, { states: [] });
  expect(two).toMatchObject({ verdict: 'fail', reasons: ['no complete answer: no answer in 10 s'] });
});

test('a text that is no result is none', () => {
  expect(verifierResultIn('Failed validation')).toBeUndefined();
  expect(verifierResultIn('{"errors":[]}')).toBeUndefined();
});
