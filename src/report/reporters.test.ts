import { expect, test } from 'vitest';
import { failingReport } from './example.test.reports.ts';
import { parseReport } from './json.ts';
import { reporterNames, reporters } from './reporters.ts';

const OPTIONS = { colour: false, width: 80 };

test('the forms of a report have names, and files of their own', () => {
  expect(reporterNames).toEqual(['terminal', 'json', 'html', 'junit', 'sarif', 'har', 'ctrf', 'github']);
  const files = Object.values(reporters).flatMap(({ file }) => file ?? []);
  expect(new Set(files).size).toBe(files.length);
});

test.each(Object.entries(reporters))('%s can be made of a report.json later', (_, { render }) => {
  const report = failingReport();
  const stored = parseReport(JSON.stringify(report));
  expect(render(stored, OPTIONS)).toBe(render(report, OPTIONS));
  expect(render(stored, OPTIONS)).toMatch(/\S\n$/);
});
