import { EXIT } from './exit-codes.ts';

/** A signal that is aborted by the first SIGINT or SIGTERM; the second one ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

/** Listens to SIGINT and SIGTERM. */
export function interruptible(): Interruption {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      process.stderr.write('\nStopped before cleaning up: functions named fgsc-... may remain.\n');
      process.exit(EXIT.interrupted);
    }
    process.stderr.write('\nInterrupted: cleaning up. Once more stops at once.\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
