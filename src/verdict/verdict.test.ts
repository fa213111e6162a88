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

  test('shows the smallest counterexample of what was found several times', () => {
    const evidence = collect();
    for (const input of [['a', 'b', 'c'], ['a'], ['a', 'b']]) {
      evidence.keepShrunk('body.a', { message: 'a is 1', exchange, counterexample: { input } });
    }
    const [first] = clauseVerdicts(catalogue, evidence.take(), reproduce);
    expect(first?.findings).toMatchObject([{ message: 'a is 1', counterexample: ['a'] }]);
  });

  test('that was obstructed says by what', () => {
    const evidence = collect();
    evidence.obstruct(['body.c'], 'it needs a VPC');
    const verdicts = clauseVerdicts(catalogue, evidence.take(), reproduce);
    expect(verdicts[2]).toMatchObject({ verdict: 'not-exercised', reason: 'it needs a VPC' });
  });

  test('shows of a finding what is known, and nothing else', () => {
    const evidence = collect();
    const broken = { clause: 'body.a', subject: 'body', level: 'required', message: 'a is 1' } as const;
    const located = { ...broken, clause: 'body.b', pointer: '/b' };
    evidence.record({ ...judgement(['body.a', 'body.b']), findings: [broken, located] }, exchange, {
      input: 7,
      seed: 1,
      path: '0:1',
    });
    evidence.record(judgement(['body.c'], { 'body.c': 'c' }), exchange, { input: 8 });
    evidence.record(judgement(['body.c'], { 'body.c': 'd' }), exchange);
    const findings = clauseVerdicts(catalogue, evidence.take(), ({ message }, id) => `${id}: ${message}`);
    const shown = { exchange, counterexample: 7, seed: 1, path: '0:1' };
    expect(findings.map(each => each.findings)).toStrictEqual([
      [{ ...shown, message: 'a is 1', reproduce: 'body.a: a is 1' }],
      [{ ...shown, message: 'a is 1', pointer: '/b', reproduce: 'body.b: a is 1' }],
      [
        { message: 'c', exchange, counterexample: 8, reproduce: 'body.c: c' },
        { message: 'd', exchange, reproduce: 'body.c: d' },
      ],
    ]);
  });

  test('that was exercised has no reason, and one that was not has none of a finding', () => {
    const [first, , third] = verdictsOf(judgement(['body.a']));
    expect(first).not.toHaveProperty('reason');
    expect(third?.findings).toEqual([]);
  });

  test('that was not exercised says what is said of all, or of each', () => {
    const none = collect().take();
    const reasonsOf = (obstacle: Parameters<typeof clauseVerdicts>[3]) =>
      clauseVerdicts(catalogue, none, reproduce, obstacle).map(({ reason }) => reason);
    expect(reasonsOf('no target')).toEqual(['no target', 'no target', 'no target']);
    expect(reasonsOf(({ id }) => `no ${id}`)).toEqual(['no body.a', 'no body.b', 'no body.c']);
  });
});

describe('the reason of a verdict', () => {
  const failing = (...ids: readonly string[]) =>
    verdictsOf(judgement(ids, Object.fromEntries(ids.map(id => [id, 'x']))));
  const known = (...ids: readonly string[]) =>
    failing('body.a', 'body.b', 'body.c').map(each => ({ ...each, known: ids.includes(each.id) }));
  const many = [...failing('body.a'), ...failing('body.a'), ...failing('body.a'), ...failing('body.a')];

  test.each([
    ['required', failing(), 'no clause was exercised'],
    ['required', verdictsOf(judgement(['body.a'])), 'no required clause fails'],
    ['recommended', verdictsOf(judgement(['body.a'])), 'no required or recommended clause fails'],
    ['required', known('body.a', 'body.c'), 'no required clause fails but 2 that are known'],
    ['required', known('body.a', 'body.b', 'body.c'), 'no required clause fails but 2 that are known'],
    ['required', known('body.a', 'body.b'), '1 clause fails: body.c'],
    ['required', [...known('body.a').slice(0, 2)], 'no required clause fails but 1 that is known'],
    ['recommended', failing('body.a', 'body.b', 'body.c'), '3 clauses fail: body.a, body.b, body.c'],
    ['required', many, '4 clauses fail: body.a, body.a, body.a and 1 more'],
  ] as const)('when %s ones count: %#', (failOn, clauses, reason) => {
    expect(summarize(clauses, failOn).reason).toBe(reason);
  });

  test('names everything in a baseline that is out of date, and what fails besides', () => {
    expect(summarize(failing('body.a'), 'required', undefined, ['x has expired', 'y passes'])).toMatchObject({
      verdict: 'nonconformant',
      reason: 'the baseline is out of date: x has expired; y passes; 1 clause fails: body.a',
    });
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

test('what was seen again and found otherwise says so, and still fails', () => {
  const evidence = collect(judgement(['body.a'], { 'body.a': 'a is 1' }));
  evidence.markFlaky('body.a', ' (not seen again)');
  const [first] = clauseVerdicts(catalogue, evidence.take(), reproduce);
  expect(first).toMatchObject({ verdict: 'fail', findings: [{ message: 'a is 1 (not seen again)' }] });
});

test('findings that say the same are one', () => {
  const [first] = verdictsOf(...['x', 'y', 'x'].map(message => judgement(['body.a'], { 'body.a': message })));
  expect(first?.findings.map(({ message }) => message)).toEqual(['x', 'y']);
  expect(first?.violations).toBe(3);
});

test('an obstacle is that of the clauses whose ids begin so, and the first one stays', () => {
  const evidence = createEvidence(['body.a', 'state.body.', 'request.a']);
  evidence.obstruct(['body.', 'request.'], 'first');
  evidence.obstruct(['body.', 'state'], 'second');
  const { clauses } = evidence.take();
  expect(Object.entries(clauses).map(([id, { obstacle }]) => [id, obstacle])).toEqual([
    ['body.a', 'first'],
    ['request.a', 'first'],
    ['state.body.', 'second'],
  ]);
});

test('what came before a finding is kept with it', () => {
  const evidence = collect();
  evidence.record(judgement(['body.a'], { 'body.a': 'x' }), exchange, undefined, [exchange]);
  evidence.record(judgement(['body.b'], { 'body.b': 'x' }), exchange);
  const { clauses } = evidence.take();
  expect(clauses['body.a']?.findings).toStrictEqual([
    { message: 'x', exchange, isShrunk: false, before: [exchange] },
  ]);
  expect(clauses['body.b']?.findings).toStrictEqual([{ message: 'x', exchange, isShrunk: false }]);
});

test('obstacles of several collections add up, the first one of a clause stays', () => {
  const part = (reason?: string) => {
    const evidence = collect(judgement(['body.b']));
    if (reason !== undefined) evidence.obstruct(['body.a'], reason);
    return evidence.take();
  };
  expect(mergeEvidence([part('first'), part('second')]).clauses['body.a']?.obstacle).toBe('first');
  const merged = mergeEvidence([part(), part('second')]);
  expect(merged.clauses['body.a']?.obstacle).toBe('second');
  expect(merged.clauses['body.b']).not.toHaveProperty('obstacle');
});

test('inputs that were left out on purpose are counted by kind, here and there', () => {
  const evidence = collect();
  evidence.leaveOut('URNs', 2);
  evidence.leaveOut('URNs', 3);
  evidence.leaveOut('bodies', 0);
  const part = evidence.take();
  expect(part.leftOut).toEqual({ URNs: 5 });
  expect(mergeEvidence([part, part, { ...part, leftOut: { bodies: 1 } }]).leftOut).toEqual({
    URNs: 10,
    bodies: 1,
  });
});
