import { test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import { BudgetExhausted, Interrupted } from '../target/index.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import { matchesAny } from './globs.ts';
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
    /** Requests sent so far in this worker, retried ones included. */
    sent?: number;
  }
}

/** How often progress is told while a property runs. */
const PROGRESS_EVERY_MS = 200;

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
  test(title, { timeout: 0 }, async ({ task, annotate, signal, skip }) => {
    const shared = workerSession();
    const { only } = shared.settings;
    if (!isWanted(only, exercises)) skip('no clause of it was asked for');
    signal.addEventListener('abort', () => shared.interruption.abort(), { once: true });
    let told = Date.now();
    shared.onExchange = exchanges => {
      if (Date.now() - told < PROGRESS_EVERY_MS) return;
      told = Date.now();
      annotate(String(exchanges), 'progress').catch(() => undefined);
    };
    try {
      await check(shared);
    } catch (error) {
      if (error instanceof BudgetExhausted) {
        task.meta.shortfall = 'the request budget was used up before it';
      } else if (error instanceof Interrupted) {
        task.meta.shortfall = 'the run was interrupted before it';
      } else {
        throw error;
      }
    } finally {
      shared.onExchange = undefined;
      if (shared.obstacle !== undefined) task.meta.obstacle = shared.obstacle;
      task.meta.evidence = shared.evidence.take();
      task.meta.sent = shared.target.sent;
    }
    failOnRequired(task.meta.evidence);
  });
}

function isWanted(only: readonly string[], exercises: readonly string[]): boolean {
  if (only.length === 0) return true;
  return clauses.some(({ id }) => matchesAny(only, id) && exercises.some(prefix => id.startsWith(prefix)));
}

/** Makes the test red, so that a target under vitest alone is judged as well. */
function failOnRequired(evidence: EvidenceData): void {
  const required = new Set(clauses.filter(clause => clause.level === 'required').map(clause => clause.id));
  const broken = Object.entries(evidence.clauses).filter(
    ([id, seen]) => seen.violations > 0 && required.has(id),
  );
  if (broken.length === 0) return;
  const lines = broken.map(([id, { findings }]) => `${id}: ${findings[0]?.message ?? ''}`);
  throw new Error(lines.join('\n'));
}
