import { rm } from 'node:fs/promises';
import {
  type CleanedUp,
  cleanUp,
  createTarget,
  Interrupted,
  type Ledger,
  openJournal,
  openLedger,
  type Target,
} from '../target/index.ts';
import { connectCredentials } from './credentials.ts';
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

/** What is left when a run has ended. */
export interface Ending {
  /** What was created and could not be deleted. */
  readonly remaining: CleanedUp['remaining'];
  /** The journal of what remains, when something does. */
  readonly journalPath?: string;
}

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
  const settings = settingsOf(options, reached.target);
  let target: Target | undefined;
  const end = once(async () => {
    try {
      return target === undefined ? { remaining: [] } : await clean(target, settings);
    } finally {
      await target?.close();
      await reached.leave();
    }
  });
  try {
    const { signal } = options;
    target = createTarget({ ...settings, ledger, ...(signal === undefined ? {} : { signal }) });
    const obstacle = await ask(target, settings);
    return obstacle === undefined ? { settings, ledger, end } : { settings, obstacle, ledger, end };
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
    const left = inWords(await begun.end());
    if (left === undefined || !(error instanceof Error)) throw error;
    throw new Error(`${error.message}\n${left}`, { cause: error });
  }
  return { used, ending: await begun.end() };
}

/** What could not be deleted, and how to delete it; `undefined` when nothing is left. */
export function inWords({ remaining, journalPath }: Ending): string | undefined {
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

/** Asks the target one question; answers why a run would be pointless. */
async function ask(target: Target, settings: RunSettings): Promise<string | undefined> {
  const journal = openJournal(settings.journalPath);
  try {
    return await preflight(target, journal, settings);
  } catch (error) {
    if (error instanceof Interrupted) return 'the run was interrupted';
    throw error;
  } finally {
    journal.close();
  }
}

/** Deletes what the journal still has; what creates things deletes them as it goes. */
async function clean(target: Target, settings: RunSettings): Promise<Ending> {
  const { journalPath } = settings;
  const journal = openJournal(journalPath);
  try {
    const { remaining } = await cleanUp(target, journal);
    if (remaining.length > 0) return { remaining, journalPath };
    await rm(journalPath, { force: true });
    return { remaining };
  } finally {
    journal.close();
  }
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
