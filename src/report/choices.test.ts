import { expect, test } from 'vitest';
import { choosing, reportWith } from './example.test.reports.ts';
import { hostileReport } from './hostile.test.reports.ts';
import { htmlReport } from './html.ts';
import { parseReport, reportJson } from './json.ts';
import { terminalReport } from './terminal.ts';

const PLAIN = { colour: false, width: 80 };

test('a choice is a line, and one that differs from one time to the next says so', () => {
  const text = terminalReport(
    choosing({ 'malformed-json': { 400: 1, 406: 3 }, times: { 'RFC 3339': 9 } }),
    PLAIN,
  );
  expect(text).toMatch(/^Choices: 2 of \d+ seen$/m);
  expect(text).toMatch(/^ {2}times {17}RFC 3339$/m);
  expect(text).toMatch(
    /^ {2}malformed-json {8}406 \(3 times\), 400 \(once\); differs from one time to the$/m,
  );
});

test('a report of an earlier version, or one that saw no choice, has no such section', () => {
  expect(terminalReport(reportWith(), PLAIN)).not.toContain('Choices');
  expect(terminalReport(choosing({}), PLAIN)).not.toContain('Choices');
  expect(htmlReport(reportWith())).not.toContain('Choices');
});

test('the HTML report has each choice with its answers and an example, escaped', () => {
  const html = htmlReport(choosing({ times: { '<i>never</i>': 2 } }));
  expect(html).toMatch(/Choices: 1 of \d+ seen/);
  expect(html).toContain('Which form has last_modified?');
  expect(html).toContain('&lt;i&gt;never&lt;/i&gt;');
  expect(html).not.toContain('<i>never');
  expect(html).toContain('not seen');
});

test('report.json holds them, and is read again', () => {
  const report = choosing({ 'malformed-json': { 406: 1 } });
  expect(parseReport(reportJson(report)).choices).toEqual(report.choices);
});

test('whatever a target or a forger says in a choice does nothing in the HTML and on the terminal', () => {
  const html = htmlReport(hostileReport());
  const section = /<details class="choices"[\s\S]*?<section id="clauses"/.exec(html)?.[0] ?? '';
  expect(section).toContain('&lt;script&gt;');
  expect(section).not.toMatch(/<(?:script|img|iframe|svg|base|meta|form)\b/);
  expect(terminalReport(hostileReport(), PLAIN)).not.toContain('\u001b');
});
