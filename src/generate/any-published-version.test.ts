import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, judgeBody } from '../judge/judge.ts';
import type { Exchange } from '../page/exchange.ts';
import { formatUrn } from '../page/urn.ts';
import { isCustomRuntime } from '../page/values.ts';
import { type AnsweredRequest, answeredRequest } from './_internals/answered-request.ts';
import { answeredVersion } from './_internals/answered-version.ts';
import { publishedVersion } from './any-published-version.ts';

const SEED = { seed: 1, numRuns: 400 };

function exchangeOf({ projectId, urn, version, description }: AnsweredRequest, body: unknown): Exchange {
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

describe('publishedVersion', () => {
  test('a body breaks nothing that is required or recommended', () => {
    fc.assert(
      fc.property(publishedVersion(), body => {
        expect(judgeBody(JSON.stringify(body)).findings).toEqual([]);
      }),
      SEED,
    );
  });

  test('a body answers the request that it is made for', () => {
    fc.assert(
      fc.property(answeredVersion(answeredRequest, {}), ({ request, body }) => {
        const context = { projectId: request.projectId, credentials: 'valid', function: 'exists' } as const;
        expect(judge(exchangeOf(request, body), context).findings).toEqual([]);
      }),
      SEED,
    );
  });

  test('undocumented members are told as such and nothing else', () => {
    const found = new Set<string>();
    fc.assert(
      fc.property(publishedVersion({ undocumentedMembers: true }), body => {
        for (const { clause } of judgeBody(JSON.stringify(body)).findings) found.add(clause);
      }),
      SEED,
    );
    expect([...found]).toEqual(['body.undocumented']);
  });

  test('custom runtimes have handlers without a period when asked for, and break nothing required by it', () => {
    const handlers = new Set<unknown>();
    fc.assert(
      fc.property(publishedVersion({ customHandlers: true }), body => {
        const { findings } = judgeBody(JSON.stringify(body));
        expect(findings.filter(finding => !finding.clause.endsWith('-on-custom-runtime'))).toEqual([]);
        expect(findings.some(finding => finding.level === 'required')).toBe(false);
        if (isCustomRuntime(body.runtime)) handlers.add(body.handler);
      }),
      SEED,
    );
    expect([...handlers]).toEqual(expect.arrayContaining(['-', 'bootstrap']));
  });

  test('members that may be unset are so in every style, and set', () => {
    const bodies = fc.sample(publishedVersion(), { seed: 1, numRuns: 400 });
    const styles = (name: string) =>
      new Set(bodies.map(body => (Object.hasOwn(body, name) ? JSON.stringify(body[name]) : 'left out')));
    expect(styles('xrole').size).toBeGreaterThan(3);
    for (const style of ['left out', 'null', '""']) expect(styles('xrole')).toContain(style);
    for (const style of ['left out', 'null', '0', '1', '90'])
      expect(styles('pre_stop_timeout')).toContain(style);
  });

  test('mount ids and times come in both documented forms', () => {
    const wishes = {
      present: ['body.mount_config.mount_user.user_id'],
    };
    const bodies = fc.sample(
      answeredVersion(answeredRequest, { wishes }).map(({ body }) => body),
      { seed: 1, numRuns: 100 },
    );
    const text = JSON.stringify(bodies);
    expect(text).toMatch(/"user_id":"/);
    expect(text).toMatch(/"user_id":-?[0-9]/);
    expect(bodies.some(body => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(String(body.last_modified)))).toBe(
      true,
    );
    expect(bodies.some(body => String(body.last_modified).includes('T'))).toBe(true);
  });

  test('the same seed makes the same bodies', () => {
    const once = fc.sample(publishedVersion(), { seed: 7, numRuns: 20 });
    expect(fc.sample(publishedVersion(), { seed: 7, numRuns: 20 })).toEqual(once);
  });
});
