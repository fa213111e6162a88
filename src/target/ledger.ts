/** The books of a run: what was sent is counted once and paced as a whole, whichever thread sends it. */

/** Shared by the threads that speak to the same target in the same run, one after the other. */
export interface Ledger {
  /** Hands the books over to another thread. */
  readonly shared: SharedArrayBuffer;
  /** Requests sent so far, each attempt counted. */
  sent: number;
  /** When the last request started, in milliseconds since 1970. */
  lastStart: number;
  /** Milliseconds between two starts, at least. */
  interval: number;
  /** How often the service asked for a slower pace (429). */
  refusals: number;
}

const MEMBERS = ['sent', 'lastStart', 'interval', 'refusals'] as const;

/** Opens books, or those that another thread handed over. */
export function openLedger(
  shared: SharedArrayBuffer = new SharedArrayBuffer(MEMBERS.length * Float64Array.BYTES_PER_ELEMENT),
): Ledger {
  const numbers = new Float64Array(shared);
  const ledger = { shared, sent: 0, lastStart: 0, interval: 0, refusals: 0 };
  for (const [index, member] of MEMBERS.entries()) {
    Object.defineProperty(ledger, member, {
      get: () => numbers[index],
      set: (value: number) => {
        numbers[index] = value;
      },
    });
  }
  return ledger;
}
