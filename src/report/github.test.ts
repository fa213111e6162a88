import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import { failed, failingReport, reportOf, reportWith } from './example.test.reports.ts';
import { githubAnnotations, githubSummary, tellGithub } from './github.ts';

const HOSTILE = '%0A::error::x\r\n::set-output name=a::b | `</td>` <img src=x> ![a](http://x) @everyone';

test('the summary has the verdict, the counts and what fails', () => {
  const summary = githubSummary(failingReport());
  expect(summary).toMatch(/^# ❌ nonconformant: Publishing a Function Version\n/);
  expect(summary).toContain(`| all | ${clauses.length - 9} | 7 | 2 |`);
  expect(summary).toMatch(/\| `body\.memory_size\.values` \| required \| `memory_size is 129; /);
  expect(summary).toContain('| `state.snapshot.frozen` | recommended, known |');
  expect(summary).toContain('| 1 | `no --forbidden-token was given` |');
});

test('a conformant report has nothing that fails', () => {
  const summary = githubSummary(reportWith());
  expect(summary).toMatch(/^# ✅ conformant/);
  expect(summary).not.toMatch(/Failing|Not exercised/);
});

test('what a target sent is one cell of code, whatever it is', () => {
  const summary = githubSummary(reportWith({ 'body.type': failed({ message: HOSTILE }) }));
  const [line = ''] = summary.split('\n').filter(each => each.includes('`body.type`'));
  expect(line).toBe(
    '| `body.type` | required | `` %0A::error::x\\r\\n::set-output name=a::b \\| `</td>` <img src=x> ![a](http://x) @everyone `` | Table 4, row Parameter |',
  );
});

test('a summary stays below what GitHub takes', () => {
  const message = '`|&<'.repeat(10_000);
  const report = reportWith(Object.fromEntries(clauses.map(({ id }) => [id, failed({ message })])));
  expect(githubSummary(report).length).toBeLessThan(200_000);
  expect(githubSummary(report)).toContain(`and ${clauses.length - 100} more`);
});

test('annotations are errors, warnings and notices', () => {
  const lines = githubAnnotations(failingReport()).trimEnd().split('\n');
  expect(lines.map(line => line.split('::')[1]?.split(' ')[0])).toEqual([
    ...Array(4).fill('error'),
    'warning',
    'notice',
    'notice',
  ]);
  expect(lines).toContain(
    '::error title=request.function_urn.absent (required)::the status is 500; documented: 404',
  );
});

test('an annotation cannot become another command', () => {
  const [first] = reportWith({ 'body.type': failed({ message: HOSTILE }) }).clauses;
  const report = reportOf(first === undefined ? [] : [{ ...first, id: 'a:b,c%\n::d' }]);
  const annotations = githubAnnotations(report);
  expect(annotations.split('\n')).toHaveLength(2);
  expect(annotations).toMatch(
    /^::error title=a%3Ab%2Cc%25\\n%3A%3Ad \(required\)::%250A::error::x\\r\\n::set-output/,
  );
});

test('ten of a kind are all that GitHub shows', () => {
  const report = reportWith(Object.fromEntries(clauses.map(({ id }) => [id, failed({ message: 'x' })])));
  expect(githubAnnotations(report).match(/^::error /gm)).toHaveLength(10);
});

test('a run that is not conformant without a failing clause is an error', () => {
  const report = reportOf([]);
  expect(githubAnnotations(report)).toBe(
    '::error title=fgs-conformance::inconclusive: no clause was exercised\n',
  );
  expect(githubAnnotations(reportWith())).toBe('');
});

test('GitHub is told where it is, and nobody elsewhere', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'github-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const file = join(dir, 'summary.md');
  const report = failingReport();
  expect(await tellGithub(report, {})).toEqual({ annotations: '' });
  expect(await tellGithub(report, { GITHUB_ACTIONS: 'true' })).toEqual({
    annotations: githubAnnotations(report),
  });
  await tellGithub(report, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file });
  await tellGithub(report, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file });
  const told = await tellGithub(report, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: dir });
  expect(told.problem).toBe(`The step summary ${dir} cannot be written: it is a folder, not a file.`);
  expect(await readFile(file, 'utf8')).toBe(`${githubSummary(report)}\n`.repeat(2));
});
