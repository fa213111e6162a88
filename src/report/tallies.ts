/** What every report tells first: the clauses that fail, and why others were not exercised. */

import type { Report, ReportedClause } from '../verdict/report.ts';
import { LEVELS } from './levels.ts';
import { excerpt } from './printable.ts';

/** The failed clauses, worst first, known ones after the others of their level. */
export function failedClauses(clauses: readonly ReportedClause[]): readonly ReportedClause[] {
  return clauses
    .filter(({ verdict }) => verdict === 'fail')
    .sort(
      (one, other) =>
        LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) || Number(one.known) - Number(other.known),
    );
}

/** `2 required, 1 informative` */
export function countsByLevel(clauses: readonly ReportedClause[]): string {
  return LEVELS.map(level => [level, clauses.filter(clause => clause.level === level).length] as const)
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${count} ${level}`)
    .join(', ');
}

/** The reasons for which clauses were not exercised, the one of most clauses first. */
export function reasonsNotExercised(
  clauses: readonly ReportedClause[],
): readonly (readonly [reason: string, clauses: readonly ReportedClause[]])[] {
  const byReason = new Map<string, ReportedClause[]>();
  for (const clause of clauses.filter(({ verdict }) => verdict === 'not-exercised')) {
    const reason = clause.reason ?? 'no reason was given';
    byReason.set(reason, [...(byReason.get(reason) ?? []), clause]);
  }
  return [...byReason].sort(([, some], [, others]) => others.length - some.length);
}

/** The seed that made the inputs; `undefined` where nobody made any, and traffic was judged as it came. */
export function seedOf({ profile, seed }: Report['run']): number | undefined {
  return profile === 'recorded' || profile === 'proxied' ? undefined : seed;
}

/** `325 of 334 clauses exercised: 324 pass, 1 fail (1 known)` */
export function exercisedInWords({ summary, clauses }: Report): string {
  const { total, pass, fail } = summary.clauses;
  const known = clauses.filter(clause => clause.verdict === 'fail' && clause.known).length;
  const knownInWords = known === 0 ? '' : ` (${known} known)`;
  return `${pass + fail} of ${total} clauses exercised: ${pass} pass, ${fail} fail${knownInWords}`;
}

/** `228 values outside what is documented, 12 histories of a function`, and the option that asks for them. */
export function leftOutInWords({ leftOut = [] }: Report['run']): string | undefined {
  if (leftOut.length === 0) return undefined;
  const each = leftOut.map(({ inputs, count }) => `${count} ${excerpt(inputs, 200)}`);
  const profiles = [...new Set(leftOut.map(({ profile }) => excerpt(profile, 40)))];
  return `${each.join(', ')} (--profile ${profiles.join(', ')} asks for them)`;
}
