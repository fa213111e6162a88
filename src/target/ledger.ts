/** The books of a run: what was sent is counted once, whichever thread sends it. */

/** Shared by the threads that speak to the same target in the same run. */
export interface Ledger {
  /** Hands the books over to another thread. */
  readonly shared: SharedArrayBuffer;
  /** Requests sent so far, each attempt counted. */
  readonly sent: number;
  /** Counts one more. */
  count(): void;
}

/** Opens books, or those that another thread handed over. */
export function openLedger(
  shared: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
): Ledger {
  const sent = new Int32Array(shared);
  return {
    shared,
    get sent() {
      return Atomics.load(sent, 0);
    },
    count: () => void Atomics.add(sent, 0, 1),
  };
}
