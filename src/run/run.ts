import { clauses } from '../page/catalogue.ts';
import { givenIn } from '../page/resources.ts';
import { page } from '../page/title.ts';
import { curlLine } from '../report/curl.ts';
import { scriptOf } from '../report/script.ts';
import type { Ledger } from '../target/index.ts';
import { applyBaseline } from '../verdict/baseline.ts';
import { changedChoices, comparableChoices } from '../verdict/choice-changes.ts';
import { type EvidenceData, mergeEvidence } from '../verdict/evidence.ts';
import { matchesAny } from '../verdict/globs.ts';
import type { Report, ReportedChoice } from '../verdict/report.ts';
import { reportedChoices } from '../verdict/reported-choices.ts';
import { clauseVerdicts, summarize } from '../verdict/verdict.ts';
import { type PropertiesOutcome, runProperties } from './engine.ts';
import { EVERYTHING } from './left-out.ts';
import { type Begun, throughout } from './lifecycle.ts';
import { reasonNotExercised } from './reasons.ts';
import type { RunOptions } from './run-options.ts';
import type { RunResult } from './run-result.ts';
import type { RunPlan, RunSettings } from './settings.ts';
import { tool } from './tool.ts';

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
  const startedAt = new Date();
  const { used, ending } = await throughout(options, async begun => {
    const outcome =
      begun.obstacle === undefined
        ? await exercise(options, begun)
        : { ...NOTHING, obstacle: begun.obstacle, wasInterrupted: options.signal?.aborted === true };
    if (outcome.failures.length > 0)
      throw new Error(`The suite itself failed: ${outcome.failures.join('; ')}`);
    return { begun, outcome };
  });
  const { begun, outcome } = used;
  const { wasInterrupted, exchanges } = outcome;
  const report = reportOf(options, begun, outcome, startedAt);
  return { report, exchanges, ...ending, wasInterrupted, isComplete: isComplete(options, outcome) };
}

const NO_EVIDENCE: EvidenceData = mergeEvidence([]);
const NOTHING: PropertiesOutcome = {
  evidence: NO_EVIDENCE,
  exchanges: [],
  failures: [],
  wasInterrupted: false,
};

function exercise(
  { shard, watcher, signal = new AbortController().signal }: RunOptions,
  { settings, ledger }: Begun & { readonly obstacle?: never },
): Promise<PropertiesOutcome> {
  return runProperties({
    settings,
    ledger: ledger.shared,
    signal,
    ...(shard === undefined ? {} : { shard }),
    ...(watcher === undefined ? {} : { watcher }),
  });
}

function isComplete(
  { only = [], shard }: RunOptions,
  { obstacle, shortfall, wasInterrupted }: PropertiesOutcome,
): boolean {
  return only.length === 0 && shard === undefined && !wasInterrupted && (obstacle ?? shortfall) === undefined;
}

/** What a report tells of the settings: how the target was treated, not how the suite keeps its books. */
function shownOptions(
  settings: RunPlan & Partial<Pick<RunSettings, 'projectId'>>,
  { endpoint, shard }: RunOptions,
): Readonly<Record<string, unknown>> {
  const { maxRequests, concurrency, timeoutMs, rate, only, functionUrn, statesUrl, region, projectId } =
    settings;
  const given = givenIn(settings.resources);
  const address = endpoint === undefined ? {} : { endpoint, projectId };
  const options = {
    ...address,
    maxRequests,
    concurrency,
    timeoutMs,
    rate,
    only,
    functionUrn,
    statesUrl,
    region,
    shard,
    resources: given.length === 0 ? undefined : given,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** The pace that the service allowed, when it was asked for a slower one. */
function paceOf({ refusals, interval }: Ledger): Pick<Report['run'], 'pace'> {
  if (refusals === 0) return {};
  return { pace: { refusals, requestsPerSecond: Number((1000 / interval).toPrecision(2)) } };
}

/** Why nobody knows whether choices changed, when none of those that are expected was seen. */
function nothingCompared(
  expected: readonly ReportedChoice[] | undefined,
  seen: readonly ReportedChoice[],
): string | undefined {
  if (expected === undefined || comparableChoices(expected, seen) > 0) return undefined;
  return 'no choice was seen that is expected';
}

/** What the profile did not ask for. */
function leftOutOf({ leftOut }: EvidenceData): Pick<Report['run'], 'leftOut'> {
  const all = Object.entries(leftOut).map(([inputs, count]) => ({ inputs, count, profile: EVERYTHING }));
  return all.length === 0 ? {} : { leftOut: all };
}

/** What is reported of what the properties saw. */
export function reportOf(
  options: RunOptions,
  { settings, ledger }: Pick<Begun, 'settings' | 'ledger'>,
  { evidence, obstacle, shortfall, wasInterrupted }: PropertiesOutcome,
  startedAt: Date,
): Report {
  const { failOn = 'required', baseline = [], expectChoices } = options;
  const isWanted = (id: string): boolean => settings.only.length === 0 || matchesAny(settings.only, id);
  const wanted = clauses.filter(({ id }) => isWanted(id));
  const seen = clauseVerdicts(
    wanted,
    evidence,
    ({ message, reproduction, exchange }, id) =>
      reproduction === undefined
        ? curlLine(exchange.request, settings.endpoint)
        : scriptOf(`${id}: ${message}`, reproduction, settings.endpoint),
    obstacle ?? shortfall ?? (clause => reasonNotExercised(clause, settings, options.shard)),
  );
  const listed = baseline.filter(({ id }) => isWanted(id));
  const compared = applyBaseline(seen, listed, startedAt.toISOString().slice(0, 10));
  const choices = reportedChoices(evidence.choices);
  const standing = wasInterrupted
    ? 'the run was interrupted'
    : (obstacle ?? nothingCompared(expectChoices, choices));
  const changed = changedChoices(expectChoices, choices);
  const summary = summarize(compared.clauses, failOn, standing, compared.rotten, changed);
  const { forgetful } = settings;
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
      ...paceOf(ledger),
      ...leftOutOf(evidence),
      failOn,
      options: shownOptions(settings, options),
    },
    summary: forgetful === undefined ? summary : { ...summary, reason: `${summary.reason}; ${forgetful}` },
    clauses: compared.clauses,
    choices,
  };
}
