import { mergeEvidence } from '../verdict/evidence.ts';
import type { Report } from '../verdict/report.ts';
import { type Exercised, exercise, type Property } from './exercise.ts';
import { begin, once, remainingInWords } from './lifecycle.ts';
import { reportOf } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { openSession } from './session.ts';

/** A run whose properties are exercised one at a time, by a test runner that is not the suite's own. */
export interface OpenSuite {
  /** @param signal aborted when the test is given up */
  exercise(property: Property, signal: AbortSignal): Promise<Exercised>;
  /** What was found so far. */
  report(): Report;
  /** Sends nothing but clean-up from now on. */
  interrupt(): void;
  /**
   * Deletes what was created.
   *
   * @throws Error naming what could not be deleted
   */
  close(): Promise<void>;
}

/**
 * Logs in and makes sure that the target answers; without an endpoint, starts the mock server.
 *
 * @throws UsageError when the options contradict each other
 * @throws Error when the target is not reachable or refuses the credentials
 */
export async function openSuite(options: RunOptions): Promise<OpenSuite> {
  const startedAt = new Date();
  const begun = await begin(options);
  const { obstacle, settings, ledger } = begun;
  if (obstacle !== undefined) {
    const left = remainingInWords(await begun.end());
    throw new Error([`Nothing was exercised: ${obstacle}.`, left].filter(Boolean).join(' '));
  }
  const session = openSession(settings, ledger);
  const seen: Exercised[] = [];
  let running: Promise<Exercised> | undefined;
  return {
    async exercise(property, signal) {
      signal.addEventListener('abort', () => session.interruption.abort(), { once: true });
      running = exercise(property, session);
      const exercised = await running;
      seen.push(exercised);
      return exercised;
    },
    interrupt: () => session.interruption.abort(),
    report() {
      const obstacle = seen.find(each => each.obstacle !== undefined)?.obstacle;
      const shortfall = seen.find(each => each.shortfall !== undefined)?.shortfall;
      const outcome = {
        evidence: mergeEvidence(seen.map(({ evidence }) => evidence)),
        ...(obstacle === undefined ? {} : { obstacle }),
        ...(shortfall === undefined ? {} : { shortfall }),
        exchanges: [],
        failures: [],
        wasInterrupted: session.interruption.signal.aborted,
      };
      return reportOf(options, { settings, ledger }, outcome, startedAt);
    },
    close: once(async () => {
      // What it is about to create is in the journal, and is deleted once it is there.
      await running;
      await session.close();
      const left = remainingInWords(await begun.end());
      if (left !== undefined) throw new Error(left);
    }),
  };
}
