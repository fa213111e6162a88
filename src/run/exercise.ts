import { clauses } from '../page/catalogue.ts';
import type { Exchange } from '../page/exchange.ts';
import { BudgetExhausted, Interrupted, JournalUnwritable, TargetUnresponsive } from '../target/index.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import { matchesAny } from '../verdict/globs.ts';
import { inPart } from './parts.ts';
import { withReproductions } from './reproduce.ts';
import type { OnExchange, Session } from './session.ts';

/** Something that is asked of a target. */
export interface Property {
  /** What the target is asked, as a person would say it. */
  readonly title: string;
  /** Beginnings of the ids of the clauses that it is there for. */
  readonly exercises: readonly string[];
  /** Its place among the properties of a run. */
  readonly number: number;
  /** Makes the exchanges. */
  readonly check: (session: Session) => Promise<void>;
}

/** What exercising a property saw, and what stood in its way. */
export interface Exercised {
  readonly evidence: EvidenceData;
  /** Every exchange, when they are kept. */
  readonly exchanges: readonly Exchange[];
  /** Why no function could be published. */
  readonly obstacle?: string;
  /** Why it stopped before everything was exercised. */
  readonly shortfall?: string;
  /** Thrown by the property itself, which has a bug then. */
  readonly error?: unknown;
}

/**
 * Makes the exchanges of a property, beside others that are exercised meanwhile. What it sees is judged as it
 * happens.
 */
export async function exercise(
  { number, check }: Property,
  session: Session,
  onExchange?: OnExchange,
): Promise<Exercised> {
  const { lanes, isOneLane, progress } = session;
  const own = isOneLane ? session : session.part(number);
  own.place = await lanes.enter([number]);
  own.onExchange = onExchange;
  let shortfall: string | undefined;
  let bug: { readonly error: unknown } | undefined;
  try {
    await inPart(own, () => check(own));
  } catch (error) {
    if (error instanceof BudgetExhausted) shortfall = 'the request budget was used up before it';
    else if (error instanceof Interrupted) shortfall = 'the run was interrupted before it';
    else if (error instanceof TargetUnresponsive || error instanceof JournalUnwritable) {
      progress.obstacle ??= error.message;
    } else bug = { error };
  }
  own.onExchange = undefined;
  const evidence = await withReproductions(own, own.evidence.take());
  const exchanges = own.kept.splice(0);
  own.place.leave();
  const { obstacle } = progress;
  return {
    evidence,
    exchanges,
    ...(obstacle === undefined ? {} : { obstacle }),
    ...(shortfall === undefined ? {} : { shortfall }),
    ...bug,
  };
}

/** Whether a clause that the property is there for was asked for; without globs every one was. */
export function isWanted({ exercises }: Property, only: readonly string[]): boolean {
  if (only.length === 0) return true;
  return clauses.some(({ id }) => matchesAny(only, id) && exercises.some(prefix => id.startsWith(prefix)));
}

/**
 * Makes a test red, so that a target under vitest alone is judged as well.
 *
 * @throws Error with a line for each required clause that was broken
 */
export function failOnBroken(evidence: EvidenceData): void {
  const lines = clauses
    .filter(({ level }) => level === 'required')
    .map(({ id }) => ({ id, seen: evidence.clauses[id] }))
    .filter(({ seen }) => seen !== undefined && seen.violations > 0)
    .map(({ id, seen }) => `${id}: ${seen?.findings[0]?.message ?? ''}`);
  if (lines.length > 0) throw new Error(lines.join('\n'));
}
