import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { clauses, exclusions } from '../page/catalogue.ts';
import type { Report } from '../verdict/report.ts';
import { failed, failingReport, publication, reportOf, reportWith } from './example.test.reports.ts';
import { htmlReport } from './html.ts';

/** The row of a clause, from its start to the next one. */
function rowOf(report: Report, id: string): string {
  const [, row = ''] = htmlReport(report).split(`id="${id}"`);
  return row.split('<details class="clause')[0] ?? '';
}

function marked(report: Report, id: string): readonly string[] {
  return [...rowOf(report, id).matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, text = '']) =>
    text.replace(/<[^>]*>/g, '').replaceAll('&quot;', '"'),
  );
}

test('the policy allows the style sheet and the script of the file, and nothing else', () => {
  const html = htmlReport(failingReport());
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  const hashOf = (element: string) => {
    const [, text = ''] = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(html) ?? [];
    return `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
  };
  expect(policy).toContain('default-src &#39;none&#39;');
  expect(policy).toContain(`style-src ${hashOf('style')};`);
  expect(policy).toContain(`script-src ${hashOf('script')};`);
  expect(html).not.toMatch(/<[^>]+ (?:style|on\w+)=/);
  expect(html.replaceAll("xmlns='http://www.w3.org", '')).not.toMatch(/(?:src|href)="(?!#|data:)/);
});

test('every clause is a row, and what is not checked stands in its table with the reason', () => {
  const html = htmlReport(reportWith());
  for (const { id } of [...clauses, ...exclusions]) expect(html).toContain(`id="${id}"`);
  expect(html).toContain(exclusions[0]?.excluded);
});

test('a report of a few clauses says nothing of the rest of the page', () => {
  const few = reportOf(reportWith().clauses.slice(0, 3));
  expect(htmlReport(few)).not.toContain('no clause of its own');
  expect(htmlReport(few)).not.toContain('Table 5');
});

test('a row has what the page says, our ruling, and how often it was exercised', () => {
  const row = rowOf(reportWith(), 'body.runtime.values');
  const clause = clauses.find(({ id }) => id === 'body.runtime.values');
  expect(clause?.says).toBeDefined();
  expect(row).toContain(`<dt>The page says</dt><dd>${clause?.says?.replaceAll("'", '&#39;')}`);
  expect(row).toContain('<dt>Our ruling</dt>');
  expect(row).toContain('57 exchanges');
});

test.each([
  ['body.memory_size.values', ['"memory_size": 129']],
  ['body.func_urn.present', ['/func_urn']],
  ['request.function_urn.absent', ['500']],
  ['header.content-type.error', ['content-type: text/html']],
  ['robustness.answered', ['timeout']],
])('%s has the offence marked', (id, expected) => {
  expect(marked(failingReport(), id)).toEqual(expected);
});

test('a configuration that was wrongly accepted has its member marked in the request', () => {
  const exchange = {
    request: {
      method: 'PUT',
      url: '/config',
      headers: {},
      body: '{"timeout":2,"strategy_config":{"concurrency":-2}}',
    },
    response: { status: 200, headers: {}, body: '{"timeout":2}' },
  };
  const report = reportWith({
    'config.timeout.refused': failed({ message: 'timeout 2 was accepted with 200', exchange }),
    'config.strategy_config.concurrency.refused': failed({
      message: 'concurrency -2 was accepted',
      exchange,
    }),
  });
  expect(marked(report, 'config.timeout.refused')).toEqual(['"timeout": 2', '200']);
  expect(marked(report, 'config.strategy_config.concurrency.refused')).toEqual(['"concurrency": -2', '200']);
});

test('of a large body the part around the offence is shown', () => {
  const body = JSON.stringify({ before: 'a'.repeat(50_000), timeout: 2, after: 'b'.repeat(50_000) });
  const report = reportWith({
    'body.timeout.range': failed({ message: 'x', pointer: '/timeout', exchange: publication(body) }),
  });
  expect(marked(report, 'body.timeout.range')).toEqual(['"timeout": 2']);
  expect(rowOf(report, 'body.timeout.range').match(/characters more/g)).toHaveLength(2);
});

test('bytes that are no text are shown as bytes', () => {
  const exchange = {
    ...publication(''),
    response: { status: 200, headers: {}, body: '/w==', bodyEncoding: 'base64' as const },
  };
  const report = reportWith({ 'robustness.readable': failed({ message: 'x', exchange }) });
  expect(rowOf(report, 'robustness.readable')).toContain('1 byte, no text, in base64:');
});
