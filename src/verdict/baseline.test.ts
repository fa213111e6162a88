import { describe, expect, test } from 'vitest';
import { applyBaseline, type BaselineEntry, BaselineError, baselineOf, parseBaseline } from './baseline.ts';
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

describe('of several known failures', () => {
  const other = { id: 'body.cpu.range', reason: 'fixed later' };

  test('each is marked, and nothing else', () => {
    const clauses = [clause(ID, 'fail'), clause(other.id, 'fail'), clause('body.a', 'fail')];
    const compared = applyBaseline(clauses, [entry, other], TODAY);
    expect(compared.clauses.map(({ known }) => known)).toEqual([true, true, false]);
    expect(compared.rotten).toEqual([]);
  });

  test('one that has rotted is not marked', () => {
    const expired = { ...other, expires: '2026-06-14' };
    const clauses = [clause(ID, 'pass'), clause(other.id, 'fail')];
    const compared = applyBaseline(clauses, [entry, expired], TODAY);
    expect(compared.clauses.map(({ known }) => known)).toEqual([false, false]);
    expect(compared.rotten).toEqual([
      'body.timeout.range is listed in the baseline, but passes now: take it out',
      'body.cpu.range is listed in the baseline until 2026-06-14',
    ]);
  });

  test('one that was not exercised has not changed', () => {
    const compared = applyBaseline([clause(ID, 'not-exercised')], [{ ...entry, message: 'x' }], TODAY);
    expect(compared).toMatchObject({ rotten: [], clauses: [{ known: false }] });
  });

  test('one of whose findings one is as described is known', () => {
    const seen = {
      ...clause(ID, 'fail'),
      findings: [{ message: 'timeout is 1' }, { message: 'timeout is 2' }],
    };
    expect(applyBaseline([seen], [{ ...entry, message: 'timeout is 2' }], TODAY).rotten).toEqual([]);
    expect(applyBaseline([seen], [{ ...entry, message: 'timeout is 3' }], TODAY).rotten).toEqual([
      'body.timeout.range fails otherwise than the baseline says: timeout is 1',
    ]);
  });
});

describe('a baseline', () => {
  test.each<BaselineEntry>([
    { id: 'a', reason: 'b' },
    { id: 'a', reason: 'b', message: 'm', link: 'https://l', expires: '2026-01-01' },
  ])('is read with %j', each => {
    expect(parseBaseline(JSON.stringify([each]))).toStrictEqual([each]);
  });

  test.each([
    ['[', /^The baseline is no JSON: /],
    ['{}', 'The baseline must be a JSON list of entries.'],
    ['[7]', 'Entry 1 of the baseline must be an object with "id" and "reason".'],
    ['[{"reason":"b"}]', 'Entry 1 of the baseline has no "id".'],
    ['[{"id":"","reason":"b"}]', 'Entry 1 of the baseline has no "id".'],
    ['[{"id":7,"reason":"b"}]', 'Entry 1 of the baseline has no "id".'],
    ['[{"id":"a"}]', 'Entry 1 of the baseline (a) has no "reason": say why the failure is accepted.'],
    ['[{"id":"a","reason":" "}]', 'Entry 1 of the baseline (a) has no "reason"'],
    ['[{"id":"a","reason":"b"},{"id":"c","reason":7}]', 'Entry 2 of the baseline (c) has no "reason"'],
    [
      '[{"id":"a","reason":"b","expire":"2026-01-01"}]',
      'Entry 1 of the baseline (a) has "expire", which is no member of an entry.',
    ],
    ['[{"id":"a","reason":"b","link":7}]', 'Entry 1 of the baseline (a): "link" must be a text.'],
    ['[{"id":"a","reason":"b","expires":null}]', 'Entry 1 of the baseline (a): "expires" must be a text.'],
    ...['soon', '26-01-01', '2026-1-01', '2026-01-1', '2026-01-01T00:00', 'on 2026-01-01'].map(
      (date): [string, string] => [
        JSON.stringify([{ id: 'a', reason: 'b', expires: date }]),
        'Entry 1 of the baseline (a): "expires" must be a date such as 2026-12-31.',
      ],
    ),
  ])('%s is refused with a sentence', (text, sentence) => {
    expect(() => parseBaseline(text)).toThrow(BaselineError);
    expect(() => parseBaseline(text)).toThrow(sentence);
  });
});

test('a baseline is written of what fails, and keeps what a person wrote', () => {
  const clauses = [
    clause(ID, 'fail'),
    clause('body.a', 'pass'),
    { ...clause('body.b', 'fail'), level: 'informative' },
    { ...clause('body.c', 'fail'), findings: [] },
  ];
  const had = [
    { id: 'body.a', reason: 'of another' },
    { id: ID, reason: 'mine', message: 'old', link: 'https://l' },
  ];
  expect(baselineOf({ clauses } as unknown as Report, had)).toStrictEqual([
    { id: ID, reason: 'mine', message: 'timeout is 2', link: 'https://l' },
    { id: 'body.c', reason: 'Known when the baseline was written; say why it is accepted.' },
  ]);
});

test('a written baseline matches the next run, whose names differ', () => {
  const first = clause(ID, 'fail', 'func_urn is "fgsc-t5k2x1ab9z-1"; version v20260101-000000');
  const report = { clauses: [first] } as unknown as Report;
  const written = baselineOf(report);
  const next = clause(ID, 'fail', 'func_urn is "fgsc-t9999xab9z-7"; version v20270101-000001');
  expect(applyBaseline([next], written, TODAY).rotten).toEqual([]);
});
