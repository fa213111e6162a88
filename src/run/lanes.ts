/** Where a part of a run stands in the order of the run: the number of a property, of a lane in it. */
export type Order = readonly number[];

/** Parts of a run that are worked on side by side. */
export interface Lanes {
  /**
   * Resolves when there is room. Who stands first in the order of the run is let in first, whoever came first.
   *
   * @param most requests that are made at most before leaving, when nothing is broken
   */
  enter(order: Order, most?: number): Promise<Place>;
}

/** What who was let in has until they leave. */
export interface Place {
  /** One of the requests was made. */
  spend(): void;
  leave(): void;
}

/** Requests that a property makes at most outside lanes of its own. */
const USUALLY_MOST = 20;

/**
 * At most so many lanes at a time. Who could use up the budget beside the others waits for them: it is used up in
 * the order of the run, and what is left out does not depend on which answers came first.
 *
 * @param remaining requests that may still be sent
 */
export function createLanes(limit: number, remaining: () => number): Lanes {
  const waiting: { readonly order: Order; readonly most: number; readonly start: (place: Place) => void }[] =
    [];
  const inside = new Map<Place, number>();
  const hasRoom = (most: number): boolean => {
    if (inside.size === 0) return true;
    const expected = [...inside.values()].reduce((sum, left) => sum + left, most);
    return inside.size < limit && expected <= remaining();
  };
  const admit = (): void => {
    for (let first = waiting[0]; first !== undefined && hasRoom(first.most); first = waiting[0]) {
      waiting.shift();
      first.start(placeOf(first.most));
    }
  };
  const placeOf = (most: number): Place => {
    const place: Place = {
      spend: () => {
        const left = inside.get(place);
        if (left !== undefined && left > 0) inside.set(place, left - 1);
      },
      leave: () => {
        inside.delete(place);
        admit();
      },
    };
    inside.set(place, most);
    return place;
  };
  return {
    enter: (order, most = USUALLY_MOST) =>
      new Promise(start => {
        const at = waiting.findIndex(other => isBefore(order, other.order));
        waiting.splice(at === -1 ? waiting.length : at, 0, { order, most, start });
        admit();
      }),
  };
}

/** A part stands before those that are in it. */
function isBefore(left: Order, right: Order): boolean {
  const differing = left.findIndex((number, depth) => number !== right[depth]);
  if (differing === -1) return left.length < right.length;
  return (left[differing] ?? 0) < (right[differing] ?? -1);
}
