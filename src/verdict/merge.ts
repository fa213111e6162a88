import { createChoiceEvidence } from './choice-evidence.ts';
import type { ClauseVerdict, FailOn, LeftOut, Report, ReportedClause } from './report.ts';
import { reportedChoices } from './reported-choices.ts';
import { failsRun, LEFT_TO_OTHERS, NOT_SEEN, NOTHING_EXERCISED, summarize } from './verdict.ts';

/** At most so many findings of a clause are kept. */
const KEPT = 3;

/**
 * The reports of the parts of a run, or of several runs, as one. A clause that fails in one of them fails,
 * one that passes in one passes otherwise; counts add up; the run took from the first start to the last end.
 *
 * @throws Error when there is no report, or when they are about different pages
 */
export function mergeReports(reports: readonly Report[]): Report {
  const [first, ...others] = reports;
  if (first === undefined) throw new Error('There is no report to merge.');
  if (others.some(({ page }) => page.id !== first.page.id)) {
    throw new Error('Reports about different pages cannot be merged.');
  }
  const clauses = mergedClauses(reports);
  const failOn = reports.some(({ run }) => run.failOn === 'recommended') ? 'recommended' : first.run.failOn;
  return {
    tool: first.tool,
    page: first.page,
    target: {
      endpoint: distinct(reports.map(({ target }) => target.endpoint)),
      arranged: distinct(reports.map(({ target }) => target.arranged)),
    },
    run: {
      profile: distinct(reports.map(({ run }) => run.profile)),
      seed: first.run.seed,
      ...timesOf(reports),
      exchanges: reports.reduce((sum, { run }) => sum + run.exchanges, 0),
      ...mergedLeftOut(reports),
      ...(failOn === undefined ? {} : { failOn }),
    },
    summary: mergedSummary(reports, clauses, failOn ?? 'required'),
    clauses,
    ...mergedChoices(reports),
  };
}

/** The answers that any of the reports has; earlier versions have none. */
function mergedChoices(reports: readonly Report[]): Pick<Report, 'choices'> {
  const all = reports.flatMap(({ choices = [] }) => choices);
  if (all.length === 0) return {};
  const evidence = createChoiceEvidence();
  for (const { id, answers } of all) {
    const seen = answers.map(({ shown, ...answer }) => ({ ...answer, by: shown }));
    evidence.add({ [id]: seen });
  }
  return { choices: reportedChoices(evidence.take()) };
}

/** What each left out; together they may have tried it all the same. */
function mergedLeftOut(reports: readonly Report[]): Pick<Report['run'], 'leftOut'> {
  const byInputs = new Map<string, LeftOut>();
  for (const each of reports.flatMap(({ run }) => run.leftOut ?? [])) {
    const had = byInputs.get(each.inputs);
    byInputs.set(each.inputs, { ...each, count: each.count + (had?.count ?? 0) });
  }
  return byInputs.size === 0 ? {} : { leftOut: [...byInputs.values()] };
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].join(', ');
}

function timesOf(reports: readonly Report[]): Pick<Report['run'], 'startedAt' | 'durationMs'> {
  const [first] = [...reports].sort((one, other) => startOf(one) - startOf(other));
  const end = Math.max(...reports.map(report => startOf(report) + report.run.durationMs));
  return {
    startedAt: first?.run.startedAt ?? '',
    durationMs: first === undefined ? 0 : end - startOf(first),
  };
}

function startOf({ run }: Report): number {
  const time = Date.parse(run.startedAt);
  return Number.isNaN(time) ? 0 : time;
}

/** What stood in the way of a part stands in the way of the whole, and what failed a part fails the whole. */
function mergedSummary(
  reports: readonly Report[],
  clauses: readonly ReportedClause[],
  failOn: FailOn,
): Report['summary'] {
  const obstacle = reports.find(
    ({ summary: { verdict, reason } }) => verdict === 'inconclusive' && reason !== NOTHING_EXERCISED,
  );
  const summary = summarize(clauses, failOn, obstacle?.summary.reason);
  const unexplained = reports.find(
    report =>
      report.summary.verdict === 'nonconformant' &&
      !report.clauses.some(clause => failsRun(clause, report.run.failOn ?? 'required')),
  );
  if (unexplained === undefined || summary.verdict === 'nonconformant') return summary;
  return { ...summary, verdict: 'nonconformant', reason: unexplained.summary.reason };
}

function mergedClauses(reports: readonly Report[]): readonly ReportedClause[] {
  const byId = new Map<string, ReportedClause[]>();
  for (const clause of reports.flatMap(({ clauses }) => clauses)) {
    const had = byId.get(clause.id);
    if (had === undefined) byId.set(clause.id, [clause]);
    else had.push(clause);
  }
  return [...byId.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [merged(first, [first, ...others])],
  );
}

function merged(first: ReportedClause, all: readonly ReportedClause[]): ReportedClause {
  const { reason: _reason, ...rest } = first;
  const failed = all.filter(({ verdict }) => verdict === 'fail');
  const sum = (count: (clause: ReportedClause) => number) =>
    all.reduce((total, clause) => total + count(clause), 0);
  const verdict = verdictOf(all);
  const reason = verdict === 'not-exercised' ? reasonOf(all) : undefined;
  return {
    ...rest,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    exercised: sum(({ exercised }) => exercised),
    violations: sum(({ violations }) => violations),
    known: failed.length > 0 && failed.every(({ known }) => known),
    findings: findingsOf(all),
  };
}

function verdictOf(all: readonly ReportedClause[]): ClauseVerdict {
  const has = (wanted: ClauseVerdict) => all.some(({ verdict }) => verdict === wanted);
  if (has('fail')) return 'fail';
  return has('pass') ? 'pass' : 'not-exercised';
}

/** A part that had no occasion says less than one that met an obstacle. */
function reasonOf(all: readonly ReportedClause[]): string | undefined {
  const reasons = all.flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  // All the shards are here.
  return reasons.find(reason => reason !== NOT_SEEN && reason !== LEFT_TO_OTHERS) ?? NOT_SEEN;
}

function findingsOf(all: readonly ReportedClause[]): ReportedClause['findings'] {
  const findings = all.flatMap(clause => clause.findings);
  const byMessage = new Map(findings.toReversed().map(finding => [finding.message, finding]));
  return [...new Set(findings.map(({ message }) => message))]
    .slice(0, KEPT)
    .flatMap(message => byMessage.get(message) ?? []);
}
