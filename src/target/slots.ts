/** So many things that are used by one at a time; who finds none free waits in line. */
export interface Slots<Thing> {
  /** Runs with a thing of its own. */
  use<Result>(run: (thing: Thing) => Promise<Result>): Promise<Result>;
}

/** Hands out the things; the one that was used last comes first, so that its connection is warm. */
export function createSlots<Thing>(things: readonly Thing[]): Slots<Thing> {
  const free = [...things];
  const waiting: ((thing: Thing) => void)[] = [];
  return {
    use: async run => {
      const thing = free.pop() ?? (await new Promise<Thing>(resolve => waiting.push(resolve)));
      try {
        return await run(thing);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(thing);
        else next(thing);
      }
    },
  };
}
