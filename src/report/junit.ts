/** JUnit XML, as CI servers read it: nothing in it that a strict reader does not know. */

import type { Report, ReportedClause, ReportedFinding } from '../verdict/report.ts';
import { expectReport } from '../verdict/report-argument.ts';
import { failsRun } from '../verdict/verdict.ts';
import { LONGEST_SCRIPT } from './bounds.ts';
import { curlLine } from './curl.ts';
import { counted } from './layout.ts';
import { type Markup, markup, multiline, textOf } from './markup.ts';
import { cut, excerpt } from './printable.ts';
import { bySubjectGroup } from './subject-groups.ts';
import { seedOf } from './tallies.ts';

/** A test case with what a reader counts. */
interface TestCase {
  readonly outcome: 'pass' | 'skipped' | 'failure' | 'error';
  readonly element: Markup;
  /** What a reader should know although nothing failed. */
  readonly note?: string;
}

const checkReport = expectReport('junitReport');

/**
 * The report as JUnit XML: a suite for each group of subjects, a test case for each clause. A clause that
 * fails the run is a failure; one that was not exercised, or whose failure is known, is skipped; one that
 * fails without failing the run passes, and the output of its suite says so.
 *
 * When the run is not conformant although no clause fails it, one more test case says why: CI must not
 * show green then.
 */
export function junitReport(report: Report): string {
  checkReport(report);
  const groups = bySubjectGroup(report.clauses).map(
    ([group, clauses]) => [group, clauses.map(clause => testCaseOf(clause, group, report))] as const,
  );
  const suites = [
    ...groups,
    ...suiteOfRun(
      report,
      groups.flatMap(([, cases]) => cases),
    ),
  ];
  const { tests, failures, errors } = countsOf(suites.flatMap(([, cases]) => cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${textOf(
    markup`<testsuites name="${excerpt(report.tool.name, 100)}" tests="${tests}" failures="${failures}" errors="${errors}" time="${seconds(report)}">
${suites.map(([name, cases], id) => suiteInXml(name, cases, id, report))}</testsuites>`,
  )}\n`;
}

function seconds({ run }: Report): string {
  return (run.durationMs / 1000).toFixed(3);
}

function countsOf(cases: readonly TestCase[]) {
  const count = (outcome: TestCase['outcome']) => cases.filter(each => each.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

function suiteInXml(name: string, cases: readonly TestCase[], id: number, report: Report): Markup {
  const { run, target } = report;
  const { tests, failures, errors, skipped } = countsOf(cases);
  const seed = seedOf(run);
  const properties: readonly (readonly [string, string])[] = [
    ['endpoint', target.endpoint],
    ['profile', run.profile],
    ...(seed === undefined ? [] : [['seed', String(seed)] as const]),
  ];
  const notes = cases.flatMap(({ note }) => (note === undefined ? [] : [note]));
  return markup`<testsuite name="${name}" package="${excerpt(report.tool.name, 100)}" id="${id}" timestamp="${timestampOf(run.startedAt)}" hostname="${hostOf(target.endpoint)}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="0">
<properties>
${properties.map(([property, value]) => markup`<property name="${property}" value="${excerpt(value, 500)}"/>\n`)}</properties>
${cases.map(({ element }) => element)}<system-out>${multiline(notes.join('\n'))}</system-out>
<system-err></system-err>
</testsuite>
`;
}

function hostOf(endpoint: string): string {
  return (URL.canParse(endpoint) && new URL(endpoint).hostname) || 'unknown';
}

/** Strict readers take neither fractions of a second nor a zone. */
function timestampOf(startedAt: string): string {
  const time = new Date(startedAt);
  return (Number.isNaN(time.getTime()) ? new Date(0) : time).toISOString().slice(0, 19);
}

/** A note stands among others in the output of its suite. */
const LONGEST_NOTE = 16_000;

function testCaseOf(clause: ReportedClause, group: string, report: Report): TestCase {
  const { verdict, level, title, known, reason = 'no reason was given', findings } = clause;
  const message = findings[0]?.message ?? title;
  if (verdict === 'not-exercised') return skipped(clause, group, `not exercised: ${reason}`);
  if (verdict === 'pass') return { outcome: 'pass', element: element(clause.id, group) };
  if (known) return skipped(clause, group, `known failure: ${message}`);
  if (failsRun(clause, report.run.failOn ?? 'required')) {
    const content = markup`<failure message="${excerpt(message, 1000)}" type="${level}">${multiline(story(clause, report))}</failure>`;
    return { outcome: 'failure', element: element(clause.id, group, content) };
  }
  // Neither passed nor failed: what readers of JUnit show beside the rest is what was skipped, and why.
  const note = `${clause.id} (${level}) fails without failing the run:\n${story(clause, report)}`;
  return {
    ...skipped(clause, group, `${level}, fails without failing the run: ${message}`),
    note: cut(note, LONGEST_NOTE),
  };
}

function skipped({ id }: ReportedClause, group: string, why: string): TestCase {
  return {
    outcome: 'skipped',
    element: element(id, group, markup`<skipped message="${excerpt(why, 1000)}"/>`),
  };
}

function element(name: string, group: string, content?: Markup): Markup {
  const start = markup`<testcase name="${excerpt(name, 300)}" classname="${group}" time="0"`;
  return content === undefined ? markup`${start}/>\n` : markup`${start}>${content}</testcase>\n`;
}

/** All that a person needs who sees nothing but this failure. */
function story(clause: ReportedClause, { target }: Report): string {
  const { title, source, violations, exercised, findings } = clause;
  return [
    `${title} (${source.table}, row ${source.row})`,
    `${counted(violations, 'violation')} in ${counted(exercised, 'exchange')}`,
    ...findings.flatMap(finding => ['', ...findingLines(finding, target.endpoint)]),
  ].join('\n');
}

function findingLines({ message, pointer, exchange, reproduce }: ReportedFinding, endpoint: string) {
  const command = reproduce ?? (exchange === undefined ? undefined : curlLine(exchange.request, endpoint));
  return [
    cut(message, 1000),
    ...(pointer === undefined || pointer === '' ? [] : [`at ${cut(pointer, 500)}`]),
    ...(exchange?.response === undefined ? [] : [`answered with ${exchange.response.status}`]),
    ...(command === undefined ? [] : [cut(command, LONGEST_SCRIPT)]),
  ];
}

/** Why the run is not conformant, when no clause says so. */
function suiteOfRun(
  { summary }: Report,
  cases: readonly TestCase[],
): readonly (readonly [string, readonly TestCase[]])[] {
  if (summary.verdict === 'conformant' || cases.some(({ outcome }) => outcome === 'failure')) return [];
  const message = excerpt(summary.reason, 1000);
  const isError = summary.verdict === 'inconclusive';
  const content = isError
    ? markup`<error message="${message}" type="inconclusive"></error>`
    : markup`<failure message="${message}" type="nonconformant"></failure>`;
  return [
    ['run', [{ outcome: isError ? 'error' : 'failure', element: element('run.verdict', 'run', content) }]],
  ];
}
