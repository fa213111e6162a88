/** Where a part of a run stands in the order of the run: the number of a property, of a lane in it. */
export type Order = readonly number[];

/** Parts of a run that are worked on side by side. */
export interface Lanes {
  /**
   * Resolves when there is room. Who stands first in the order of the run is let in first, whoever came first.
   *
   * @param most requests that are made at most before leaving, when nothing is broken
   */
  enter(order: Order, most?: number): Promise<void>;
  leave(): void;
}

/** Requests that a property makes at most outside lanes of its own. */
const USUALLY_MOST = 20;

/**
 * At most so many lanes at a time. Near the end of the budget fewer, and at last one: then it is used up in the
 * order of the run, and what is left out does not depend on which answers came first.
 *
 * @param remaining requests that may still be sent
 */
export function createLanes(limit: number, remaining: () => number): Lanes {
  const waiting: { readonly order: Order; readonly most: number; readonly start: () => void }[] = [];
  let inside = 0;
  let longest = 0;
  const hasRoom = (most: number): boolean =>
    inside === 0 || (inside < limit && remaining() >= (inside + 1) * Math.max(longest, most));
  const admit = (): void => {
    for (let first = waiting[0]; first !== undefined && hasRoom(first.most); first = waiting[0]) {
      longest = inside === 0 ? first.most : Math.max(longest, first.most);
      inside++;
      waiting.shift();
      first.start();
    }
  };
  return {
    enter: (order, most = USUALLY_MOST) =>
      new Promise(start => {
        const place = waiting.findIndex(other => isBefore(order, other.order));
        waiting.splice(place === -1 ? waiting.length : place, 0, { order, most, start });
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
