import { test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import { exercise, failOnBroken, isWanted, type Property } from './exercise.ts';
import type { Session } from './session.ts';
import { workerSession } from './worker-session.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What the test saw. */
    evidence?: EvidenceData;
    /** Why no function could be published. */
    obstacle?: string;
    /** Why the run stopped before everything was exercised. */
    shortfall?: string;
    /** What the property itself threw: it has a bug. */
    bug?: string;
    /** Every exchange of the test, when they are kept. */
    exchanges?: readonly Exchange[];
  }
}

/** How often progress is told while a property runs. */
const PROGRESS_EVERY_MS = 200;

let collected: Property[] | undefined;

/**
 * Declares a property of a target as a vitest test. What it sees is judged as it happens and handed to the
 * reporter; the test fails when a required clause was broken in it.
 *
 * @param title what the target is asked, as a person would say it
 * @param exercises beginnings of the ids of the clauses that it is there for
 * @param check makes the exchanges
 */
export function property(
  title: string,
  exercises: readonly string[],
  check: (session: Session) => Promise<void>,
): void {
  const declared = { title, exercises, check };
  if (collected === undefined) testInWorker(declared);
  else collected.push(declared);
}

/** The properties that are declared meanwhile; they become no tests. */
export async function collectProperties(declare: () => Promise<void>): Promise<readonly Property[]> {
  const properties: Property[] = [];
  collected = properties;
  try {
    await declare();
  } finally {
    collected = undefined;
  }
  return properties;
}

/** The test shares the session of its worker, and tells the reporter in the main thread what it saw. */
function testInWorker(declared: Property): void {
  test(declared.title, { timeout: 0 }, async ({ task, annotate, signal, skip }) => {
    const shared = workerSession();
    if (!isWanted(declared, shared.settings.only)) skip('no clause of it was asked for');
    signal.addEventListener('abort', () => shared.interruption.abort(), { once: true });
    let told = Date.now();
    shared.onExchange = exchanges => {
      if (Date.now() - told < PROGRESS_EVERY_MS) return;
      told = Date.now();
      annotate(String(exchanges), 'progress').catch(() => undefined);
    };
    const { evidence, obstacle, shortfall, error } = await exercise(declared, shared);
    shared.onExchange = undefined;
    task.meta.evidence = evidence;
    task.meta.exchanges = shared.kept.splice(0);
    if (obstacle !== undefined) task.meta.obstacle = obstacle;
    if (shortfall !== undefined) task.meta.shortfall = shortfall;
    if (error !== undefined) {
      task.meta.bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw error;
    }
    failOnBroken(evidence);
  });
}
