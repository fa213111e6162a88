/** Notices when this process stood still: stopped by a signal, asleep with its machine, or busy with itself. */

import type { Failure } from '../page/exchange.ts';

/** The failure of an exchange during which the process stood still: it says nothing about the target. */
export const STOOD_STILL: Failure = {
  kind: 'unreachable',
  message: 'this process stood still meanwhile: it was stopped, or its machine slept',
};

export function isStandstill({ message }: Failure): boolean {
  return message === STOOD_STILL.message;
}

/** Tells whether what went wrong may have gone wrong here. */
export interface Standstill {
  /** Whether the process stood still at some time since then (a `Date.now()`). */
  since(time: number): boolean;
  close(): void;
}

const LOOK_EVERY_MS = 200;

/** A pause between two looks that is no hiccup. */
const LONG_MS = 1500;

export function watchForStandstill(): Standstill {
  let lookedAt = Date.now();
  let stoodStillUntil = 0;
  const look = (): void => {
    const now = Date.now();
    if (now - lookedAt > LONG_MS) stoodStillUntil = now;
    lookedAt = now;
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return {
    since: time => {
      look();
      return stoodStillUntil >= time;
    },
    close: () => clearInterval(timer),
  };
}
