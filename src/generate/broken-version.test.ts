import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import type { Exchange } from '../page/exchange.ts';
import { publishedRules } from '../page/rules/published.ts';
import { formatUrn } from '../page/urn.ts';
import { type BrokenVersion, breakableClauses, brokenVersion } from './broken-version.ts';

const SEED = { seed: 1, numRuns: 30 };

/** Clauses of `publishedRules` that a single body cannot break, and why. */
const NOT_BREAKABLE = {
  'state.unique-version.fresh': 'needs the versions that were published before',
  'body.digest.code': 'needs the code that was uploaded',
  'body.code_size.code': 'needs the code that was uploaded',
};

function exchangeOf({ request: { projectId, urn, version, description }, body }: BrokenVersion): Exchange {
  return {
    request: {
      method: 'POST',
      url: `/v2/${projectId}/fgs/functions/${encodeURIComponent(formatUrn(urn))}/versions`,
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: JSON.stringify({ version, description }),
    },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  };
}

describe('brokenVersion', () => {
  test.each(breakableClauses)('breaks %s and nothing else', clause => {
    fc.assert(
      fc.property(brokenVersion(clause), broken => {
        const { findings } = judge(exchangeOf(broken));
        expect(findings.map(finding => finding.clause)).toEqual([broken.breaks]);
      }),
      SEED,
    );
  });

  test('every rule of a published version is breakable, or there is a reason', () => {
    const missing = publishedRules.map(({ id }) => id).filter(id => !breakableClauses.includes(id));
    expect(missing.sort()).toEqual(Object.keys(NOT_BREAKABLE).sort());
  });

  test('answers the request that it is given', () => {
    const urn = { region: 'r', projectId: 'p', package: 'default', name: 'f' };
    const request = { projectId: 'p', urn, version: 'one', description: 'two' };
    const [broken] = fc.sample(brokenVersion('body.timeout.range', request), { seed: 1, numRuns: 1 });
    expect(broken?.request).toBe(request);
    expect(broken?.body).toMatchObject({ func_name: 'f', version_description: 'two' });
  });

  test('says which request a clause needs, and which clauses it does not know', () => {
    const urn = { region: 'r', projectId: 'p', package: 'default', name: 'f' };
    expect(() => brokenVersion('body.version.requested', { projectId: 'p', urn })).toThrow(
      /without a version/,
    );
    expect(() => brokenVersion('body.novelty.type')).toThrow(/no single body can break body.novelty.type/);
  });
});
