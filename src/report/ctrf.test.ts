import { type CTRFReport, validateStrict } from 'ctrf';
import { expect, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import { ctrfReport } from './ctrf.ts';
import { failingReport, reportOf, reportWith } from './example.test.reports.ts';

test.each([
  ['failing', failingReport()],
  ['passing', reportWith()],
  ['empty', reportOf([])],
  ['without a time', reportOf(failingReport().clauses, { startedAt: 'yesterday' })],
])('a report that is %s is valid', (_, report) => {
  expect(() => validateStrict(JSON.parse(ctrfReport(report)))).not.toThrow();
});

test('each clause is a test, and the counts say what is there', () => {
  const ctrf: CTRFReport = JSON.parse(ctrfReport(failingReport()));
  const { tests, summary } = ctrf.results;
  expect(summary).toMatchObject({ tests: clauses.length, failed: 4, skipped: 2, other: 3 });
  expect(tests.find(({ name }) => name === 'body.memory_size.values')).toMatchObject({
    status: 'failed',
    suite: ['body'],
    message: expect.stringMatching(/^memory_size is 129/),
  });
  expect(tests.find(({ name }) => name === 'request.permission.forbidden')).toMatchObject({
    status: 'skipped',
    message: 'no --forbidden-token was given',
  });
});
