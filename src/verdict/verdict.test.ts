import { describe, expect, test } from 'vitest';
import type { Judgement } from '../judge/finding.ts';
import type { Clause, Level } from '../page/clause.ts';
import type { Exchange } from '../page/exchange.ts';
import { createEvidence, mergeEvidence } from './evidence.ts';
import { clauseVerdicts, summarize } from './verdict.ts';

const exchange: Exchange = { request: { method: 'POST', url: '/', headers: {} } };

function clause(id: string, level: Level = 'required'): Clause {
  return { id, subject: 'body', level, title: id, source: { table: 'Table 4', row: id }, when: 'always' };
}

function judgement(exercised: readonly string[], broken: Readonly<Record<string, string>> = {}): Judgement {
  const findings = Object.entries(broken).map(([id, message]) => ({
    clause: id,
    subject: 'body',
    level: 'required' as const,
    message,
  }));
  return { exercised, findings, choices: [] };
}

const catalogue = [clause('body.a'), clause('body.b', 'recommended'), clause('body.c')];
const reproduce = () => 'curl';

function collect(...judgements: readonly Judgement[]) {
  const evidence = createEvidence(catalogue.map(({ id }) => id));
  for (const each of judgements) evidence.record(each, exchange);
  return evidence;
}

function verdictsOf(...judgements: readonly Judgement[]) {
  return clauseVerdicts(catalogue, collect(...judgements).take(), reproduce);
}

describe('a clause', () => {
  test('passes, fails, or is not exercised with a reason', () => {
    const verdicts = verdictsOf(judgement(['body.a', 'body.b'], { 'body.b': 'b is 1' }));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'not-exercised']);
    expect(verdicts[2]?.reason).toMatch(/no exchange/);
  });

  test('that fails once fails, however often it held', () => {
    const [first] = verdictsOf(
      judgement(['body.a']),
      judgement(['body.a'], { 'body.a': 'x' }),
      judgement(['body.a']),
    );
    expect(first).toMatchObject({ verdict: 'fail', exercised: 3, violations: 1 });
  });

  test('shows three findings at most, the shrunk one first', () => {
    const evidence = collect(...['1', '2', '3', '4'].map(n => judgement(['body.a'], { 'body.a': n })));
    evidence.keepShrunk('body.a', { message: 'smallest', exchange });
    const [first] = clauseVerdicts(catalogue, evidence.take(), reproduce);
    expect(first?.findings.map(({ message }) => message)).toEqual(['smallest', '1', '2']);
    expect(first?.violations).toBe(4);
  });

  test('that was obstructed says by what', () => {
    const evidence = collect();
    evidence.obstruct(['body.c'], 'it needs a VPC');
    const verdicts = clauseVerdicts(catalogue, evidence.take(), reproduce);
    expect(verdicts[2]).toMatchObject({ verdict: 'not-exercised', reason: 'it needs a VPC' });
  });
});

describe('a run', () => {
  test('is nonconformant when a required clause fails', () => {
    const summary = summarize(verdictsOf(judgement(['body.a'], { 'body.a': 'x' })), 'required');
    expect(summary).toMatchObject({ verdict: 'nonconformant', reason: '1 clause fails: body.a' });
  });

  test('is nonconformant by a recommended clause only when asked to be', () => {
    const verdicts = verdictsOf(judgement(['body.a', 'body.b'], { 'body.b': 'x' }));
    expect(summarize(verdicts, 'required').verdict).toBe('conformant');
    expect(summarize(verdicts, 'recommended').verdict).toBe('nonconformant');
  });

  test('is inconclusive when nothing was exercised or something stood in its way', () => {
    expect(summarize(verdictsOf(), 'required').verdict).toBe('inconclusive');
    const passing = verdictsOf(judgement(['body.a']));
    expect(summarize(passing, 'required', 'no function could be arranged')).toMatchObject({
      verdict: 'inconclusive',
      reason: 'no function could be arranged',
    });
  });

  test('counts every clause once', () => {
    const { clauses } = summarize(verdictsOf(judgement(['body.a', 'body.b'], { 'body.b': 'x' })), 'required');
    expect(clauses).toEqual({ total: 3, pass: 1, fail: 1, 'not-exercised': 1 });
  });
});

test('evidence of several collections adds up', () => {
  const merged = mergeEvidence([
    collect(judgement(['body.a'])).take(),
    collect(judgement(['body.a'], { 'body.a': 'x' })).take(),
  ]);
  expect(merged.exchanges).toBe(2);
  expect(merged.clauses['body.a']).toMatchObject({ exercised: 2, violations: 1 });
});

test('evidence for a clause that the catalogue lacks is an error', () => {
  const evidence = createEvidence(['body.type']);
  const exchange = { request: { method: 'POST', url: '/', headers: {} } };
  expect(() =>
    evidence.record({ exercised: ['body.novelty.type'], findings: [], choices: [] }, exchange),
  ).toThrow('There is evidence for body.novelty.type, which the catalogue does not have.');
});
