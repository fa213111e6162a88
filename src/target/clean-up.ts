import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../page/exchange.ts';
import { parseFullUrn, withoutQualifier } from '../page/urn.ts';
import { BudgetExhausted } from './budget.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { listFunctions } from './lists.ts';
import { createdAt } from './names.ts';
import { deleteVersion, isGone } from './operations.ts';
import { TargetUnresponsive } from './outage.ts';
import type { Target } from './target.ts';

/** What became of everything that a journal lists. */
export interface CleanedUp {
  readonly deleted: number;
  /** What could not be deleted, and the reason in a sentence. */
  readonly remaining: readonly { readonly urn: string; readonly why: string }[];
}

/** Before each further round, in milliseconds: a live service may refuse to delete what it is still creating. */
const PAUSES_MS = [500, 1000, 2000] as const;

/**
 * Deletes what the journal lists, latest first. What is refused is tried again after everything else, up to
 * three times with growing pauses. What was created at another endpoint is left alone.
 */
export async function cleanUp(target: Target, journal: Journal): Promise<CleanedUp> {
  const foreign = journal.pending().filter(entry => isForeign(entry, target));
  const remaining = new Map(foreign.map(({ urn, endpoint }) => [urn, `it was created at ${endpoint}`]));
  const own = journal.pending().filter(entry => !isForeign(entry, target));
  let left = own.map(entry => entry.urn);
  for (const pause of [0, ...PAUSES_MS]) {
    if (left.length === 0) break;
    await sleep(pause);
    const refused: string[] = [];
    for (const urn of left) {
      const refusal = await refusalOf(target, journal, urn);
      if (refusal === undefined) remaining.delete(urn);
      else remaining.set(urn, refusal.why);
      if (refusal?.isFinal === false) refused.push(urn);
    }
    left = refused;
  }
  return {
    deleted: own.filter(({ urn }) => !remaining.has(urn)).length,
    remaining: [...remaining].map(([urn, why]) => ({ urn, why })),
  };
}

function isForeign({ endpoint }: JournalEntry, target: Target): boolean {
  return endpoint !== undefined && endpoint !== target.endpoint;
}

interface Refusal {
  readonly why: string;
  /** Whether trying again is of no use. */
  readonly isFinal: boolean;
}

async function refusalOf(target: Target, journal: Journal, urn: string): Promise<Refusal | undefined> {
  try {
    const { exchange } = await deleteVersion(target, urn, { journal, fromReserve: true });
    return isGone(exchange) ? undefined : { why: inWords(exchange), isFinal: isFinal(exchange) };
  } catch (error) {
    const isOver = error instanceof BudgetExhausted || error instanceof TargetUnresponsive;
    if (isOver) return { why: error.message, isFinal: true };
    throw error;
  }
}

function isFinal({ response, failure }: Exchange): boolean {
  return failure?.kind === 'unreachable' || response?.status === 401 || response?.status === 403;
}

function inWords({ response, failure }: Exchange): string {
  if (failure !== undefined) return `deleting it failed: ${failure.message}`;
  return `deleting it was answered with ${response?.status}`;
}

/** A function that an earlier run left behind. */
export interface LeftBehind {
  /** Without version. */
  readonly urn: string;
  readonly createdAt: Date;
}

/** Functions with the suite's prefix whose run began at least so many milliseconds ago, oldest first. */
export async function findLeftBehind(
  target: Target,
  olderThanMs: number,
  now: number = Date.now(),
): Promise<{ readonly functions: readonly LeftBehind[]; readonly complete: boolean }> {
  const { entries, complete } = await listFunctions(target, undefined, { fromReserve: true });
  const functions = entries.flatMap((entry): LeftBehind[] => {
    const urn = typeof entry.func_urn === 'string' ? parseFullUrn(entry.func_urn) : undefined;
    const began = urn === undefined ? undefined : createdAt(urn.name);
    if (began === undefined || now - began.getTime() < olderThanMs) return [];
    return [{ urn: withoutQualifier(String(entry.func_urn)), createdAt: began }];
  });
  const sorted = functions.toSorted((left, right) => left.createdAt.getTime() - right.createdAt.getTime());
  return { functions: sorted, complete };
}
