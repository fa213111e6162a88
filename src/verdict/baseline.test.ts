import { describe, expect, test } from 'vitest';
import { applyBaseline, type BaselineEntry, baselineOf, parseBaseline } from './baseline.ts';
import type { Report, ReportedClause } from './report.ts';
import { summarize } from './verdict.ts';

const TODAY = '2026-06-15';

function clause(id: string, verdict: ReportedClause['verdict'], message = 'timeout is 2'): ReportedClause {
  return {
    id,
    subject: 'body.timeout',
    level: 'required',
    title: id,
    source: { table: 'Table 4', row: 'timeout' },
    verdict,
    exercised: 1,
    violations: verdict === 'fail' ? 1 : 0,
    known: false,
    findings: verdict === 'fail' ? [{ message }] : [],
  };
}

function verdictWith(entry: BaselineEntry, ...clauses: readonly ReportedClause[]) {
  const compared = applyBaseline(clauses, [entry], TODAY);
  return summarize(compared.clauses, 'required', undefined, compared.rotten);
}

const ID = 'body.timeout.range';
const entry = { id: ID, reason: 'fixed in the next release' };

describe('a known failure', () => {
  test('does not fail the run, and is marked', () => {
    const compared = applyBaseline([clause(ID, 'fail')], [entry], TODAY);
    expect(compared.clauses[0]?.known).toBe(true);
    expect(verdictWith(entry, clause(ID, 'fail')).verdict).toBe('conformant');
  });

  test('does not hide another failure', () => {
    expect(verdictWith(entry, clause(ID, 'fail'), clause('body.cpu.range', 'fail'))).toMatchObject({
      verdict: 'nonconformant',
      reason: '1 clause fails: body.cpu.range',
    });
  });

  test.each<[string, BaselineEntry, ReportedClause, RegExp]>([
    ['passes', entry, clause(ID, 'pass'), /passes now/],
    ['is none of the catalogue', { ...entry, id: 'body.timeout.rnage' }, clause(ID, 'pass'), /no clause/],
    ['has expired', { ...entry, expires: '2026-06-14' }, clause(ID, 'fail'), /until 2026-06-14/],
    ['fails otherwise', { ...entry, message: 'timeout is 1*' }, clause(ID, 'fail'), /otherwise/],
  ])('that %s fails the run, which says so', (_what, listed, seen, reason) => {
    const summary = verdictWith(listed, seen);
    expect(summary.verdict).toBe('nonconformant');
    expect(summary.reason).toMatch(reason);
  });

  test('that was not exercised stays as it is', () => {
    expect(verdictWith(entry, clause(ID, 'not-exercised'), clause('body.cpu.range', 'pass')).verdict).toBe(
      'conformant',
    );
  });

  test('holds on the day on which it expires', () => {
    expect(verdictWith({ ...entry, expires: TODAY }, clause(ID, 'fail')).verdict).toBe('conformant');
  });
});

test.each([
  ['{}', /list/],
  ['[{"id":"a"}]', /Entry 1 .*"reason"/],
  ['[{"id":"a","reason":"b","expire":"2026-01-01"}]', /"expire"/],
  ['[{"id":"a","reason":"b","expires":"soon"}]', /date/],
  ['[', /no JSON/],
])('a baseline %s is refused with a sentence', (text, sentence) => {
  expect(() => parseBaseline(text)).toThrow(sentence);
});

test('a written baseline matches the next run, whose names differ', () => {
  const first = clause(ID, 'fail', 'func_urn is "fgsc-t5k2x1ab9z-1"; version v20260101-000000');
  const report = { clauses: [first] } as unknown as Report;
  const written = baselineOf(report);
  const next = clause(ID, 'fail', 'func_urn is "fgsc-t9999xab9z-7"; version v20270101-000001');
  expect(applyBaseline([next], written, TODAY).rotten).toEqual([]);
});
