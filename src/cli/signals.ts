import { EXIT } from './exit-codes.ts';

/** What ends a command early, once: it cleans up then. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Told where the journal is, so that whoever stops at once knows how to clean up. */
  journalAt(path: string): void;
  /** Stops listening. */
  release(): void;
}

/** What a person or a supervisor sends to end a process; a closed terminal sends SIGHUP. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP'] as const;

/** Whoever starts the process may hand on a signal that the terminal has sent to it as well. */
const ONE_SIGNAL_MS = 50;

/**
 * Listens to signals. The first one aborts; a second one ends the process at once, unless it says again that the
 * terminal is closed.
 */
export function interruptible(): Interruption {
  const controller = new AbortController();
  let journal: string | undefined;
  let interruptedAt = 0;
  const onSignal = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      process.stderr.write('\nInterrupted: cleaning up. Once more stops at once.\n');
      interruptedAt = performance.now();
      controller.abort();
      return;
    }
    if (name === 'SIGHUP' || performance.now() - interruptedAt < ONE_SIGNAL_MS) return;
    const how = journal === undefined ? 'cleanup' : `cleanup --journal ${journal}`;
    process.stderr.write(`\nStopped before cleaning up. To delete what is left: fgs-conformance ${how}\n`);
    process.exit(EXIT.interrupted);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    journalAt(path) {
      journal = path;
    },
    release() {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}

/** Lets a signal end the process at once, with the documented exit code: where nothing is to be cleaned up. */
export function endAtSignals(): void {
  for (const name of SIGNALS)
    process.once(name, () => {
      process.stderr.write('Interrupted.\n');
      process.exit(EXIT.interrupted);
    });
}
