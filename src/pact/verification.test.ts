import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import type { Episode } from './episode.ts';
import type { PactInteraction } from './pact-document.ts';
import { type Outcome, outcomesIn, verdictOn } from './verification.ts';
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

function outcomes(...episodes: readonly Episode[]) {
  const result = verifierResultIn(RESULT);
  if (result === undefined) throw new Error('the result was not read');
  return outcomesIn(result, episodes);
}

test('each interaction is told with what differs', () => {
  const asked = { states: ['s'], exchange: answered(200) };
  expect(outcomes(asked, asked, asked)).toEqual([
    { isOk: true, reasons: [] },
    { isOk: false, reasons: ['memory_size: Expected 129 to match', 'expected 200 but was 400'] },
    { isOk: false, reasons: ['broken'] },
  ]);
});

test('what could not be asked was not, be it held or not', () => {
  const obstacle = { reason: 'no such state', isState: true };
  const [one, two] = outcomes({ states: ['s'], obstacle }, { states: ['s'], obstacle }, { states: [] });
  expect(one).toMatchObject({ isOk: false, reasons: ['no such state'], obstacle });
  expect(two).toMatchObject({ isOk: false, reasons: ['no such state'], obstacle });
});

test('the answer of a gateway is no answer of the provider', () => {
  const [, two] = outcomes({ states: [] }, { states: [], exchange: answered(503) }, { states: [] });
  expect(two).toMatchObject({ obstacle: { reason: 'only a gateway answered, with 503', isState: false } });
});

test('a request without an answer fails for that; one that was never sent does not', () => {
  const without = (kind: 'timeout' | 'unreachable'): Episode => ({
    states: [],
    exchange: {
      request: { method: 'POST', url: '/', headers: {} },
      failure: { kind, message: 'no answer in 10 s' },
    },
  });
  const [, two, three] = outcomes({ states: [] }, without('timeout'), without('unreachable'));
  expect(two).toEqual({ isOk: false, reasons: ['no complete answer: no answer in 10 s'] });
  expect(three).toMatchObject({ obstacle: { reason: 'no answer in 10 s', isState: false } });
});

const INTERACTION: PactInteraction = {
  id: 'abc',
  description: 'one',
  states: [{ name: 's', params: { a: 1 } }],
  isPending: false,
  status: 200,
  token: undefined,
  isMessage: false,
  content: {},
};

const TERMS = { consumer: 'my-sdk', isPending: false, unreachable: ['s'] };

test('a failure does not count where the interaction or its pact is pending', () => {
  const failed = { isOk: false, reasons: ['broken'] };
  expect(verdictOn(INTERACTION, failed, TERMS)).toMatchObject({ verdict: 'fail', isPending: false });
  expect(verdictOn({ ...INTERACTION, isPending: true }, failed, TERMS)).toMatchObject({ verdict: 'pending' });
  expect(verdictOn(INTERACTION, failed, { ...TERMS, isPending: true })).toMatchObject({ verdict: 'pending' });
});

test('consent is to the states that are named, and to nothing else', () => {
  const without = (isState: boolean): Outcome => {
    const obstacle = { reason: 'out of reach', isState };
    return { isOk: false, reasons: ['out of reach'], obstacle };
  };
  expect(verdictOn(INTERACTION, without(true), TERMS)).toMatchObject({
    verdict: 'left-out',
    isConsented: true,
  });
  expect(verdictOn(INTERACTION, without(false), TERMS)).toMatchObject({ isConsented: false });
  for (const [name, isConsented] of [
    ['t', false],
    ['s (a)', true],
    ['s (b)', false],
  ] as const)
    expect(verdictOn(INTERACTION, without(true), { ...TERMS, unreachable: [name] })).toMatchObject({
      isConsented,
    });
});

test('a text that is no result is none', () => {
  expect(verifierResultIn('Failed validation')).toBeUndefined();
  expect(verifierResultIn('{"errors":[]}')).toBeUndefined();
});
