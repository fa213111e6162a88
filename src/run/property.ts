import { test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import { exercise, failOnBroken, isWanted, type Property } from './exercise.ts';
import type { Session } from './session.ts';
import { workerSession, workerSettings } from './worker-session.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The number of the property. */
    number?: number;
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
let declaredSoFar = 0;
let told = 0;

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
  const declared = { title, exercises, check, number: ++declaredSoFar };
  if (collected === undefined) testInWorker(declared);
  else collected.push(declared);
}

/** The properties that are declared meanwhile; they become no tests. */
export async function collectProperties(declare: () => Promise<unknown>): Promise<readonly Property[]> {
  const properties: Property[] = [];
  collected = properties;
  try {
    await declare();
  } finally {
    collected = undefined;
  }
  return properties;
}

/** Whether the property is among every N-th, from the I-th on. */
function isInShard({ number }: Property, shard: string): boolean {
  const [part = 1, parts = 1] = shard.split('/').map(Number);
  return number % parts === part % parts;
}

/**
 * The test shares the session of its worker, goes on beside the other tests, and tells the reporter in the main
 * thread what it saw.
 */
function testInWorker(declared: Property): void {
  test(declared.title, { timeout: 0, concurrent: true }, async ({ task, annotate, signal, skip }) => {
    const { only, shard } = workerSettings();
    if (!isWanted(declared, only)) skip('no clause of it was asked for');
    if (!isInShard(declared, shard)) skip('it belongs to another shard');
    const shared = workerSession();
    signal.addEventListener('abort', () => shared.interruption.abort(), { once: true });
    let hasBegun = false;
    const tell = (exchanges: number): void => {
      // An interruption ends the test for vitest while what it began is still cleaned up.
      if (task.result !== undefined && task.result.state !== 'run') return;
      if (hasBegun && Date.now() - told < PROGRESS_EVERY_MS) return;
      hasBegun = true;
      told = Date.now();
      annotate(String(exchanges), 'progress').catch(() => undefined);
    };
    const { evidence, exchanges, obstacle, shortfall, error } = await exercise(declared, shared, tell);
    task.meta.number = declared.number;
    task.meta.evidence = evidence;
    task.meta.exchanges = exchanges;
    if (obstacle !== undefined) task.meta.obstacle = obstacle;
    if (shortfall !== undefined) task.meta.shortfall = shortfall;
    if (error !== undefined) {
      task.meta.bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw error;
    }
    failOnBroken(evidence);
  });
}
