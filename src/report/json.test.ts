import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../verdict/report.ts';
import { parseReport, writeReport } from './json.ts';
import { type ReportJson, reportSchema } from './report-schema.ts';

const report: Report = {
  tool: { name: 'fgs-conformance', version: '1.0.0' },
  page: { title: 'Publishing a Function Version', id: 'functiongraph_06_0144' },
  target: { endpoint: 'http://127.0.0.1:8080', arranged: 'api' },
  run: {
    profile: 'smoke',
    seed: -42,
    startedAt: '2026-01-02T03:04:05Z',
    durationMs: 2100.5,
    exchanges: 2,
    failOn: 'recommended',
  },
  summary: {
    verdict: 'nonconformant',
    reason: '1 required clause failed',
    clauses: { total: 2, pass: 0, fail: 1, 'not-exercised': 1 },
  },
  clauses: [
    {
      id: 'body.timeout.range',
      subject: 'body.timeout',
      level: 'required',
      title: 'timeout is 3..259200',
      source: { table: 'Table 4', row: 'timeout' },
      verdict: 'fail',
      exercised: 2,
      violations: 1,
      known: false,
      findings: [
        {
          message: 'timeout is 2',
          pointer: '/timeout',
          counterexample: null,
          seed: 42,
          path: '0:1',
          exchange: {
            request: { method: 'POST', url: '/', headers: { a: 'b' }, body: 'AA==', bodyEncoding: 'base64' },
            response: { status: 200, headers: {}, body: '{}' },
            failure: { kind: 'reset', message: 'closed' },
            durationMs: 1.5,
          },
          reproduce: 'curl',
        },
      ],
    },
    {
      id: 'request.permission.forbidden',
      subject: 'request.permission',
      level: 'required',
      title: 'a token without permission is answered with 403',
      source: { table: 'Status Codes', row: '403' },
      verdict: 'not-exercised',
      reason: 'there is no such token',
      exercised: 0,
      violations: 0,
      known: false,
      findings: [],
    },
  ],
};

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('what is written can be read again, and nothing else is left in the directory', async () => {
  const out = join(dir, 'made', 'on the way');
  expect(await writeReport(report, out)).toBe(join(out, 'report.json'));
  await writeReport(report, out);
  expect(readdirSync(out)).toEqual(['report.json']);
  expect(parseReport(readFileSync(join(out, 'report.json'), 'utf8'))).toEqual(report);
});

test('a directory that is a file is named as such', async () => {
  const file = join(dir, 'file');
  writeFileSync(file, '');
  await expect(writeReport(report, file)).rejects.toThrow(
    /^.*report\.json cannot be written: .*file is, or lies in, a file/,
  );
  await expect(writeReport(report, join(file, 'below'))).rejects.toThrow(/is, or lies in, a file/);
  expect(readFileSync(file, 'utf8')).toBe('');
});

test('a report.json that is a directory stays, and no unfinished file with it', async () => {
  mkdirSync(join(dir, 'report.json'));
  await expect(writeReport(report, dir)).rejects.toThrow(
    /report\.json cannot be written: it is a directory\.$/,
  );
  expect(readdirSync(dir)).toEqual(['report.json']);
});

test('what cannot be written leaves the report that was there', async () => {
  await writeReport(report, dir);
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const [first, ...others] = report.clauses;
  if (first === undefined) throw new Error('The report has no clause.');
  const broken = {
    ...report,
    clauses: [{ ...first, findings: [{ message: '', counterexample: circular }] }, ...others],
  };
  await expect(writeReport(broken, dir)).rejects.toThrow();
  expect(parseReport(readFileSync(join(dir, 'report.json'), 'utf8'))).toEqual(report);
});

test.each([
  ['not JSON', '{', 'it is not JSON'],
  ['an array', '[]', 'it must be an object'],
  ['an empty object', '{}', 'it has no "tool"'],
  ['null', 'null', 'it must be an object'],
])('%s is no report', (_, text, problem) => {
  expect(() => parseReport(text)).toThrow(`This is no report of fgs-conformance: ${problem}.`);
});

test('a member that is wrong is named, with what is allowed', () => {
  const text = JSON.stringify(report);
  expect(() => parseReport(text.replace('"nonconformant"', '"nonconforming"'))).toThrow(
    'This is no report of fgs-conformance: /summary/verdict must be one of conformant, nonconformant, inconclusive.',
  );
  expect(() => parseReport(text.replace('"status":200', '"status":"200"'))).toThrow(
    '/clauses/0/findings/0/exchange/response/status must be a whole number',
  );
});

test('an error about a hostile member is printable', () => {
  const hostile = JSON.stringify(report).replace('"headers":{"a":"b"}', '"headers":{"\\u001b[2J":1}');
  expect(() => parseReport(hostile)).toThrow('/headers/\\u001b[2J must be a text');
});

test('a report of a later version with more members is read', () => {
  const later = { ...report, signature: 'x', run: { ...report.run, shard: '1/2' } };
  expect(parseReport(JSON.stringify(later))).toEqual(later);
});

test('the schema is a valid one, and allows what a report is typed to be', () => {
  expect(new Ajv2020().validateSchema(reportSchema)).toBe(true);
  // Checked by the compiler: the schema and the type say the same.
  const typed = (value: ReportJson): Report => value;
  expect(typed(JSON.parse(JSON.stringify(report)))).toEqual(report);
});
