/** The report where GitHub Actions shows it: the summary of a step, and annotations. */

import { appendFile } from 'node:fs/promises';
import type { ClauseVerdict, Report, ReportedClause, RunVerdict } from '../verdict/report.ts';
import { expectReport } from '../verdict/report-argument.ts';
import { failsRun } from '../verdict/verdict.ts';
import { fileTrouble } from '../words/file-trouble.ts';
import { LONGEST_SCRIPT } from './bounds.ts';
import { sourceInWords } from './catalogue.ts';
import { counted } from './layout.ts';
import { codeSpan, fenced, folded, inMarkdown, markdownTable } from './markdown.ts';
import { cut, excerpt } from './printable.ts';
import { bySubjectGroup } from './subject-groups.ts';
import { countsByLevel, failedClauses, reasonsNotExercised, seedOf } from './tallies.ts';

const MARK: Readonly<Record<RunVerdict, string>> = {
  conformant: '✅',
  nonconformant: '❌',
  inconclusive: '⚠️',
};

/** A summary is at most a megabyte; nobody reads as much. */
const MOST_FAILED = 100;
const MOST_REASONS = 20;
const MOST_SCRIPTS = 20;

const checkSummarized = expectReport('githubSummary');

/** The report as the Markdown of a step summary. Whatever a target sent stands in code. */
export function githubSummary(report: Report): string {
  checkSummarized(report);
  const { summary, page, target, run, clauses } = report;
  const seed = seedOf(run);
  const facts = `${counted(run.exchanges, 'exchange')}, profile ${inMarkdown(run.profile)}, ${seed === undefined ? '' : `seed ${seed}, `}target ${codeSpan(cut(target.endpoint, 200))}`;
  const parts = [
    `# ${MARK[summary.verdict]} ${summary.verdict}: ${inMarkdown(page.title)}\n`,
    `${codeSpan(cut(summary.reason, 1000))}\n`,
    countsTable(clauses),
    failedSection(clauses),
    scriptsSection(clauses),
    notExercisedSection(clauses),
    `<sub>${facts}</sub>\n`,
  ];
  return parts.filter(part => part !== '').join('\n');
}

const VERDICTS: readonly ClauseVerdict[] = ['pass', 'fail', 'not-exercised'];

function countsTable(clauses: readonly ReportedClause[]): string {
  const countsOf = (members: readonly ReportedClause[]) =>
    VERDICTS.map(verdict => String(members.filter(clause => clause.verdict === verdict).length));
  const rows = bySubjectGroup(clauses).map(([group, members]) => [group, ...countsOf(members)]);
  return markdownTable(
    'Clauses',
    ['', 'pass', 'fail', 'not exercised'],
    [...rows, ['all', ...countsOf(clauses)]],
  );
}

function failedSection(clauses: readonly ReportedClause[]): string {
  const failed = failedClauses(clauses);
  if (failed.length === 0) return '';
  const rows = failed
    .slice(0, MOST_FAILED)
    .map(({ id, level, known, title, source, findings }) => [
      codeSpan(cut(id, 200)),
      known ? `${level}, known` : level,
      codeSpan(cut(findings[0]?.message ?? title, 400)),
      inMarkdown(cut(sourceInWords(source), 200)),
    ]);
  const table = markdownTable(
    `Failing: ${countsByLevel(failed)}`,
    ['Clause', 'Level', 'Finding', 'Source'],
    rows,
  );
  const more = failed.length - rows.length;
  return more === 0 ? table : `${table}\nand ${more} more\n`;
}

/** The first script of each clause that fails, folded away. */
function scriptsSection(clauses: readonly ReportedClause[]): string {
  const scripts = failedClauses(clauses).flatMap(({ id, findings: [first] }) =>
    first?.reproduce === undefined || first.reproduce.length > LONGEST_SCRIPT
      ? []
      : [[id, first.reproduce] as const],
  );
  return scripts
    .slice(0, MOST_SCRIPTS)
    .map(([id, script]) => folded(`Reproduce ${id}`, fenced('sh', script)))
    .join('\n');
}

function notExercisedSection(clauses: readonly ReportedClause[]): string {
  const reasons = reasonsNotExercised(clauses);
  if (reasons.length === 0) return '';
  const rows = reasons
    .slice(0, MOST_REASONS)
    .map(([reason, members]) => [String(members.length), codeSpan(cut(reason, 300))]);
  return markdownTable('Not exercised', ['Clauses', 'Reason'], rows);
}

/** GitHub shows no more annotations of one kind in a step. */
const MOST_OF_A_KIND = 10;

type Kind = 'error' | 'warning' | 'notice';

/** A workflow command for each failing clause, or for a run that is not conformant without one; a line each. */
export function githubAnnotations(report: Report): string {
  const { clauses, summary, tool } = report;
  const annotated = failedClauses(clauses).map(clause => [kindOf(clause, report), clause] as const);
  const lines = (['error', 'warning', 'notice'] as const).flatMap(kind =>
    annotated
      .filter(([own]) => own === kind)
      .slice(0, MOST_OF_A_KIND)
      .map(([, { id, level, title, findings }]) =>
        command(kind, `${id} (${level})`, findings[0]?.message ?? title),
      ),
  );
  const isTold = summary.verdict === 'conformant' || annotated.some(([kind]) => kind === 'error');
  const all = isTold
    ? lines
    : [command('error', tool.name, `${summary.verdict}: ${summary.reason}`), ...lines];
  return all.map(line => `${line}\n`).join('');
}

function kindOf(clause: ReportedClause, { run }: Report): Kind {
  if (failsRun(clause, run.failOn ?? 'required')) return 'error';
  return clause.level === 'informative' || clause.known ? 'notice' : 'warning';
}

/** What ends a value is escaped, so that nothing in it becomes a command of its own. */
function command(kind: Kind, title: string, message: string): string {
  const data = excerpt(message, 1000).replaceAll('%', '%25');
  const property = excerpt(title, 300).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${kind} title=${property}::${data}`;
}

/** What GitHub Actions is told besides the summary. */
export interface ToldGithub {
  /** To be printed; nothing elsewhere. */
  readonly annotations: string;
  /** Why the summary could not be written, in a sentence. */
  readonly problem?: string;
}

/**
 * Tells GitHub Actions of the report when it runs there: appends the summary to the file that
 * `GITHUB_STEP_SUMMARY` names.
 */
export async function tellGithub(
  report: Report,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ToldGithub> {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY: file } = environment;
  if (GITHUB_ACTIONS !== 'true') return { annotations: '' };
  const annotations = githubAnnotations(report);
  if (!file) return { annotations };
  try {
    await appendFile(file, `${githubSummary(report)}\n`);
    return { annotations };
  } catch (error) {
    return { annotations, problem: `The step summary ${file} cannot be written: ${fileTrouble(error)}.` };
  }
}
