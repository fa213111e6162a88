import { AsyncLocalStorage } from 'node:async_hooks';

const repetitions = new AsyncLocalStorage<true>();

/** Does something again that was judged already: what is exchanged meanwhile is no evidence. */
export function repeating<Result>(work: () => Promise<Result>): Promise<Result> {
  return repetitions.run(true, work);
}

export function isRepetition(): boolean {
  return repetitions.getStore() === true;
}
