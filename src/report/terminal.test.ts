import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Report, ReportedClause, ReportedFinding } from '../verdict/report.ts';
import { columnsOf } from './layout.ts';
import { terminalReport } from './terminal.ts';

const PLAIN = { colour: false, width: 80 };

function clauseOf(change: Partial<ReportedClause> & { readonly id: string }): ReportedClause {
  return {
    subject: change.id.slice(0, change.id.lastIndexOf('.')),
    level: 'required',
    title: `the sentence of ${change.id}`,
    source: { table: 'Table 4', row: 'a row' },
    verdict: 'pass',
    exercised: 57,
    violations: 0,
    known: false,
    findings: [],
    ...change,
  };
}

function failing(id: string, change: Partial<ReportedClause> = {}): ReportedClause {
  return clauseOf({
    id,
    verdict: 'fail',
    violations: 1,
    findings: [{ message: `message of ${id}` }],
    ...change,
  });
}

function withFinding(finding: ReportedFinding): Report {
  return reportOf([failing('body.timeout.range', { findings: [finding] })]);
}

function reportOf(clauses: readonly ReportedClause[], change: Partial<Report> = {}): Report {
  const count = (verdict: string) => clauses.filter(clause => clause.verdict === verdict).length;
  return {
    tool: { name: 'fgs-conformance', version: '1.0.0' },
    page: { title: 'Publishing a Function Version', id: 'functiongraph_06_0144' },
    target: { endpoint: 'http://127.0.0.1:8080', arranged: 'api' },
    run: {
      profile: 'standard',
      seed: 42,
      startedAt: '2026-01-02T03:04:05Z',
      durationMs: 2100,
      exchanges: 312,
    },
    summary: {
      verdict: 'nonconformant',
      reason: 'a required clause failed.',
      clauses: {
        total: clauses.length,
        pass: count('pass'),
        fail: count('fail'),
        'not-exercised': count('not-exercised'),
      },
    },
    clauses,
    ...change,
  };
}

/** The lines of the report, trimmed. */
function linesOf(report: Report, options = PLAIN): string[] {
  return terminalReport(report, options)
    .split('\n')
    .map(line => line.trim());
}

test('the last line is the verdict with its reason and what it rests on', () => {
  const report = reportOf([
    clauseOf({ id: 'status.documented' }),
    failing('body.type'),
    failing('body.cpu.type', { known: true }),
  ]);
  expect(terminalReport(report, PLAIN).trimEnd().split('\n').at(-1)).toBe(
    'nonconformant: a required clause failed · 3 of 3 clauses exercised: 1 pass, 2 fail (1 known) · 312 exchanges in 2.1 s · seed 42',
  );
});

test.each([
  ['conformant', 850, '850 ms'],
  ['inconclusive', 185_000, '3 min 5 s'],
] as const)('a run that is %s says so first', (verdict, durationMs, shown) => {
  const { run, summary } = reportOf([]);
  const report = reportOf([], { run: { ...run, durationMs }, summary: { ...summary, verdict } });
  expect(linesOf(report).at(-2)).toMatch(new RegExp(`^${verdict}: .* in ${shown} `));
});

test('the summary counts by group of subjects and level, the groups in the order of the page', () => {
  const lines = linesOf(
    reportOf([
      clauseOf({ id: 'robustness.answered', verdict: 'not-exercised', reason: 'none' }),
      clauseOf({ id: 'status.documented' }),
      clauseOf({ id: 'header.content-type.json', level: 'recommended' }),
      failing('config.timeout.refused', { level: 'recommended' }),
      failing('body.dependencies[].type'),
      clauseOf({ id: 'body.type' }),
    ]),
  );
  const rows = lines.filter(line => /^[✓✗!–] /u.test(line)).map(line => line.replace(/ +/g, ' '));
  expect(rows).toEqual([
    '✗ body 1 1 · · · ·',
    '! config · · · · 1 ·',
    '✓ status, header 1 · · 1 · ·',
    '– robustness · · 1 · · ·',
    '✗ all 2 1 1 1 1 ·',
  ]);
});

test('findings come worst first, known ones marked and after the others of their level', () => {
  const lines = linesOf(
    reportOf([
      failing('body.undocumented', { level: 'informative' }),
      failing('body.known.type', { known: true }),
      failing('state.listed.once', { level: 'recommended' }),
      failing('body.new.type'),
    ]),
  );
  const heads = lines.filter(line => /^(?:required|recommended|informative) +\S+\.\S/.test(line));
  expect(heads.map(line => line.replace(/ +/g, ' '))).toEqual([
    'required body.new.type',
    'required body.known.type known failure',
    'recommended state.listed.once',
    'informative body.undocumented',
  ]);
  expect(lines).toContain('Findings: 2 required, 1 recommended, 1 informative');
});

test('a finding tells the requirement, where it stands, what happened and how to see it again', () => {
  const lines = linesOf(
    withFinding({
      message: 'timeout is 2; documented: 3..259200',
      pointer: '/timeout',
      counterexample: { timeout: 2 },
      seed: 7,
      path: '3:1:0',
      exchange: {
        request: {
          method: 'POST',
          url: 'http://127.0.0.1:8080/v2/p',
          headers: { 'x-auth-token': '$FGS_TOKEN' },
        },
        response: { status: 200, headers: {} },
        failure: { kind: 'reset', message: 'socket hang up' },
      },
    }),
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'the sentence of body.timeout.range',
      'Table 4, row a row · 1 violation in 57 exchanges',
      'timeout is 2; documented: 3..259200',
      'at              /timeout',
      'counterexample  {"timeout":2}',
      'seed            7, path 3:1:0',
      'sent            POST /v2/p',
      'answered        200 OK, then reset (socket hang up)',
      `curl -X POST -i 'http://127.0.0.1:8080/v2/p' -H "X-Auth-Token: $FGS_TOKEN"`,
    ]),
  );
});

test('the command of the report is printed as it is, on one line, unless nobody could copy it', () => {
  const reproduce = `curl -X POST '${'x'.repeat(500)}'`;
  expect(linesOf(withFinding({ message: 'm', reproduce }))).toContain(reproduce);
  const text = terminalReport(withFinding({ message: 'm', reproduce: 'x'.repeat(20_000) }), PLAIN);
  expect(text).toContain('has 20000 characters: see report.json');
  expect(text.length).toBeLessThan(2000);
});

test('many failed clauses are named, the first ones told in full', () => {
  const clauses = Array.from({ length: 200 }, (_, index) => failing(`body.m${index}.type`));
  const text = terminalReport(reportOf(clauses), PLAIN);
  for (const { id } of clauses) expect(text).toContain(`${id}\n`);
  expect(text).toContain('message of body.m24.type');
  expect(text).not.toContain('message of body.m25.type');
});

test('what was not exercised is grouped by reason, most first, with ids when they are few', () => {
  const open = (id: string, reason?: string) =>
    clauseOf({ id, verdict: 'not-exercised', ...(reason === undefined ? {} : { reason }) });
  const many = Array.from({ length: 12 }, (_, index) =>
    open(`config.m${index}.accepted`, 'no provider states'),
  );
  const lines = linesOf(
    reportOf([open('request.permission.forbidden', 'no second token'), ...many, open('state.listed.once')]),
  );
  const section = lines.slice(lines.indexOf('Not exercised: 14 clauses') + 1);
  expect(section.slice(0, 6)).toEqual([
    '12  no provider states',
    'config.m0.accepted, config.m1.accepted, config.m2.accepted, +9 more',
    '1  no second token',
    'request.permission.forbidden',
    '1  no reason was given',
    'state.listed.once',
  ]);
});

test('lines fit the terminal, but for the command and the verdict', () => {
  const long = 'word '.repeat(100) + 'x'.repeat(300);
  const exchange = { request: { method: 'POST', url: `/${'segment/'.repeat(40)}`, headers: {} } };
  const report = reportOf([
    failing('body.a.type', { title: long, findings: [{ message: long, counterexample: long, exchange }] }),
    clauseOf({ id: 'body.b.type', verdict: 'not-exercised', reason: long }),
  ]);
  const lines = terminalReport(report, PLAIN).trimEnd().split('\n').slice(0, -1);
  for (const line of lines.filter(each => !each.startsWith('    curl'))) {
    expect(columnsOf(line)).toBeLessThanOrEqual(80);
  }
});

test('whatever a target sent is shown escaped, and cannot add a line', () => {
  const forged = 'x\r\nconformant: all is well\u001b[2J\u202e';
  const text = terminalReport(withFinding({ message: forged, counterexample: { [forged]: forged } }), PLAIN);
  expect(text).toContain('    x\\r\\nconformant: all is well\\u001b[2J\\u202e\n');
  expect(text.split('\n').filter(line => line.trim().startsWith('conformant'))).toEqual([]);
});

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('\u001b]0;title\u0007', '\u009b31m', '\u202e', '\0', '\r\n\u001b[1A', 'a'.repeat(5000)),
);

const hostileReport = fc
  .record({
    title: hostileText,
    endpoint: hostileText,
    reason: hostileText,
    message: hostileText,
    pointer: hostileText,
    counterexample: fc.dictionary(hostileText, fc.oneof(hostileText, fc.jsonValue())),
    path: hostileText,
    method: hostileText,
    url: hostileText,
    header: hostileText,
    body: hostileText,
    reproduce: fc.option(hostileText, { nil: undefined }),
  })
  .map(({ title, endpoint, reason, message, pointer, counterexample, path, reproduce, ...sent }) => {
    const request = {
      method: sent.method,
      url: sent.url,
      headers: { [sent.header]: sent.header },
      body: sent.body,
    };
    const exchange = { request, failure: { kind: 'malformed' as const, message: sent.header } };
    const finding = { message, pointer, counterexample, path, exchange };
    const base = reportOf([
      failing(`body.${title}`, {
        title,
        source: { table: title, row: title },
        findings: [reproduce === undefined ? finding : { ...finding, reproduce }],
      }),
      clauseOf({ id: title, verdict: 'not-exercised', reason }),
    ]);
    return {
      ...base,
      page: { title, id: title },
      target: { endpoint, arranged: endpoint },
      summary: { ...base.summary, reason },
    };
  });

test('no control character of a report survives, and its text is bounded', () => {
  fc.assert(
    fc.property(hostileReport, report => {
      const text = terminalReport(report, PLAIN);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(text.length).toBeLessThan(60_000);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('colour adds colour codes and nothing else', () => {
  const ours = new RegExp(`${String.fromCodePoint(27)}\\[\\d{1,2}m`, 'g');
  fc.assert(
    fc.property(hostileReport, report => {
      const coloured = terminalReport(report, { colour: true, width: 80 });
      expect(coloured).toMatch(ours);
      expect(coloured.replaceAll(ours, '')).toBe(terminalReport(report, PLAIN));
    }),
    { seed: 1, numRuns: 30 },
  );
});

test('each command of a finding that takes several is a line of its own', () => {
  const lines = linesOf(withFinding({ message: 'x', reproduce: "curl -X PUT 'a'\ncurl -X POST 'b'" }));
  expect(lines).toContain("curl -X PUT 'a'");
  expect(lines).toContain("curl -X POST 'b'");
});
