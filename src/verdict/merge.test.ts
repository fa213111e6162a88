import { expect, test } from 'vitest';
import { mergeReports } from './merge.ts';
import type { LeftOut, Report, ReportedClause } from './report.ts';
import { LEFT_TO_OTHERS, NOT_SEEN, summarize } from './verdict.ts';

function clauseOf(id: string, change: Partial<ReportedClause> = {}): ReportedClause {
  return {
    id,
    subject: 'body',
    level: 'required',
    title: id,
    source: { table: 'Table 4', row: id },
    verdict: 'pass',
    exercised: 2,
    violations: 0,
    known: false,
    findings: [],
    ...change,
  };
}

const unseen = { verdict: 'not-exercised', exercised: 0, reason: NOT_SEEN } as const;

function failing(...messages: readonly string[]): Partial<ReportedClause> {
  const findings = messages.map(message => ({ message }));
  return { verdict: 'fail', violations: messages.length, findings };
}

function reportOf(clauses: readonly ReportedClause[], change: Partial<Report> = {}): Report {
  return {
    tool: { name: 'fgs-conformance', version: '1.0.0' },
    page: { title: 'Publishing a Function Version', id: 'functiongraph_06_0144' },
    target: { endpoint: 'http://127.0.0.1', arranged: 'api' },
    run: {
      profile: 'standard',
      seed: 1,
      startedAt: '2026-01-02T03:04:05.000Z',
      durationMs: 1000,
      exchanges: 10,
    },
    summary: summarize(clauses, 'required'),
    clauses,
    ...change,
  };
}

/** The only clause of the merged report. */
function merged(...parts: readonly Partial<ReportedClause>[]): ReportedClause | undefined {
  return mergeReports(parts.map(part => reportOf([clauseOf('body.a', part)]))).clauses[0];
}

test('fail wins over pass, and pass over not exercised', () => {
  expect(merged({}, failing('x'), unseen)?.verdict).toBe('fail');
  expect(merged(unseen, {})?.verdict).toBe('pass');
  expect(merged(unseen, {})).not.toHaveProperty('reason');
  expect(merged(unseen, unseen)?.verdict).toBe('not-exercised');
});

test('counts add up, and three different findings are kept', () => {
  expect(merged(failing('a', 'b'), failing('b', 'c', 'd'))).toMatchObject({
    exercised: 4,
    violations: 5,
    findings: [{ message: 'a' }, { message: 'b' }, { message: 'c' }],
  });
});

test('an obstacle says more than a part that had no occasion', () => {
  expect(merged(unseen, { ...unseen, reason: 'it needs a VPC' }, unseen)?.reason).toBe('it needs a VPC');
});

test('a failure is known when it is known wherever it failed', () => {
  expect(merged({ ...failing('x'), known: true }, {})?.known).toBe(true);
  expect(merged({ ...failing('x'), known: true }, failing('y'))?.known).toBe(false);
});

test('the run is as long as from its first start to its last end', () => {
  const second = {
    ...reportOf([clauseOf('body.b')]).run,
    startedAt: '2026-01-02T03:04:07.000Z',
    durationMs: 500,
  };
  const report = mergeReports([
    reportOf([clauseOf('body.b')], { run: second }),
    reportOf([clauseOf('body.a')]),
  ]);
  expect(report.run).toMatchObject({
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 2500,
    exchanges: 20,
  });
  expect(report.clauses.map(({ id }) => id)).toEqual(['body.b', 'body.a']);
  expect(report.summary.clauses.total).toBe(2);
});

test('the verdict is that of the clauses', () => {
  const conformant = reportOf([clauseOf('body.a')]);
  const idle = reportOf([clauseOf('body.a', unseen)]);
  const broken = reportOf([clauseOf('body.a', failing('x'))]);
  expect(mergeReports([conformant, idle]).summary.verdict).toBe('conformant');
  expect(mergeReports([idle, idle]).summary.verdict).toBe('inconclusive');
  expect(mergeReports([conformant, broken]).summary.verdict).toBe('nonconformant');
});

test('a recommended clause counts when it did in a part', () => {
  const failed = reportOf([clauseOf('body.a', { ...failing('x'), level: 'recommended' })]);
  const strict = { ...failed, run: { ...failed.run, failOn: 'recommended' as const } };
  expect(mergeReports([failed, failed]).summary.verdict).toBe('conformant');
  expect(mergeReports([failed, strict]).summary.verdict).toBe('nonconformant');
});

test.each(['inconclusive', 'nonconformant'] as const)(
  'a part that is %s for its own reason makes the whole so',
  verdict => {
    const report = reportOf([clauseOf('body.a')]);
    const part = { ...report, summary: { ...report.summary, verdict, reason: 'something happened' } };
    expect(mergeReports([report, part]).summary).toMatchObject({ verdict, reason: 'something happened' });
  },
);

test('one report merged is that report', () => {
  const report = reportOf([clauseOf('body.a', failing('x')), clauseOf('body.b', unseen)]);
  expect(mergeReports([report])).toStrictEqual(report);
  const strict = { ...report, run: { ...report.run, failOn: 'required' as const } };
  expect(mergeReports([strict])).toStrictEqual(strict);
});

test('what differs between the parts is told of each', () => {
  const report = reportOf([]);
  const other = { ...report, run: { ...report.run, profile: 'deep' } };
  expect(mergeReports([report, other, report]).run.profile).toBe('standard, deep');
});

test('what fails in one part is the reason, before what stands in the way of another', () => {
  const clauses = [clauseOf('body.b'), clauseOf('body.a', failing('x'))];
  const obstacle = { ...reportOf([]).summary, verdict: 'inconclusive', reason: 'no target' } as const;
  const merged = mergeReports([reportOf([], { summary: obstacle }), reportOf(clauses)]);
  expect(merged.summary).toMatchObject({ verdict: 'nonconformant', reason: '1 clause fails: body.a' });
});

test('a clause that was left to other shards, and that none had occasion for, was not seen', () => {
  expect(merged({ ...unseen, reason: LEFT_TO_OTHERS }, unseen)?.reason).toBe(NOT_SEEN);
});

test('reports that have nothing to do with each other are not merged', () => {
  const other = reportOf([], { page: { title: 'Another', id: 'another' } });
  expect(() => mergeReports([])).toThrow('There is no report');
  expect(() => mergeReports([reportOf([]), other])).toThrow('different pages');
});

test('answers to choices add up, and the smaller example stays', () => {
  const exchange = (url: string) => ({ request: { method: 'POST', url, headers: {} } });
  const choosing = (answer: string, seen: number, url: string): Report => ({
    ...reportOf([clauseOf('body.a')]),
    choices: [
      {
        id: 'malformed-json',
        question: 'Which status?',
        answers: [{ answer, seen, shown: answer, example: exchange(url) }],
      },
    ],
  });
  const parts = [choosing('400', 2, '/longer'), choosing('406', 7, '/other'), choosing('400', 3, '/a')];
  const { choices = [] } = mergeReports([...parts, reportOf([clauseOf('body.a')])]);
  expect(choices.find(({ id }) => id === 'malformed-json')?.answers).toEqual([
    { answer: '406', seen: 7, shown: '406', example: exchange('/other') },
    { answer: '400', seen: 5, shown: '400', example: exchange('/a') },
  ]);
  expect(mergeReports([reportOf([clauseOf('body.a')])])).not.toHaveProperty('choices');
});

test('what the parts left out adds up by kind', () => {
  const part = (...leftOut: readonly LeftOut[]): Report => {
    const report = reportOf([]);
    return leftOut.length === 0 ? report : { ...report, run: { ...report.run, leftOut } };
  };
  const urns = (count: number): LeftOut => ({ inputs: 'URNs', count, profile: 'deep' });
  const bodies: LeftOut = { inputs: 'bodies', count: 1, profile: 'standard' };
  expect(mergeReports([part(urns(2)), part(), part(bodies, urns(3))]).run.leftOut).toEqual([urns(5), bodies]);
});
