import { rm } from 'node:fs/promises';
import { clauses } from '../page/catalogue.ts';
import type { Exchange } from '../page/exchange.ts';
import { page } from '../page/title.ts';
import { curlLine } from '../report/index.ts';
import { type CleanedUp, cleanUp, createTarget, openJournal, type Target } from '../target/index.ts';
import { applyBaseline } from '../verdict/baseline.ts';
import { type EvidenceData, mergeEvidence } from '../verdict/evidence.ts';
import { matchesAny } from '../verdict/globs.ts';
import type { Report } from '../verdict/report.ts';
import { clauseVerdicts, summarize } from '../verdict/verdict.ts';
import { connectCredentials } from './credentials.ts';
import { type PropertiesOutcome, runProperties } from './engine.ts';
import {
  checkRunOptions,
  planOf,
  type ResolvedTarget,
  type RunOptions,
  settingsOf,
  targetOfMock,
} from './options.ts';
import { preflight } from './preflight.ts';
import type { RunPlan, RunSettings } from './settings.ts';
import { tool } from './tool.ts';

/** What a run came to. */
export interface RunResult {
  readonly report: Report;
  /** Every exchange that was judged, when `keepExchanges` asks for them. */
  readonly exchanges: readonly Exchange[];
  /** What was created and could not be deleted. */
  readonly remaining: CleanedUp['remaining'];
  /** The journal of what remains, when something does. */
  readonly journalPath?: string;
  readonly wasInterrupted: boolean;
  /** Whether everything was exercised that the target lets be exercised: no filter, no shard, no shortage. */
  readonly isComplete: boolean;
}

/**
 * Runs the suite against a target and deletes what it created.
 *
 * @throws UsageError when the options contradict each other
 * @throws Error when the embedded mock server or vitest cannot start, or a property has a bug
 *
 * @example
 * const { report } = await run({ endpoint: 'http://127.0.0.1:8080', projectId: 'p', token: 't' });
 * report.summary.verdict // 'conformant'
 */
export async function run(options: RunOptions = {}): Promise<RunResult> {
  checkRunOptions(options);
  const { endpoint } = options;
  if (endpoint !== undefined) {
    const startedAt = new Date();
    const connected = await connectCredentials(options);
    const target = { ...options, endpoint };
    if (connected.ok) return runAgainst(options, { ...target, ...connected });
    const outcome = { ...NOTHING, obstacle: connected.reason };
    const report = reportOf(options, planOf(options, target), outcome, startedAt);
    return { report, exchanges: [], remaining: [], wasInterrupted: false, isComplete: false };
  }
  const { startMock } = await import('../mock/index.ts');
  const mock = await startMock();
  try {
    return await runAgainst(options, targetOfMock(mock));
  } finally {
    await mock.close();
  }
}

async function runAgainst(options: RunOptions, resolved: ResolvedTarget): Promise<RunResult> {
  const startedAt = new Date();
  const settings = settingsOf(options, resolved);
  const signal = options.signal ?? new AbortController().signal;
  const journal = openJournal(settings.journalPath);
  const target = targetOf(settings, settings.maxRequests);
  try {
    const refusal = await preflight(target, journal, settings);
    const forProperties = settings.maxRequests - target.sent;
    const outcome =
      refusal === undefined
        ? await exercise(options, { ...settings, maxRequests: forProperties }, signal)
        : { ...NOTHING, obstacle: refusal };
    const { deleted: _deleted, remaining } = await clean(
      settings,
      settings.maxRequests - target.sent - outcome.sent,
    );
    if (outcome.failures.length > 0)
      throw new Error(`The suite itself failed: ${outcome.failures.join('; ')}`);
    const report = reportOf(options, settings, outcome, startedAt);
    const { wasInterrupted, exchanges } = outcome;
    const result = { report, exchanges, remaining, wasInterrupted, isComplete: isComplete(options, outcome) };
    if (remaining.length > 0) return { ...result, journalPath: settings.journalPath };
    await rm(settings.journalPath, { force: true });
    return result;
  } finally {
    await target.close();
  }
}

const NO_EVIDENCE: EvidenceData = mergeEvidence([]);
const NOTHING: PropertiesOutcome = {
  evidence: NO_EVIDENCE,
  exchanges: [],
  failures: [],
  wasInterrupted: false,
  sent: 0,
};

function exercise(
  options: RunOptions,
  settings: RunSettings,
  signal: AbortSignal,
): Promise<PropertiesOutcome> {
  const { shard, watcher } = options;
  return runProperties({
    settings,
    signal,
    ...(shard === undefined ? {} : { shard }),
    ...(watcher === undefined ? {} : { watcher }),
  });
}

/** A target that takes so many requests more. */
export function targetOf(settings: RunSettings, maxRequests: number): Target {
  return createTarget({ ...settings, maxRequests });
}

/** Deletes what the journal still has; the properties delete their own functions as they go. */
export async function clean(settings: RunSettings, maxRequests: number): Promise<CleanedUp> {
  const journal = openJournal(settings.journalPath);
  if (journal.pending().length === 0) return { deleted: 0, remaining: [] };
  const target = targetOf(settings, maxRequests);
  try {
    return await cleanUp(target, journal);
  } finally {
    await target.close();
  }
}

function isComplete(
  { only = [], shard }: RunOptions,
  { obstacle, shortfall, wasInterrupted }: PropertiesOutcome,
): boolean {
  return only.length === 0 && shard === undefined && !wasInterrupted && (obstacle ?? shortfall) === undefined;
}

/** What a report tells of the settings: how the target was treated, not how the suite keeps its books. */
function shownOptions(settings: RunPlan): Readonly<Record<string, unknown>> {
  const { maxRequests, concurrency, timeoutMs, rate, only, functionUrn, statesUrl, region } = settings;
  const options = { maxRequests, concurrency, timeoutMs, rate, only, functionUrn, statesUrl, region };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** What is reported of what the properties saw. */
export function reportOf(
  { failOn = 'required', baseline = [] }: RunOptions,
  settings: RunPlan,
  { evidence, obstacle, shortfall, wasInterrupted }: PropertiesOutcome,
  startedAt: Date,
): Report {
  const isWanted = (id: string): boolean => settings.only.length === 0 || matchesAny(settings.only, id);
  const wanted = clauses.filter(({ id }) => isWanted(id));
  const seen = clauseVerdicts(
    wanted,
    evidence,
    ({ before = [], exchange }) =>
      [...before, exchange].map(({ request }) => curlLine(request, settings.endpoint)).join('\n'),
    obstacle ?? shortfall,
  );
  const listed = baseline.filter(({ id }) => isWanted(id));
  const compared = applyBaseline(seen, listed, startedAt.toISOString().slice(0, 10));
  const standing = wasInterrupted ? 'the run was interrupted' : obstacle;
  return {
    tool,
    page,
    target: { endpoint: settings.endpoint, arranged: settings.arrange },
    run: {
      profile: settings.profile,
      seed: settings.seed,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      exchanges: evidence.exchanges,
      failOn,
      options: shownOptions(settings),
    },
    summary: summarize(compared.clauses, failOn, standing, compared.rotten),
    clauses: compared.clauses,
  };
}
