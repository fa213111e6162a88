import { rm } from 'node:fs/promises';
import { openJournal } from '../target/index.ts';
import { mergeEvidence } from '../verdict/evidence.ts';
import type { Report } from '../verdict/report.ts';
import { connectCredentials } from './credentials.ts';
import { type Exercised, exercise, type Property } from './exercise.ts';
import {
  checkRunOptions,
  type ResolvedTarget,
  type RunOptions,
  settingsOf,
  targetOfMock,
} from './options.ts';
import { preflight } from './preflight.ts';
import { clean, reportOf, targetOf } from './run.ts';
import { openSession } from './session.ts';

/** A run whose properties are exercised one at a time, by a test runner that is not the suite's own. */
export interface OpenSuite {
  /** @param signal aborted when the test is given up */
  exercise(property: Property, signal: AbortSignal): Promise<Exercised>;
  /** What was found so far. */
  report(): Report;
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
  checkRunOptions(options);
  const { target, leave } = await reach(options);
  try {
    return await openAt(target, options, leave);
  } catch (error) {
    await leave();
    throw error;
  }
}

interface Reached {
  readonly target: ResolvedTarget;
  readonly leave: () => Promise<void>;
}

async function reach(options: RunOptions): Promise<Reached> {
  const { endpoint } = options;
  if (endpoint === undefined) {
    const { startMock } = await import('../mock/index.ts');
    const mock = await startMock();
    return { target: targetOfMock(mock), leave: () => mock.close() };
  }
  const connected = await connectCredentials(options);
  if (!connected.ok) throw new Error(`Nothing was exercised: ${connected.reason}.`);
  return { target: { ...options, ...connected, endpoint }, leave: async () => undefined };
}

async function openAt(
  resolved: ResolvedTarget,
  options: RunOptions,
  leave: () => Promise<void>,
): Promise<OpenSuite> {
  const startedAt = new Date();
  const settings = settingsOf(options, resolved);
  const spent = await ask(settings);
  const session = openSession({ ...settings, maxRequests: settings.maxRequests - spent });
  const seen: Exercised[] = [];
  return {
    async exercise(property, signal) {
      signal.addEventListener('abort', () => session.interruption.abort(), { once: true });
      const exercised = await exercise(property, session);
      seen.push(exercised);
      return exercised;
    },
    report() {
      const obstacle = seen.find(each => each.obstacle !== undefined)?.obstacle;
      const shortfall = seen.find(each => each.shortfall !== undefined)?.shortfall;
      return reportOf(
        options,
        settings,
        {
          evidence: mergeEvidence(seen.map(({ evidence }) => evidence)),
          ...(obstacle === undefined ? {} : { obstacle }),
          ...(shortfall === undefined ? {} : { shortfall }),
          exchanges: [],
          failures: [],
          wasInterrupted: session.interruption.signal.aborted,
          sent: session.target.sent,
        },
        startedAt,
      );
    },
    async close() {
      const { sent } = session.target;
      await session.target.close();
      session.journal.close();
      const { remaining } = await clean(settings, settings.maxRequests - spent - sent);
      await leave();
      if (remaining.length === 0) return rm(settings.journalPath, { force: true });
      const named = remaining.map(({ urn, why }) => `${urn} (${why})`).join(', ');
      throw new Error(
        `Left behind: ${named}. To delete it: npx fgs-conformance cleanup --journal ${settings.journalPath}`,
      );
    },
  };
}

/** Asks the target one question, and answers how many requests that took. */
async function ask(settings: ReturnType<typeof settingsOf>): Promise<number> {
  const journal = openJournal(settings.journalPath);
  const target = targetOf(settings, settings.maxRequests);
  try {
    const refusal = await preflight(target, journal, settings);
    if (refusal === undefined) return target.sent;
    await clean(settings, settings.maxRequests - target.sent);
    await rm(settings.journalPath, { force: true });
    throw new Error(`Nothing was exercised: ${refusal}.`);
  } finally {
    journal.close();
    await target.close();
  }
}
