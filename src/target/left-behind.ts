import { rmSync } from 'node:fs';
import { parseFullUrn, withoutQualifier } from '../page/urn.ts';
import { type CleanedUp, cleanUp, deletions } from './clean-up.ts';
import { type Journal, readJournal } from './journal.ts';
import { findJournalFiles, isRunning } from './journal-files.ts';
import { type Entries, listFunctions } from './lists.ts';
import { createdAt } from './names.ts';
import { type Remaining, undoInRounds } from './rounds.ts';
import { createStates, type States, type StatesOptions } from './states.ts';
import type { Target } from './target.ts';

/** How provider states are torn down that a journal names. */
export interface TearDownOptions extends Pick<StatesOptions, 'timeoutMs' | 'cacert'> {
  /** Default: what the journal says. */
  readonly statesUrl?: string;
}

/**
 * Undoes what a journal names. The file stays as it is; what of it cannot be believed remains.
 *
 * @throws Error when the file cannot be read
 */
export async function cleanUpAfter(
  target: Target,
  path: string,
  options: TearDownOptions,
): Promise<CleanedUp> {
  const journal = readJournal(path);
  const { problems, owners } = journal;
  const isNone = owners.length === 0 && journal.functions.size === 0;
  if (isNone) return { ...NOTHING, remaining: [{ urn: path, why: 'it is no journal of fgs-conformance' }] };
  const states = statesOf(journal, options);
  try {
    const cleaned = await cleanUp(target, journal, states);
    const doubts = problems.map(why => ({ urn: path, why: `its ${why}` }));
    return { ...cleaned, remaining: [...cleaned.remaining, ...doubts] };
  } finally {
    await states?.close();
  }
}

const NOTHING: CleanedUp = { deleted: 0, gone: 0, remaining: [] };

function statesOf(journal: Journal, { statesUrl, ...options }: TearDownOptions): States | undefined {
  const url = statesUrl ?? journal.owners.findLast(owner => owner.statesUrl !== undefined)?.statesUrl;
  return url === undefined ? undefined : createStates(url, options);
}

/**
 * Undoes what all runs left at an endpoint: what the journals name that are found, and every function with a name
 * of the suite's whose run began at least so long ago. Younger ones remain: a run may still need them.
 */
export async function cleanUpAll(
  target: Target,
  olderThanMs: number,
  options: TearDownOptions,
): Promise<CleanedUp> {
  const journals = findJournalFiles().filter(path => mayConcern(path, target));
  const parts: CleanedUp[] = [];
  for (const path of journals) parts.push(await cleanUpAfterRun(target, path, options));
  parts.push(await deleteOld(target, olderThanMs, journals));
  const remaining = new Map(parts.flatMap(part => part.remaining.map(({ urn, why }) => [urn, why])));
  return {
    deleted: sum(parts.map(({ deleted }) => deleted)),
    gone: sum(parts.map(({ gone }) => gone)),
    remaining: [...remaining].map(([urn, why]) => ({ urn, why })),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Whether a journal is of a run at this endpoint, or damaged so that nobody knows. */
function mayConcern(path: string, { endpoint }: Target): boolean {
  const journal = ifThere(() => readJournal(path));
  if (journal === undefined) return false;
  const { endpoints, problems } = journal;
  return endpoints.has(endpoint) || (endpoints.size === 0 && problems.length > 0);
}

/** A run that ends meanwhile takes its journal away. */
function ifThere<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Undoes what the journal of a run names when the run is over, and removes the file when nothing remains. */
async function cleanUpAfterRun(target: Target, path: string, options: TearDownOptions): Promise<CleanedUp> {
  const journal = ifThere(() => readJournal(path));
  if (journal === undefined) return NOTHING;
  const pid = journal.owners.at(-1)?.pid;
  if (pid !== undefined && isRunning(pid)) {
    const why = `the run that writes it is still going on (process ${pid}); if not: cleanup --journal ${path}`;
    return { ...NOTHING, remaining: [{ urn: path, why }] };
  }
  const cleaned = await cleanUpAfter(target, path, options);
  if (cleaned.remaining.length === 0) rmSync(path, { force: true });
  return cleaned;
}

interface LeftBehind {
  /** Without version. */
  readonly urn: string;
  readonly createdAt: Date;
}

async function deleteOld(
  target: Target,
  olderThanMs: number,
  journals: readonly string[],
): Promise<CleanedUp> {
  const list = await listAll(target);
  const functions = functionsIn(list);
  const old = functions.filter(({ createdAt: began }) => Date.now() - began.getTime() >= olderThanMs);
  const { undoing, fates } = deletions(target);
  const refused = await undoInRounds(old.map(({ urn }) => undoing(urn)));
  const after = old.length === 0 ? functions : functionsIn(await listAll(target));
  const remaining = [
    ...refused,
    ...after.flatMap(({ urn, createdAt: began }): Remaining[] => {
      if (refused.some(each => each.urn === urn)) return [];
      const isOld = old.some(each => each.urn === urn);
      const why = isOld ? STILL_THERE : `its run began at ${began.toISOString()}: see --older-than`;
      return [{ urn, why }];
    }),
    ...(list.complete ? [] : [{ urn: 'other functions', why: unlisted(list, journals) }]),
  ];
  return { deleted: fates.deleted.size, gone: fates.gone.size, remaining };
}

const STILL_THERE = 'its deletion was answered with success, and it is still there';

function listAll(target: Target): Promise<Entries> {
  return listFunctions(target, undefined, { fromReserve: true, observed: false });
}

function functionsIn({ entries }: Entries): readonly LeftBehind[] {
  const found = entries.flatMap(({ func_urn: urn }): LeftBehind[] => {
    const name = typeof urn === 'string' ? parseFullUrn(urn)?.name : undefined;
    const began = name === undefined ? undefined : createdAt(name);
    return began === undefined ? [] : [{ urn: withoutQualifier(String(urn)), createdAt: began }];
  });
  return found.toSorted((left, right) => left.createdAt.getTime() - right.createdAt.getTime());
}

/** Why nobody knows what else there is. */
function unlisted({ exchanges }: Entries, journals: readonly string[]): string {
  const { response, failure } = exchanges.at(-1) ?? {};
  const answer = failure?.message ?? `the answer was ${response?.status}`;
  const known = journals.length === 0 ? 'there is no journal of this endpoint either' : journals.join(', ');
  return `the functions cannot be listed to their end (${answer}); ${
    journals.length === 0 ? known : `the journals of this endpoint: ${known}`
  }`;
}
