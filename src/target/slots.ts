import { AsyncLocalStorage } from 'node:async_hooks';

/** So many things that are used by one at a time; who finds none free waits in line. */
export interface Slots<Thing> {
  /** Runs with a thing of its own. */
  use<Result>(run: (thing: Thing) => Promise<Result>): Promise<Result>;
  /**
   * Runs while so many things are taken, which what uses things within has at once. One such run at a time, so that
   * none waits for another for ever.
   */
  useMany<Result>(count: number, run: () => Promise<Result>): Promise<Result>;
  /** Runs while nobody else has a thing. */
  alone<Result>(run: () => Promise<Result>): Promise<Result>;
}

/** Hands out the things; the one that was used last comes first, so that its connection is warm. */
export function createSlots<Thing>(things: readonly Thing[]): Slots<Thing> {
  const taken = new AsyncLocalStorage<Slots<Thing>>();
  const free = [...things];
  const waiting: ((thing: Thing) => void)[] = [];
  let lastOfMany: Promise<unknown> = Promise.resolve();
  const use: Slots<Thing>['use'] = async run => {
    const own = taken.getStore();
    if (own !== undefined) return own.use(run);
    const thing = free.pop() ?? (await new Promise<Thing>(resolve => waiting.push(resolve)));
    try {
      return await run(thing);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(thing);
      else next(thing);
    }
  };
  const take = <Result>(
    count: number,
    run: () => Promise<Result>,
    had: readonly Thing[] = [],
  ): Promise<Result> =>
    had.length === count
      ? taken.run(createSlots(had.toReversed()), run)
      : use(thing => take(count, run, [...had, thing]));
  const useMany: Slots<Thing>['useMany'] = (count, run) => {
    if (taken.getStore() !== undefined) return run();
    const mine = lastOfMany.then(() => take(Math.min(count, things.length), run));
    lastOfMany = mine.catch(() => undefined);
    return mine;
  };
  return { use, useMany, alone: run => useMany(things.length, run) };
}
