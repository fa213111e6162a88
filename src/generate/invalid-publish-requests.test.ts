import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import { requestFaults } from '../page/rules/request-faults.ts';
import { invalidPublishRequest } from './invalid-publish-request.ts';
import { type InvalidPublishRequest, invalidPublishRequests } from './invalid-publish-requests.ts';

/** What a request is blamed for when it is answered with a 500, which no invalid request may be. */
function brokenBy({ body, contentType = 'application/json' }: InvalidPublishRequest): readonly string[] {
  const exchange = {
    request: {
      method: 'POST',
      url: '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions',
      headers: { 'x-auth-token': 'token', ...(contentType === null ? {} : { 'content-type': contentType }) },
      ...(body === undefined ? {} : { body }),
    },
    response: {
      status: 500,
      headers: { 'content-type': 'application/json' },
      body: '{"error_code":"FSS.0500","error_msg":"no"}',
    },
  };
  const context = { projectId: 'p', credentials: 'valid', function: 'exists', codeMd5: 'abc' } as const;
  return judge(exchange, context).findings.map(({ clause }) => clause);
}

describe('invalidPublishRequests', () => {
  test.each([...invalidPublishRequests])('$title has one fault: $clause', request => {
    expect(brokenBy(request)).toEqual([request.clause]);
  });

  test('titles differ', () => {
    expect(new Set(invalidPublishRequests.map(({ title }) => title)).size).toBe(
      invalidPublishRequests.length,
    );
  });

  test('every fault of a body or its media type is there', () => {
    const ofBodies = requestFaults
      .map(({ id }) => id)
      .filter(id => /^request\.(body|digest|version|description|content-type)\./.test(id));
    const missing = ofBodies.filter(id => !invalidPublishRequests.some(({ clause }) => clause === id));
    // Needs a version that is taken.
    expect(missing).toEqual(['request.version.taken']);
  });
});

describe('invalidPublishRequest', () => {
  test('each has one fault, and knows which', () => {
    fc.assert(
      fc.property(invalidPublishRequest(), request => {
        expect(brokenBy(request)).toEqual([request.clause]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
