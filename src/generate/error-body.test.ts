import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import type { Exchange } from '../page/exchange.ts';
import { STATUSES } from '../page/values.ts';
import { breakableErrorClauses, brokenErrorBody } from './broken-error-body.ts';
import { errorBody } from './error-body.ts';

const SEED = { seed: 1, numRuns: 100 };

function findingsOf(status: number, body: unknown): readonly string[] {
  const exchange: Exchange = {
    request: {
      method: 'POST',
      url: '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: '{}',
    },
    response: { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  };
  // A target that was told to fail may answer a valid request with an error.
  return judge(exchange, { serviceFails: true }).findings.map(({ clause }) => clause);
}

describe('errorBody', () => {
  test.each(STATUSES.filter(status => status !== 200))('breaks nothing with status %i', status => {
    fc.assert(
      fc.property(errorBody({ status }), body => {
        expect(findingsOf(status, body)).toEqual([]);
      }),
      SEED,
    );
  });
});

describe('brokenErrorBody', () => {
  test.each(breakableErrorClauses)('breaks %s and nothing else', clause => {
    fc.assert(
      fc.property(brokenErrorBody(clause), ({ body, breaks }) => {
        expect(findingsOf(400, body)).toEqual([breaks]);
      }),
      SEED,
    );
  });

  test('says which clauses it does not know', () => {
    expect(() => brokenErrorBody('body.timeout.range')).toThrow(/body.timeout.range is no clause/);
  });
});
