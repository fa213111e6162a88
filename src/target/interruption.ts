/** The run was interrupted: nothing but clean-up is sent any more. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** A wait that an interruption ends; without a signal, nothing does. */
export type Wait<Result> = (signal: AbortSignal | undefined) => Promise<Result>;

/** @throws Interrupted when the signal is aborted before or during the wait. */
export async function interruptibly<Result>(
  signal: AbortSignal | undefined,
  wait: Wait<Result>,
): Promise<Result> {
  try {
    signal?.throwIfAborted();
    return await wait(signal);
  } catch (error) {
    throw signal?.aborted === true ? new Interrupted('The run was interrupted.') : error;
  }
}
