import type { Exchange } from '../page/exchange.ts';
import { BudgetExhausted } from './budget.ts';
import type { Journal } from './journal.ts';
import type { JournalContents, JournalEntry } from './journal-contents.ts';
import { deleteVersion, isAccepted, isGone } from './operations.ts';
import { TargetUnresponsive } from './outage.ts';
import { MOST_TRIES, type Refusal, type Remaining, type Undoing, undoInRounds } from './rounds.ts';
import type { States } from './states.ts';
import type { Target } from './target.ts';
import { lookAfter } from './what-is-left.ts';

/** What became of everything that a journal lists. */
export interface CleanedUp {
  readonly deleted: number;
  /** Of what was to be deleted, so much was not there any more. */
  readonly gone: number;
  /** What could not be deleted, and the reason in a sentence. */
  readonly remaining: readonly Remaining[];
}

/** Requests that cleaning up after a journal may take: they are kept back while it is being written. */
export function requestsToCleanUp(journal: JournalContents): number {
  const toDelete = journal
    .pending()
    .filter(each => each.kind !== 'state' && !isOutOfReach(each, journal)).length;
  const lists = 2 * journal.before.size + Math.min(1, journal.functions.size);
  return toDelete * MOST_TRIES + lists;
}

/**
 * Undoes what the journal lists, latest first. That something is deleted is only believed when a list of the
 * target does not show otherwise. What was created at another endpoint is left alone.
 */
export async function cleanUp(target: Target, journal: Journal, states?: States): Promise<CleanedUp> {
  const { undoing: deleting, fates } = deletions(target, journal);
  const obstacles: Remaining[] = [];
  const undoings: Undoing[] = [];
  for (const entry of journal.pending()) {
    const why = obstacleTo(entry, target, journal, states);
    if (why !== undefined) obstacles.push({ urn: nameOf(entry), why });
    else if (entry.kind === 'state') undoings.push(tearingDown(journal, states, entry, fates));
    else if (entry.kind !== 'publication') undoings.push(deleting(entry.urn));
  }
  const refused = new Map((await undoInRounds(undoings)).map(({ urn, why }) => [urn, why]));

  let left = await lookAfter(target, journal);
  const overlooked = left.there.filter(urn => !refused.has(urn));
  if (overlooked.length > 0) {
    for (const { urn, why } of await undoInRounds(overlooked.map(deleting))) refused.set(urn, why);
    left = await lookAfter(target, journal);
  }
  for (const urn of left.there) {
    const why = refused.get(urn) ?? 'its deletion was answered with success';
    refused.set(urn, `${why}, and it is still there`);
  }
  for (const urn of [...refused.keys()].filter(left.isAbsent)) {
    refused.delete(urn);
    fates.gone.add(urn);
    journal.deleted(urn);
  }

  const { deleted, gone } = fates;
  const undone = new Set([...deleted, ...gone].filter(urn => !refused.has(urn)));
  const refusals = [...refused].map(([urn, why]) => ({ urn, why }));
  return {
    deleted: [...undone].filter(urn => deleted.has(urn)).length,
    gone: [...undone].filter(urn => !deleted.has(urn)).length,
    remaining: [...obstacles, ...refusals, ...left.doubts],
  };
}

/** What became of what was to be deleted, by URN. */
export interface Fates {
  readonly deleted: Set<string>;
  readonly gone: Set<string>;
}

/** Deletions, and what becomes of them. */
export function deletions(
  target: Target,
  journal?: Journal,
): { readonly undoing: (urn: string) => Undoing; readonly fates: Fates } {
  const fates = { deleted: new Set<string>(), gone: new Set<string>() };
  return { fates, undoing: urn => ({ urn, attempt: () => deleteOne(target, journal, urn, fates) }) };
}

/** Why something is left alone. */
function obstacleTo(
  entry: JournalEntry,
  target: Target,
  journal: Journal,
  states: States | undefined,
): string | undefined {
  const { endpoint = target.endpoint, kind } = entry;
  if (endpoint !== target.endpoint) return `it was created at ${endpoint}`;
  if (kind === 'state' && states === undefined) return 'to tear it down takes --states-url';
  if (kind !== 'version' || !isOutOfReach(entry, journal)) return undefined;
  return 'it may be somebody else’s: the versions that were there before could not be listed';
}

/** Of a function whose versions could not be listed before, none is deleted: no request is kept back for it. */
function isOutOfReach(entry: JournalEntry, { before }: JournalContents): boolean {
  if (entry.kind === 'publication') return !before.has(entry.urn);
  return entry.kind === 'version' && !before.has(withoutVersion(entry.urn));
}

function withoutVersion(urn: string): string {
  return urn.slice(0, urn.lastIndexOf(':'));
}

/** What a person calls it. */
function nameOf(entry: JournalEntry): string {
  if (entry.kind !== 'state') return entry.urn;
  const { function_urn: urn } = entry.params;
  return `state "${entry.state}" ${typeof urn === 'string' ? `(${urn})` : `of ${entry.at}`}`;
}

async function deleteOne(
  target: Target,
  journal: Journal | undefined,
  urn: string,
  fates: Fates,
): Promise<Refusal | undefined> {
  try {
    const { exchange } = await deleteVersion(target, urn, {
      ...(journal === undefined ? {} : { journal }),
      fromReserve: true,
      observed: false,
    });
    if (!isGone(exchange)) return refusalIn(exchange);
    (isAccepted(exchange) ? fates.deleted : fates.gone).add(urn);
    return undefined;
  } catch (error) {
    const isOver = error instanceof BudgetExhausted || error instanceof TargetUnresponsive;
    if (isOver) return { why: error.message, isFinal: true };
    throw error;
  }
}

/** Statuses after which asking again is of no use. */
const FINAL: ReadonlySet<number> = new Set([401, 403, 405, 501]);

function refusalIn({ response, failure }: Exchange): Refusal {
  if (failure !== undefined) {
    return { why: `deleting it failed: ${failure.message}`, isFinal: failure.kind === 'unreachable' };
  }
  const status = response?.status ?? 0;
  const hasNone = status === 405 || status === 501;
  const why = hasNone
    ? `the target has no operation to delete it (${status})`
    : `deleting it was answered with ${status}`;
  return { why, isFinal: FINAL.has(status) };
}

function tearingDown(
  journal: Journal,
  states: States | undefined,
  entry: JournalEntry & { readonly kind: 'state' },
  fates: Fates,
): Undoing {
  const urn = nameOf(entry);
  const attempt = async (): Promise<Refusal | undefined> => {
    const tornDown = await states?.teardown(entry.state, entry.params);
    if (tornDown?.ok !== true) return { why: tornDown?.reason ?? '', isFinal: false };
    journal.deleted(entry.id);
    fates.deleted.add(urn);
    return undefined;
  };
  return { urn, attempt };
}
