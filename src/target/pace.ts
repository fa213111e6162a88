import { setTimeout as sleep } from 'node:timers/promises';
import { type Ledger, openLedger } from './ledger.ts';

/** Spreads the starts of requests over time, as the user wants it and as the service allows it. */
export interface Pace {
  /** Resolves with the time when the next request may start: in turn. Rejects when the signal is aborted. */
  turn(signal: AbortSignal | undefined): Promise<number>;
  /** Lets nothing start for so many milliseconds from now. */
  hold(pauseMs: number): void;
  /** The service found a request too many that started at this time: the pace is lower from now on. */
  refused(startedAt: number): void;
  /** The service took a request: after many of them the pace is a little higher again. */
  taken(): void;
}

/** What is left of the pace when the service finds it too fast. */
const SLOWER = 0.7;

/** The pace after so many requests that were taken, compared with the pace before. */
const FASTER = 1.05;
const TAKEN_BEFORE_FASTER = 20;

/** The slowest pace: a request in so many milliseconds. */
const LONGEST_INTERVAL_MS = 1000;

/** The pace that was too fast is that of the last requests: so many. */
const REMEMBERED = 10;

/** At most so many starts a second, each at least that much later than the one before; and no faster than the service takes them. */
export function createPace(rate?: number, ledger: Ledger = openLedger()): Pace {
  const shortest = rate === undefined ? 0 : 1000 / rate;
  let heldUntil = 0;
  let slowedAt = 0;
  let takenSince = 0;
  let isTaken = true;
  let starts: readonly number[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const wait = async (signal: AbortSignal | undefined): Promise<number> => {
    for (;;) {
      signal?.throwIfAborted();
      const at = Math.max(ledger.lastStart + Math.max(shortest, ledger.interval), heldUntil);
      const pause = at - now();
      if (pause <= 0) break;
      await sleep(Math.ceil(pause), undefined, signal === undefined ? {} : { signal });
    }
    ledger.lastStart = now();
    starts = [...starts, ledger.lastStart].slice(-REMEMBERED);
    return ledger.lastStart;
  };

  return {
    turn: signal => {
      const mine = last.then(() => wait(signal));
      last = mine.catch(() => undefined);
      return mine;
    },
    hold: pauseMs => {
      heldUntil = Math.max(heldUntil, now() + pauseMs);
    },
    refused: startedAt => {
      ledger.refusals += 1;
      takenSince = 0;
      // Requests that were under way say nothing about the pace since; nor does a service that takes none at all.
      if (startedAt <= slowedAt || !isTaken) return;
      slowedAt = now();
      isTaken = false;
      const seen = (slowedAt - (starts[0] ?? slowedAt)) / Math.max(1, starts.length);
      ledger.interval = Math.min(LONGEST_INTERVAL_MS, Math.max(shortest, ledger.interval, seen) / SLOWER);
    },
    taken: () => {
      isTaken = true;
      takenSince += 1;
      if (ledger.interval === 0 || takenSince < TAKEN_BEFORE_FASTER) return;
      takenSince = 0;
      ledger.interval /= FASTER;
    },
  };
}

/** Milliseconds since 1970, and never less than before: threads agree on it, and no clock that is set changes it. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
