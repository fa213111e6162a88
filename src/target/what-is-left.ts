import { withoutQualifier } from '../page/urn.ts';
import { versionsOfRun } from './borrowed-function.ts';
import { BudgetExhausted } from './budget.ts';
import type { Journal } from './journal.ts';
import { type Entries, listFunctions, listVersions } from './lists.ts';
import { isNameOfRun } from './names.ts';
import { TargetUnresponsive } from './outage.ts';
import type { Remaining } from './rounds.ts';
import type { Target } from './target.ts';

/** What the lists of a target show of the runs that wrote a journal. */
export interface Left {
  /** URNs of what they created and is there. */
  readonly there: readonly string[];
  /** Whether something is certainly not there: a whole list lacks it. */
  readonly isAbsent: (urn: string) => boolean;
  /** What may be there and may be theirs. */
  readonly doubts: readonly Remaining[];
}

/** Looks at the functions of the project, and at the versions of the functions that were borrowed. */
export async function lookAfter(target: Target, journal: Journal): Promise<Left> {
  const lefts = [
    ...(journal.functions.size === 0 ? [] : [await lookAtFunctions(target, journal)]),
    ...(await Promise.all([...journal.before.keys()].map(urn => lookAtVersions(target, journal, urn)))),
  ];
  return {
    there: lefts.flatMap(({ there }) => there),
    isAbsent: urn => lefts.some(({ isAbsent }) => isAbsent(urn)),
    doubts: lefts.flatMap(({ doubts }) => doubts),
  };
}

const CLEAN_UP = { fromReserve: true, observed: false } as const;

async function lookAtFunctions(target: Target, journal: Journal): Promise<Left> {
  const { entries, complete } = await whatIsListed(() => listFunctions(target, undefined, CLEAN_UP));
  const urns = entries.flatMap(({ func_urn: urn }) =>
    typeof urn === 'string' ? [withoutQualifier(urn)] : [],
  );
  const isOwn = (urn: string): boolean =>
    journal.functions.has(urn) || journal.owners.some(({ run }) => isNameOfRun(nameIn(urn), run));
  const names = new Set(urns.map(nameIn));
  return {
    there: urns.filter(isOwn),
    isAbsent: urn => complete && journal.functions.has(urn) && !names.has(nameIn(urn)),
    doubts: [],
  };
}

function nameIn(urn: string): string {
  return urn.slice(urn.lastIndexOf(':') + 1);
}

async function lookAtVersions(target: Target, journal: Journal, urn: string): Promise<Left> {
  const { entries, complete } = await whatIsListed(() => listVersions(target, urn, undefined, CLEAN_UP));
  const { own, unexplained } = versionsOfRun(entries, journal, urn);
  const open = journal.pending().filter(entry => entry.kind === 'publication' && entry.urn === urn);
  const there = own.map(version => `${urn}:${version}`);
  const listed = new Set(entries.map(({ version }) => `${urn}:${version}`));
  if (complete && own.length === 0) for (const { id } of open) journal.deleted(id);
  const unseen = complete || open.length === 0 ? [] : [{ urn, why: UNSEEN }];
  return {
    there,
    isAbsent: version => complete && version.startsWith(`${urn}:`) && !listed.has(version),
    doubts: [...unseen, ...unexplained.map(version => ({ urn: `${urn}:${version}`, why: UNEXPLAINED }))],
  };
}

const UNSEEN = 'a publication on it got no clear answer, and its versions cannot be listed';
const UNEXPLAINED = 'it came to be during the run, and no answer named it: it may be somebody else’s';

/** The list as far as it could be read. */
async function whatIsListed(list: () => Promise<Entries>): Promise<Pick<Entries, 'entries' | 'complete'>> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof BudgetExhausted || error instanceof TargetUnresponsive)
      return { entries: [], complete: false };
    throw error;
  }
}
