import { setTimeout as sleep } from 'node:timers/promises';

/** Spreads the starts of requests over time. */
export interface Pace {
  /** Resolves when the next request may start. Rejects when the signal is aborted. */
  turn(signal: AbortSignal | undefined): Promise<void>;
  /** Lets nothing start for so many milliseconds from now. */
  hold(pauseMs: number): void;
}

/** At most so many starts a second, evenly spread; without a rate, only what is held. */
export function createPace(rate?: number): Pace {
  const interval = rate === undefined ? 0 : 1000 / rate;
  let next = 0;
  return {
    turn: async signal => {
      const now = performance.now();
      const start = Math.max(now, next);
      next = start + interval;
      if (start > now) await sleep(start - now, undefined, signal === undefined ? {} : { signal });
    },
    hold: pauseMs => {
      next = Math.max(next, performance.now() + pauseMs);
    },
  };
}
