import { inject } from 'vitest';
import { openLedger } from '../target/index.ts';
import { openSession, type Session } from './session.ts';
import type { RunSettings } from './settings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    run: RunSettings;
    /** The books of the run. */
    ledger?: SharedArrayBuffer;
    /** `I/N` */
    shard: string;
  }
}

let shared: Session | undefined;

/** The session of this vitest worker, for all its tests; the settings come from vitest's `provide`. */
export function workerSession(): Session {
  shared ??= openSession(inject('run'), openLedger(inject('ledger')));
  return shared;
}

/** Which properties are this worker's. */
export function workerSettings(): { readonly only: readonly string[]; readonly shard: string } {
  return { only: inject('run').only, shard: inject('shard') ?? '1/1' };
}
