import { BudgetExhausted, Interrupted, TargetUnresponsive } from '../target/index.ts';
import { type Session, workingFor } from './session.ts';

/** How lanes are let in. */
export interface LaneOptions {
  /** Requests that a lane makes at most when nothing is broken. */
  readonly most?: number;
  /** Whether they wait until everything else of the run has begun. */
  readonly isLast?: boolean;
}

/**
 * Works on every item in a lane of its own, side by side with others, and waits for all of them. What they saw
 * is put together in the order of the items. Called by a part that is in a lane, which it gives up meanwhile.
 *
 * @throws what the first item that failed threw, when all are over
 */
export async function inLanes<Item, Result>(
  session: Session,
  items: readonly Item[],
  work: (item: Item, lane: Session) => Promise<Result>,
  { most, isLast = false }: LaneOptions = {},
): Promise<readonly Result[]> {
  if (session.isOneLane) return oneByOne(items, item => work(item, session));
  if (items.length === 0) return [];
  const { lanes } = session;
  const parts = items.map(item => ({ item, lane: session.part() }));
  let left = parts.length;
  const all = parts.map(async ({ item, lane }) => {
    const place = await lanes.enter(isLast ? [Number.POSITIVE_INFINITY, ...lane.order] : lane.order, most);
    lane.place = place;
    try {
      return await inPart(lane, () => work(item, lane));
    } finally {
      left--;
      // The last one leaves its place to the part that it belongs to.
      if (left > 0) place.leave();
      else session.place = place;
    }
  });
  session.place?.leave();
  const settled = await Promise.allSettled(all);
  for (const { lane } of parts) {
    session.evidence.add(lane.evidence.take());
    session.kept.push(...lane.kept);
  }
  return settled.map(outcome => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

/** Works for a part, and removes its function when that is done, unless others are to use it. */
export async function inPart<Result>(part: Session, work: () => Promise<Result>): Promise<Result> {
  return workingFor(part, async () => {
    try {
      return await work();
    } finally {
      await leave(part);
    }
  });
}

async function leave(part: Session): Promise<void> {
  const { shared, isOneLane, settings } = part;
  // No journal remembers provider states: they are torn down as soon as nobody needs them.
  if (isOneLane && settings.arrange !== 'states') return;
  part.shared = undefined;
  try {
    await shared?.remove();
  } catch (error) {
    // It is left to the clean-up.
    if (!isEnd(error)) throw error;
  }
}

/** Whether nothing more can be sent, which is no fault of who wanted to. */
export function isEnd(error: unknown): boolean {
  return (
    error instanceof BudgetExhausted || error instanceof Interrupted || error instanceof TargetUnresponsive
  );
}

async function oneByOne<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

/** Items in groups of so many; the last one may be smaller. */
export function groupsOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
