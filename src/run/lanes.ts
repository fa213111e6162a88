/** Where a part of a run stands in the order of the run: the number of a property, of a lane in it. */
export type Order = readonly number[];

/** Parts of a run that are worked on side by side. */
export interface Lanes {
  /** Resolves when there is room. Who stands first in the order of the run is let in first, whoever came first. */
  enter(order: Order): Promise<void>;
  leave(): void;
}

/** Requests that a lane makes at most, when nothing is broken. */
const LONGEST_LANE = 25;

/**
 * At most so many lanes at a time. Near the end of the budget fewer, and at last one: then it is used up in the
 * order of the run, and what is left out does not depend on which answers came first.
 *
 * @param remaining requests that may still be sent
 */
export function createLanes(limit: number, remaining: () => number): Lanes {
  const waiting: { readonly order: Order; readonly start: () => void }[] = [];
  let inside = 0;
  const hasRoom = (): boolean =>
    inside === 0 || (inside < limit && remaining() >= (inside + 1) * LONGEST_LANE);
  const admit = (): void => {
    while (waiting.length > 0 && hasRoom()) {
      inside++;
      waiting.shift()?.start();
    }
  };
  return {
    enter: order =>
      new Promise(start => {
        const place = waiting.findIndex(other => isBefore(order, other.order));
        waiting.splice(place === -1 ? waiting.length : place, 0, { order, start });
        admit();
      }),
    leave: () => {
      inside--;
      admit();
    },
  };
}

/** A part stands before those that are in it. */
function isBefore(left: Order, right: Order): boolean {
  const differing = left.findIndex((number, depth) => number !== right[depth]);
  if (differing === -1) return left.length < right.length;
  return (left[differing] ?? 0) < (right[differing] ?? -1);
}
