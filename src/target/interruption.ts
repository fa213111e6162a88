/** The run was interrupted: nothing but clean-up is sent any more. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A wait that an interruption ends; without a signal, nothing does. */
export type Wait = (signal: AbortSignal | undefined) => Promise<void>;

/** @throws Interrupted when the signal is aborted before or during the wait. */
export async function interruptibly(signal: AbortSignal | undefined, wait: Wait): Promise<void> {
  try {
    signal?.throwIfAborted();
    await wait(signal);
  } catch (error) {
    throw signal?.aborted === true ? new Interrupted('The run was interrupted.') : error;
  }
}
