import { expect, test } from 'vitest';
import { diffReports, type ReportDiff } from './diff.ts';
import type { ClauseVerdict, Report, ReportedClause } from './report.ts';
import { summarize } from './verdict.ts';

type Change = Exclude<keyof ReportDiff, 'verdict' | 'notAsked'>;

/** A report of one clause, or of none. */
function reportOf(verdict: ClauseVerdict | undefined): Report {
  const clause = {
    id: 'body.a',
    subject: 'body',
    level: 'required',
    title: 'a',
    source: { table: 'Table 4', row: 'a' },
    exercised: 0,
    violations: 0,
    known: false,
    findings: [],
  } as const;
  const clauses: ReportedClause[] = verdict === undefined ? [] : [{ ...clause, verdict }];
  return {
    tool: { name: 'fgs-conformance', version: '1.0.0' },
    page: { title: 'Publishing a Function Version', id: 'functiongraph_06_0144' },
    target: { endpoint: 'http://127.0.0.1', arranged: 'api' },
    run: { profile: 'standard', seed: 1, startedAt: '2026-01-02T03:04:05Z', durationMs: 1, exchanges: 1 },
    summary: summarize(clauses, 'required'),
    clauses,
  };
}

test.each([
  ['pass', 'fail', 'newlyFailing'],
  ['not-exercised', 'fail', 'newlyFailing'],
  [undefined, 'fail', 'newlyFailing'],
  ['fail', 'fail', 'stillFailing'],
  ['fail', 'pass', 'fixed'],
  ['fail', 'not-exercised', 'noLongerExercised'],
  ['fail', undefined, undefined],
  ['pass', 'not-exercised', 'noLongerExercised'],
  ['pass', undefined, undefined],
  ['not-exercised', 'pass', 'newlyExercised'],
  [undefined, 'pass', undefined],
  ['pass', 'pass', undefined],
  ['not-exercised', 'not-exercised', undefined],
  ['not-exercised', undefined, undefined],
  [undefined, 'not-exercised', undefined],
] as const)('from %s to %s is %s', (was, is, expected) => {
  const { verdict: _verdict, notAsked: _notAsked, ...lists } = diffReports(reportOf(was), reportOf(is));
  const changed = Object.entries(lists).filter(([, clauses]) => clauses.length > 0);
  expect(changed.map(([name]) => name)).toEqual(expected === undefined ? [] : [expected]);
});

test.each([
  ['pass', undefined, { before: 0, after: 1 }],
  [undefined, 'fail', { before: 1, after: 0 }],
  ['fail', 'pass', { before: 0, after: 0 }],
] as const)('from %s to %s counts what one report was not asked for', (was, is, expected) => {
  expect(diffReports(reportOf(was), reportOf(is)).notAsked).toEqual(expected);
});

const RANGE = { id: 'body.a', level: 'required', title: 'a' };

test.each<[ClauseVerdict | undefined, ClauseVerdict, Change, object]>([
  ['pass', 'fail', 'newlyFailing', { was: 'pass', is: 'fail', message: 'a is 1' }],
  [undefined, 'fail', 'newlyFailing', { is: 'fail', message: 'a is 1' }],
  ['fail', 'pass', 'fixed', { was: 'fail', is: 'pass' }],
  [
    'fail',
    'not-exercised',
    'noLongerExercised',
    { was: 'fail', is: 'not-exercised', message: 'it needs a VPC' },
  ],
])('from %s to %s tells what it was and is, and why', (was, is, change, expected) => {
  const after = reportOf(is);
  const said = {
    ...(is === 'fail' ? { findings: [{ message: 'a is 1' }, { message: 'a is 2' }] } : {}),
    ...(is === 'not-exercised' ? { reason: 'it needs a VPC' } : {}),
  };
  const clauses = after.clauses.map(clause => ({ ...clause, ...said }));
  const diff = diffReports(reportOf(was), { ...after, clauses });
  expect(diff[change]).toStrictEqual([{ ...RANGE, ...expected }]);
});

test('the verdicts of the runs are told', () => {
  expect(diffReports(reportOf('pass'), reportOf('fail')).verdict).toEqual({
    was: 'conformant',
    is: 'nonconformant',
  });
});
