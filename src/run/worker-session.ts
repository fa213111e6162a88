import { inject } from 'vitest';
import { openLedger } from '../target/index.ts';
import { openSession, type Session } from './session.ts';
import type { RunSettings } from './settings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    run: RunSettings;
    /** The books of the run. */
    ledger?: SharedArrayBuffer;
  }
}

let shared: Session | undefined;

/** The session of this vitest worker, for all its files; the settings come from vitest's `provide`. */
export function workerSession(): Session {
  shared ??= openSession(inject('run'), openLedger(inject('ledger')));
  return shared;
}
