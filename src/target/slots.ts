import { AsyncLocalStorage } from 'node:async_hooks';

/** So many things that are used by one at a time; who finds none free waits in line. */
export interface Slots<Thing> {
  /** Runs with a thing of its own. */
  use<Result>(run: (thing: Thing) => Promise<Result>): Promise<Result>;
  /** Runs while so many things are taken, which what uses things within has at once. */
  useMany<Result>(count: number, run: () => Promise<Result>): Promise<Result>;
  /** Runs while nobody else has a thing. */
  alone<Result>(run: () => Promise<Result>): Promise<Result>;
}

/** Who waits for a thing. */
type Line<Thing> = ((thing: Thing) => void)[];

/**
 * Hands out the things; the one that was used last comes first, so that its connection is warm. Who needs many is
 * served before who needs one: they hold up the others for as long as what is under way takes and no longer, and
 * those that are to be alone come right after each other.
 */
export function createSlots<Thing>(things: readonly Thing[]): Slots<Thing> {
  const taken = new AsyncLocalStorage<Slots<Thing>>();
  const free = [...things];
  const needMany: Line<Thing> = [];
  const needOne: Line<Thing> = [];
  const take = async (line: Line<Thing>): Promise<Thing> =>
    free.pop() ?? (await new Promise<Thing>(resolve => line.push(resolve)));
  const giveBack = (thing: Thing): void => {
    const next = needMany.shift() ?? needOne.shift();
    if (next === undefined) free.push(thing);
    else next(thing);
  };
  const use: Slots<Thing>['use'] = async run => {
    const own = taken.getStore();
    if (own !== undefined) return own.use(run);
    const thing = await take(needOne);
    try {
      return await run(thing);
    } finally {
      giveBack(thing);
    }
  };
  const useMany: Slots<Thing>['useMany'] = async (count, run) => {
    if (taken.getStore() !== undefined) return run();
    // All at once: of two that need many, one has all that it needs before the other gets the next.
    const many = await Promise.all(things.slice(0, count).map(() => take(needMany)));
    try {
      return await taken.run(createSlots(many.toReversed()), run);
    } finally {
      many.forEach(giveBack);
    }
  };
  return { use, useMany, alone: run => useMany(things.length, run) };
}
