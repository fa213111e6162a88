import { rm } from 'node:fs/promises';
import { plainConfiguration } from '../generate/plain-configuration.ts';
import {
  arrangeFunction,
  BudgetExhausted,
  cleanUp,
  createStates,
  createTarget,
  deleteFunction,
  Interrupted,
  type Journal,
  joinJournal,
  type Ledger,
  openJournal,
  openLedger,
  requestsToCleanUp,
  type Target,
  uniqueNames,
} from '../target/index.ts';
import { connectCredentials } from './credentials.ts';
import { recogniseForgetful } from './memory.ts';
import {
  checkRunOptions,
  planOf,
  type ResolvedTarget,
  type RunOptions,
  settingsOf,
  targetOfMock,
} from './options.ts';
import { preflight } from './preflight.ts';
import type { Arrange } from './run-options.ts';
import type { Ending } from './run-result.ts';
import type { RunPlan, RunSettings } from './settings.ts';

/** A run that has begun: the target answers, or it is known why going on would be pointless. */
export type Begun = (
  | { readonly settings: RunSettings; readonly obstacle?: never }
  | { readonly settings: RunPlan; readonly obstacle: string }
) & {
  readonly ledger: Ledger;
  /** Deletes what was created and closes what is open; a second call answers what the first one did. */
  end(): Promise<Ending>;
};

/**
 * Begins a run: reaches the target, or starts the mock server in its place, opens the journal, and asks one
 * question. Whoever begins a run ends it.
 *
 * @throws UsageError when the options contradict each other
 * @throws Error when the mock server cannot start, or the journal cannot be written
 */
export async function begin(options: RunOptions): Promise<Begun> {
  checkRunOptions(options);
  const reached = await reach(options);
  const ledger = openLedger();
  if (!reached.ok) return { ...reached, ledger, end: async () => ({ remaining: [] }) };
  let settings = settingsOf(options, reached.target);
  let opened: Opened | undefined;
  const end = once(async () => {
    try {
      return opened === undefined ? { remaining: [] } : await clean(opened.target, settings);
    } finally {
      opened?.journal.close();
      await opened?.target.close();
      await reached.leave();
    }
  });
  try {
    opened = open(settings, ledger, options.signal);
    options.watcher?.onBegin?.(settings.journalPath);
    const obstacle = await ask(opened, settings);
    if (obstacle !== undefined) return { settings, obstacle, ledger, end };
    settings = { ...settings, arrange: await howToArrange(opened, settings, options) };
    settings = await suited(opened, settings, options);
    return { settings, ledger, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Begins a run, uses it, and ends it, whatever happens meanwhile.
 *
 * @throws as `begin` and `use` do; the message then names what could not be deleted
 */
export async function throughout<Used>(
  options: RunOptions,
  use: (begun: Begun) => Promise<Used>,
): Promise<{ readonly used: Used; readonly ending: Ending }> {
  const begun = await begin(options);
  let used: Used;
  try {
    used = await use(begun);
  } catch (error) {
    const left = remainingInWords(await begun.end());
    if (left === undefined || !(error instanceof Error)) throw error;
    throw new Error(`${error.message}\n${left}`, { cause: error });
  }
  return { used, ending: await begun.end() };
}

/** What could not be deleted, and how to delete it; `undefined` when nothing is left. */
export function remainingInWords({ remaining, journalPath }: Ending): string | undefined {
  if (remaining.length === 0) return undefined;
  const named = remaining.map(({ urn, why }) => `${urn} (${why})`).join(', ');
  return `Left behind: ${named}. To delete it: npx fgs-conformance cleanup --journal ${journalPath}`;
}

type Reached =
  | { readonly ok: true; readonly target: ResolvedTarget; readonly leave: () => Promise<void> }
  | { readonly ok: false; readonly settings: RunPlan; readonly obstacle: string };

async function reach(options: RunOptions): Promise<Reached> {
  const { endpoint } = options;
  if (endpoint === undefined) {
    const { startMock } = await import('../mock/index.ts');
    const mock = await startMock();
    return { ok: true, target: targetOfMock(mock), leave: () => mock.close() };
  }
  const connected = await connectCredentials(options);
  const target = { ...options, endpoint };
  if (!connected.ok) return { ok: false, settings: planOf(options, target), obstacle: connected.reason };
  return { ok: true, target: { ...target, ...connected }, leave: async () => undefined };
}

interface Opened {
  readonly target: Target;
  readonly journal: Journal;
}

/** A journal that cannot be written is known before anything is sent. */
function open(settings: RunSettings, ledger: Ledger, signal: AbortSignal | undefined): Opened {
  const target = createTarget({
    ...settings,
    ledger,
    reserved: () => requestsToCleanUp(journal),
    ...(signal === undefined ? {} : { signal }),
  });
  const { runId: run, projectId, statesUrl, journalPath } = settings;
  const journal = openJournal(journalPath, {
    run,
    endpoint: target.endpoint,
    projectId,
    pid: process.pid,
    ...(statesUrl === undefined || mayHoldSecrets(statesUrl) ? {} : { statesUrl }),
  });
  return { target, journal };
}

function mayHoldSecrets(url: string): boolean {
  const { username, password, search } = new URL(url);
  return username !== '' || password !== '' || search !== '';
}

/** Asks the target a few questions; answers why a run would be pointless. */
async function ask({ target, journal }: Opened, settings: RunSettings): Promise<string | undefined> {
  try {
    return await preflight(target, journal, settings);
  } catch (error) {
    if (error instanceof Interrupted) return 'the run was interrupted';
    if (error instanceof BudgetExhausted) return 'the request budget is too small to begin with';
    throw error;
  }
}

/** The settings that suit a server without a memory, when it is one. */
async function suited(
  { target, journal }: Opened,
  settings: RunSettings,
  { arrange = 'auto', statesUrl }: RunOptions,
): Promise<RunSettings> {
  if (settings.arrange !== 'api') return settings;
  try {
    const forgetful = await recogniseForgetful(target, journal, settings);
    if (forgetful === undefined) return settings;
    if (arrange === 'auto' && statesUrl !== undefined) return { ...settings, arrange: 'states' };
    const { functionUrn, reason } = forgetful;
    return { ...settings, arrange: 'none', functionUrn, forgetful: reason };
  } catch (error) {
    // The run itself tells what it comes to.
    if (error instanceof BudgetExhausted || error instanceof Interrupted) return settings;
    throw error;
  }
}

/** Answers that say that functions cannot be created: not allowed, or no such operation. */
const CANNOT_CREATE: ReadonlySet<number> = new Set([403, 404, 405, 501]);

/** Through provider states when that is left open and the API creates no functions. */
async function howToArrange(
  { target, journal }: Opened,
  { arrange, statesUrl, runId }: RunSettings,
  options: RunOptions,
): Promise<Arrange> {
  const isOpen = (options.arrange ?? 'auto') === 'auto' && arrange === 'api';
  if (!isOpen || statesUrl === undefined || options.endpoint === undefined) return arrange;
  try {
    const created = await arrangeFunction(target, journal, plainConfiguration(uniqueNames()(), runId));
    if (created.urn !== undefined) await deleteFunction(target, created.urn, { journal, fromReserve: true });
    const status = created.ok ? undefined : created.exchange.response?.status;
    return status !== undefined && CANNOT_CREATE.has(status) ? 'states' : arrange;
  } catch (error) {
    // The run itself tells what it comes to.
    if (error instanceof BudgetExhausted || error instanceof Interrupted) return arrange;
    throw error;
  }
}

/** Deletes what the journal still has; what creates things deletes them as it goes. */
async function clean(target: Target, settings: RunSettings): Promise<Ending> {
  const { journalPath, runId, statesUrl, keep } = settings;
  // Other threads have written into it meanwhile.
  const journal = joinJournal(journalPath, runId);
  const states = statesUrl === undefined ? undefined : createStates(statesUrl, settings);
  try {
    const kept = journal.pending().length;
    if (keep && kept > 0) return { remaining: [], kept, journalPath };
    const { remaining } = await cleanUp(target, journal, states);
    if (remaining.length > 0) return { remaining, journalPath };
    await rm(journalPath, { force: true });
    return { remaining };
  } finally {
    await states?.close();
    journal.close();
  }
}

/** Does the work once; a second call answers what the first one did. */
export function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
