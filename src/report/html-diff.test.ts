import { expect, test } from 'vitest';
import { diffReports } from '../verdict/diff.ts';
import { choosing, failed, notExercised, reportWith } from './example.test.reports.ts';
import { htmlDiff } from './html-diff.ts';

const before = reportWith({ 'body.type': failed({ message: 'it is a list' }) });
const after = reportWith({
  'body.cpu.type': failed({ message: 'cpu is <b>"300"</b>' }),
  'robustness.answered': notExercised('too slow'),
});

test('two reports stand side by side: both verdicts, and each clause that changed', () => {
  const html = htmlDiff(before, after, diffReports(before, after));
  expect(html.match(/class="word">nonconformant/g)).toHaveLength(2);
  expect(html).toMatch(/Newly failing: 1[\s\S]*Fixed: 1[\s\S]*No longer exercised: 1/);
  expect(html).toMatch(/it is a list<\/p><\/td><td class="pass required">/);
  expect(html).toContain('cpu is &lt;b&gt;');
  expect(html).not.toContain('<b>"300"');
});

test('that one report was of some clauses only is one line', () => {
  const part = { ...after, clauses: after.clauses.filter(({ id }) => id === 'body.cpu.type') };
  const html = htmlDiff(before, part, diffReports(before, part));
  expect(html).toMatch(/The new report was not asked for \d+ clauses of the old one\./);
  expect(html).not.toContain('No longer exercised');
});

test('choices that changed stand side by side', () => {
  const [old, now] = [choosing({ times: { 'RFC 3339': 1 } }), choosing({ times: { '<b>now</b>': 1 } })];
  const html = htmlDiff(old, now, diffReports(old, now));
  expect(html).toContain('Changed choices: 1');
  expect(html).toMatch(/<td>RFC 3339<\/td><td>&lt;b&gt;now&lt;\/b&gt;<\/td>/);
});
