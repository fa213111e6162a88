import { createRequire } from 'node:module';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { expect, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import type { Report } from '../verdict/report.ts';
import { failed, failingReport, publication, reportOf, reportWith } from './example.test.reports.ts';
import { sarifReport } from './sarif.ts';

const schema: object = createRequire(import.meta.url)(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);
const ajv = new AjvDraft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function problemsOf(report: Report): unknown {
  validate(JSON.parse(sarifReport(report)));
  return validate.errors ?? [];
}

function logOf(report: Report): Log['runs'][number] {
  const log: Log = JSON.parse(sarifReport(report));
  const [run] = log.runs;
  if (run === undefined) throw new Error('there is no run');
  return run;
}

test.each([
  ['failing', failingReport()],
  ['passing', reportWith()],
  ['empty', reportOf([])],
  ['without a time', reportOf(failingReport().clauses, { startedAt: 'yesterday' })],
  [
    'of bytes',
    reportWith({
      'robustness.readable': failed({
        message: '\u0000\ud800',
        exchange: {
          ...publication(''),
          response: { status: 200, headers: {}, body: '/w==', bodyEncoding: 'base64' },
        },
      }),
    }),
  ],
])('a report that is %s is valid', (_, report) => {
  expect(problemsOf(report)).toEqual([]);
});

test('each clause is a rule, and each that fails a result of its level', () => {
  const run = logOf(failingReport());
  expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(clauses.map(({ id }) => id));
  const levels = Object.fromEntries(run.results?.map(({ ruleId, level }) => [ruleId, level]) ?? []);
  expect(levels).toMatchObject({
    'body.memory_size.values': 'error',
    'header.content-type.error': 'warning',
    'body.undocumented': 'note',
  });
  expect(Object.keys(levels)).toHaveLength(7);
  for (const { ruleId, ruleIndex = -1 } of run.results ?? []) {
    expect(run.tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
  }
});

test('a result has the request, the answer and whether the failure is known', () => {
  const results = logOf(failingReport()).results ?? [];
  const resultOf = (id: string) => results.find(({ ruleId }) => ruleId === id);
  expect(resultOf('request.function_urn.absent')).toMatchObject({
    message: { text: 'the status is 500; documented: 404' },
    webRequest: { method: 'POST' },
    webResponse: { statusCode: 500, body: { text: expect.stringContaining('FSS.0500') } },
  });
  expect(resultOf('robustness.answered')?.webResponse).toEqual({ noResponseReceived: true });
  expect(resultOf('state.snapshot.frozen')?.suppressions).toHaveLength(1);
  expect(resultOf('body.memory_size.values')?.suppressions).toBeUndefined();
});

test('an inconclusive run was not successful', () => {
  const report = reportWith();
  const inconclusive = { ...report, summary: { ...report.summary, verdict: 'inconclusive' as const } };
  expect(logOf(report).invocations?.[0]?.executionSuccessful).toBe(true);
  expect(logOf(inconclusive).invocations?.[0]?.executionSuccessful).toBe(false);
});
