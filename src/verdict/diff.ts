import type { Level } from '../page/clause.ts';
import { type ChangedChoice, changedChoices } from './choice-changes.ts';
import type { ClauseVerdict, Report, ReportedClause, RunVerdict } from './report.ts';
import { expectReport } from './report-argument.ts';

/** A clause whose verdict is another one than before, or still a failure. */
export interface ChangedClause {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  /** Absent when the report does not have the clause. */
  readonly was?: ClauseVerdict;
  readonly is?: ClauseVerdict;
  /** The first finding when it fails now; the reason when it is not exercised now. */
  readonly message?: string;
}

/** What differs between two reports. Each clause is in one list at most. */
export interface ReportDiff {
  readonly verdict: { readonly was: RunVerdict; readonly is: RunVerdict };
  readonly newlyFailing: readonly ChangedClause[];
  /** Failed before and passed now. */
  readonly fixed: readonly ChangedClause[];
  readonly newlyExercised: readonly ChangedClause[];
  /** Also those that failed before: nobody knows whether they still would. */
  readonly noLongerExercised: readonly ChangedClause[];
  readonly stillFailing: readonly ChangedClause[];
  /** What the target chooses otherwise. */
  readonly choices: readonly ChangedChoice[];
  /** How many clauses only the other report was asked for. */
  readonly notAsked: { readonly before: number; readonly after: number };
}

type Change = Exclude<keyof ReportDiff, 'verdict' | 'choices' | 'notAsked'>;

const checkBefore = expectReport('diffReports', 'before');
const checkAfter = expectReport('diffReports', 'after');

/** Compares two reports clause by clause. Of what only one of them was asked for, what fails is told. */
export function diffReports(before: Report, after: Report): ReportDiff {
  checkBefore(before);
  checkAfter(after);
  const old = new Map(before.clauses.map(clause => [clause.id, clause]));
  const now = new Map(after.clauses.map(clause => [clause.id, clause]));
  const isAsked = ({ id, verdict }: ReportedClause): boolean => old.has(id) || verdict === 'fail';
  const changes = after.clauses
    .filter(isAsked)
    .map(clause => [changeOf(old.get(clause.id), clause), changed(old.get(clause.id), clause)] as const);
  const all = (wanted: Change) => changes.flatMap(([change, clause]) => (change === wanted ? [clause] : []));
  return {
    verdict: { was: before.summary.verdict, is: after.summary.verdict },
    newlyFailing: all('newlyFailing'),
    fixed: all('fixed'),
    newlyExercised: all('newlyExercised'),
    noLongerExercised: all('noLongerExercised'),
    stillFailing: all('stillFailing'),
    choices: changedChoices(before.choices, after.choices),
    notAsked: {
      before: after.clauses.filter(({ id }) => !old.has(id)).length,
      after: before.clauses.filter(({ id }) => !now.has(id)).length,
    },
  };
}

function changeOf(old: ReportedClause | undefined, { verdict: is }: ReportedClause): Change | undefined {
  const was = old?.verdict;
  if (is === 'fail') return was === 'fail' ? 'stillFailing' : 'newlyFailing';
  if (was === is) return undefined;
  if (is === 'not-exercised') return 'noLongerExercised';
  return was === 'fail' ? 'fixed' : 'newlyExercised';
}

function changed(old: ReportedClause | undefined, now: ReportedClause): ChangedClause {
  const { id, level, title, verdict: is } = now;
  const message = messageOf(now);
  return {
    id,
    level,
    title,
    ...(old === undefined ? {} : { was: old.verdict }),
    is,
    ...(message === undefined ? {} : { message }),
  };
}

function messageOf({ verdict, findings, reason }: ReportedClause): string | undefined {
  return verdict === 'fail' ? findings[0]?.message : reason;
}
