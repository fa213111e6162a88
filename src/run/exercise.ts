import { clauses } from '../page/catalogue.ts';
import { BudgetExhausted, Interrupted, JournalUnwritable, TargetUnresponsive } from '../target/index.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import { matchesAny } from '../verdict/globs.ts';
import type { FailOn } from '../verdict/verdict.ts';
import type { Session } from './session.ts';

/** Something that is asked of a target. */
export interface Property {
  /** What the target is asked, as a person would say it. */
  readonly title: string;
  /** Beginnings of the ids of the clauses that it is there for. */
  readonly exercises: readonly string[];
  /** Makes the exchanges. */
  readonly check: (session: Session) => Promise<void>;
}

/** What exercising a property saw, and what stood in its way. */
export interface Exercised {
  readonly evidence: EvidenceData;
  /** Why no function could be published. */
  readonly obstacle?: string;
  /** Why it stopped before everything was exercised. */
  readonly shortfall?: string;
  /** Thrown by the property itself, which has a bug then. */
  readonly error?: unknown;
}

/** Makes the exchanges of a property. What the session sees is judged as it happens. */
export async function exercise({ check }: Property, session: Session): Promise<Exercised> {
  let shortfall: string | undefined;
  let bug: { readonly error: unknown } | undefined;
  try {
    await check(session);
  } catch (error) {
    if (error instanceof BudgetExhausted) shortfall = 'the request budget was used up before it';
    else if (error instanceof Interrupted) shortfall = 'the run was interrupted before it';
    else if (error instanceof TargetUnresponsive || error instanceof JournalUnwritable) {
      session.obstacle ??= error.message;
    } else bug = { error };
  }
  await leaveStates(session);
  return {
    evidence: session.evidence.take(),
    ...(session.obstacle === undefined ? {} : { obstacle: session.obstacle }),
    ...(shortfall === undefined ? {} : { shortfall }),
    ...bug,
  };
}

/** Provider states are torn down as soon as nobody needs them. */
async function leaveStates(session: Session): Promise<void> {
  if (session.settings.arrange !== 'states') return;
  await session.shared?.remove();
  session.shared = undefined;
}

/** Whether a clause that the property is there for was asked for; without globs every one was. */
export function isWanted({ exercises }: Property, only: readonly string[]): boolean {
  if (only.length === 0) return true;
  return clauses.some(({ id }) => matchesAny(only, id) && exercises.some(prefix => id.startsWith(prefix)));
}

/**
 * Makes a test red, so that a target under vitest alone is judged as well.
 *
 * @param isExcused whether a clause may be broken
 * @throws Error with a line for each clause that was broken and counts
 */
export function failOnBroken(
  evidence: EvidenceData,
  failOn: FailOn = 'required',
  isExcused: (clauseId: string) => boolean = () => false,
): void {
  const lines = clauses
    .filter(({ id, level }) => (level === 'required' || level === failOn) && !isExcused(id))
    .map(({ id }) => ({ id, seen: evidence.clauses[id] }))
    .filter(({ seen }) => seen !== undefined && seen.violations > 0)
    .map(({ id, seen }) => `${id}: ${seen?.findings[0]?.message ?? ''}`);
  if (lines.length > 0) throw new Error(lines.join('\n'));
}
