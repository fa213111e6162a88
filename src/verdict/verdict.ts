import type { Clause } from '../page/clause.ts';
import { type ChangedChoice, changeInWords } from './choice-changes.ts';
import type { ClauseEvidence, EvidenceData, SeenFinding } from './evidence.ts';
import type { FailOn, Report, ReportedClause, ReportedFinding, RunVerdict } from './report.ts';

export type { FailOn } from './report.ts';

/** How a finding's request is written as a command. */
export type Reproduce = (finding: SeenFinding, clauseId: string) => string;

/** Why a clause was not exercised when nothing stood in its way. */
export const NOT_SEEN = 'no exchange of this run was evidence for it';

/** Why a clause was not exercised that another part of a run in parts may exercise. */
export const LEFT_TO_OTHERS = 'it is left to the other shards';

/** Why a run is inconclusive when nothing stood in its way. */
export const NOTHING_EXERCISED = 'no clause was exercised';

/** How the reason begins when entries of a baseline no longer say what happens. */
export const BASELINE_OUT_OF_DATE = 'the baseline is out of date';

/** How the reason begins when a target chooses otherwise than it is expected to. */
export const CHOICES_CHANGED = 'choices changed';

/**
 * The verdict on each clause of the catalogue.
 *
 * @param obstacle why clauses without evidence and without a reason of their own were not exercised: all of them,
 * or each
 */
export function clauseVerdicts(
  clauses: readonly Clause[],
  evidence: EvidenceData,
  reproduce: Reproduce,
  obstacle: string | ((clause: Clause) => string) = NOT_SEEN,
): readonly ReportedClause[] {
  const reasonOf = typeof obstacle === 'string' ? () => obstacle : obstacle;
  return clauses.map(clause => {
    const { id, subject, level, title, source } = clause;
    const seen: ClauseEvidence = evidence.clauses[id] ?? { exercised: 0, violations: 0, findings: [] };
    const verdict = seen.violations > 0 ? 'fail' : seen.exercised > 0 ? 'pass' : 'not-exercised';
    return {
      id,
      subject,
      level,
      title,
      source,
      verdict,
      ...(verdict === 'not-exercised' ? { reason: seen.obstacle ?? reasonOf(clause) } : {}),
      exercised: seen.exercised,
      violations: seen.violations,
      known: false,
      findings: seen.findings.map(finding => reported(finding, reproduce(finding, id))),
    };
  });
}

function reported(finding: SeenFinding, reproduce: string): ReportedFinding {
  const { message, pointer, exchange, counterexample } = finding;
  return {
    message,
    ...(pointer === undefined ? {} : { pointer }),
    ...(counterexample === undefined ? {} : { counterexample: counterexample.input }),
    ...(counterexample?.seed === undefined ? {} : { seed: counterexample.seed }),
    ...(counterexample?.path === undefined ? {} : { path: counterexample.path }),
    exchange,
    reproduce,
  };
}

/** Whether the clause fails in a way that fails the run. */
export function failsRun({ verdict, level, known }: ReportedClause, failOn: FailOn): boolean {
  return verdict === 'fail' && (level === 'required' || level === failOn) && !known;
}

/**
 * The verdict on the run: nonconformant when a clause that counts fails, inconclusive when nothing was
 * exercised or something stood in the way of the whole run, else conformant.
 *
 * @param obstacle what stood in the way of the whole run, as a sentence
 * @param rotten entries of a baseline that no longer say what happens
 * @param changed choices that were expected otherwise
 */
export function summarize(
  clauses: readonly ReportedClause[],
  failOn: FailOn,
  obstacle?: string,
  rotten: readonly string[] = [],
  changed: readonly ChangedChoice[] = [],
): Report['summary'] {
  const count = (verdict: ReportedClause['verdict']): number =>
    clauses.filter(clause => clause.verdict === verdict).length;
  const failing = clauses.filter(clause => failsRun(clause, failOn));
  const total = {
    total: clauses.length,
    pass: count('pass'),
    fail: count('fail'),
    'not-exercised': count('not-exercised'),
  };
  const say = (verdict: RunVerdict, reason: string): Report['summary'] => ({
    verdict,
    reason,
    clauses: total,
  });
  const problems = [
    ...(rotten.length === 0 ? [] : [`${BASELINE_OUT_OF_DATE}: ${rotten.join('; ')}`]),
    ...(changed.length === 0 ? [] : [`${CHOICES_CHANGED}: ${changed.map(changeInWords).join('; ')}`]),
    ...(failing.length === 0 ? [] : [failingInWords(failing)]),
  ];
  if (problems.length > 0) return say('nonconformant', problems.join('; '));
  if (obstacle !== undefined) return say('inconclusive', obstacle);
  if (total.pass + total.fail === 0) return say('inconclusive', NOTHING_EXERCISED);
  const known = clauses.filter(
    clause => clause.known && failsRun({ ...clause, known: false }, failOn),
  ).length;
  const but = known === 0 ? '' : ` but ${known} that ${known === 1 ? 'is' : 'are'} known`;
  return say(
    'conformant',
    `no ${failOn === 'required' ? 'required' : 'required or recommended'} clause fails${but}`,
  );
}

function failingInWords(failing: readonly ReportedClause[]): string {
  const names = failing.slice(0, 3).map(({ id }) => id);
  const more = failing.length > 3 ? ` and ${failing.length - 3} more` : '';
  return `${failing.length} ${failing.length === 1 ? 'clause fails' : 'clauses fail'}: ${names.join(', ')}${more}`;
}
