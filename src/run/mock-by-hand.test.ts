/** The servers of the guide, as they stand there: what the suite says of each. */

import { expect, test } from 'vitest';
import { filesOfGuide, startedIn } from './mock-by-hand.test.support.ts';
import type { RunOptions } from './options.ts';
import { run } from './run.ts';

async function reportOn(options: RunOptions) {
  const { report, remaining } = await run({ projectId: 'p1', token: 't1', seed: 1, ...options });
  expect(remaining).toEqual([]);
  const failing = report.clauses.filter(({ verdict, level }) => verdict === 'fail' && level === 'required');
  expect(failing.map(({ id, findings }) => [id, findings[0]?.message])).toEqual([]);
  expect(report.summary.verdict).toBe('conformant');
  return report;
}

const NOT_SEEN = 'no exchange of this run was evidence for it';

test('a server that answers publishing is asked every way in which a request can be wrong', async () => {
  const endpoint = await startedIn(await filesOfGuide(), 'publishes.mjs');
  const functionUrn = 'urn:fss:r1:p1:function:default:hello';
  const { clauses } = await reportOn({ endpoint, functionUrn, forbiddenToken: 't2' });
  const left = clauses.filter(
    ({ verdict, id }) => verdict === 'not-exercised' && /^request\.|^robustness/.test(id),
  );
  const unchanged =
    /\.taken|republish|elsewhere|absent-version|absent-alias|short-form|accepted$|digest|forms$|code$/;
  expect(left.map(({ id }) => id).filter(id => !unchanged.test(id))).toEqual([]);
  expect(clauses.filter(({ reason }) => reason === NOT_SEEN)).toEqual([]);
});

test('a server with provider states is asked for every documented value as well', async () => {
  const endpoint = await startedIn(await filesOfGuide(), 'states.mjs');
  const statesUrl = `${endpoint}/provider-states`;
  const { clauses } = await reportOn({ endpoint, statesUrl, arrange: 'states' });
  const exercised = (prefix: string) =>
    clauses.filter(({ id, verdict }) => id.startsWith(prefix) && verdict === 'pass').length;
  expect(exercised('body.')).toBeGreaterThan(150);
  expect(exercised('request.permission.')).toBeGreaterThan(0);
  expect(clauses.filter(({ reason }) => reason === NOT_SEEN)).toEqual([]);
});
