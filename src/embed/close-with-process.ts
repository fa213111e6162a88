import type { OpenSuite } from '../run/open-suite.ts';

/** What ends a process that runs tests; vitest itself does not wait for it when the terminal sends these. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Closes a suite when its process is told to end, or when the process that started it is gone: what was created
 * is deleted before it ends. In a thread there are no signals; the journal remains then.
 *
 * @returns stops listening
 */
export function closeWithProcess(suite: OpenSuite): () => void {
  const close = (): void => {
    stop();
    // vitest ends the process at once when it cannot be told of a test: there is nobody to tell.
    process.removeAllListeners('error').on('error', () => undefined);
    for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
    // Until it is closed, signals are passed over.
    for (const name of SIGNALS) process.on(name, () => undefined);
    suite.interrupt();
    suite
      .close()
      .catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      })
      // vitest lets nobody call process.exit in its workers.
      .finally(() => process.kill(process.pid, 'SIGKILL'));
  };
  const stop = (): void => {
    for (const name of SIGNALS) process.off(name, close);
    process.off('disconnect', close);
  };
  for (const name of SIGNALS) process.on(name, close);
  process.on('disconnect', close);
  return stop;
}
