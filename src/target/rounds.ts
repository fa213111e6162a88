import { setTimeout as sleep } from 'node:timers/promises';

/** Something to undo: a function to delete, a state to tear down. */
export interface Undoing {
  readonly urn: string;
  /** Answers why it could not be undone; `undefined` when it is. */
  readonly attempt: () => Promise<Refusal | undefined>;
}

export interface Refusal {
  readonly why: string;
  /** Whether trying again is of no use. */
  readonly isFinal: boolean;
}

/** What could not be undone, and the reason in a sentence. */
export interface Remaining {
  readonly urn: string;
  readonly why: string;
}

/** Before each further round, in milliseconds: a live service may refuse to delete what it is still creating. */
const PAUSES_MS = [500, 1000, 2000] as const;

/** How often one thing is tried at most. */
export const MOST_TRIES = 1 + PAUSES_MS.length;

/** Undoes one thing after the other. What is refused is tried again after everything else, with growing pauses. */
export async function undoInRounds(all: readonly Undoing[]): Promise<readonly Remaining[]> {
  const remaining = new Map<string, string>();
  let left = all;
  for (const pause of [0, ...PAUSES_MS]) {
    if (left.length === 0) break;
    await sleep(pause);
    const refused: Undoing[] = [];
    for (const undoing of left) {
      const refusal = await undoing.attempt();
      if (refusal === undefined) remaining.delete(undoing.urn);
      else remaining.set(undoing.urn, refusal.why);
      if (refusal?.isFinal === false) refused.push(undoing);
    }
    left = refused;
  }
  return [...remaining].map(([urn, why]) => ({ urn, why }));
}
