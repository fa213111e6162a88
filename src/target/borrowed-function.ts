/** A function of somebody else's: versions are published on it and taken away again, and nothing else is touched. */

import { parseFullUrn, parseUrnParameter, withoutQualifier } from '../page/urn.ts';
import { BudgetExhausted } from './budget.ts';
import type { Journal } from './journal.ts';
import type { AskedVersion, JournalContents } from './journal-contents.ts';
import { listVersions } from './lists.ts';
import {
  type Answered,
  deleteVersion,
  isAccepted,
  isRefusal,
  type Members,
  readConfiguration,
} from './operations.ts';
import { TargetUnresponsive } from './outage.ts';
import { createSlots } from './slots.ts';
import type { Target } from './target.ts';

export interface BorrowedFunction {
  /** In the long form, when anything says the region; without version. */
  readonly urn: string;
  /** How many versions of the run it has, or may have. */
  readonly versions: number;
  /** Publishes, in the journal first, and takes away what came of it; one publication at a time. */
  publish<Result extends Partial<Answered>>(
    asked: AskedVersion,
    send: () => Promise<Result>,
  ): Promise<Result>;
}

/**
 * Looks at a function and the versions that it has: those are never deleted.
 *
 * @param options `keep` leaves what is published as well, in the journal
 */
export async function borrowFunction(
  target: Target,
  journal: Journal,
  given: string,
  { keep = false }: { readonly keep?: boolean } = {},
): Promise<BorrowedFunction> {
  const { entries, complete } = await listVersions(target, given);
  const urn = await longUrn(target, given, entries);
  if (complete) journal.listed(urn, entries.map(versionOf));
  // One at a time, so that a version that no answer names is known by the version list.
  const turns = createSlots([urn]);

  const takeAway = async (version: string): Promise<void> => {
    const versionUrn = `${urn}:${version}`;
    journal.created(versionUrn, target.endpoint);
    // Without the versions from before, nobody knows whose it is.
    if (complete && !keep) await deleteVersion(target, versionUrn, { journal, fromReserve: true });
  };
  const takeAwayUnnamed = async (id: string, namesOld: boolean): Promise<void> => {
    const after = await listVersions(target, urn, undefined, { fromReserve: true, observed: false });
    if (!complete || !after.complete) return;
    const { own } = versionsOfRun(after.entries, journal, urn);
    for (const version of own) await takeAway(version);
    // One that is not there may still come: it is looked for again at the end, unless an answer named another.
    if (own.length > 0 || namesOld) journal.deleted(id);
  };

  return {
    urn,
    get versions() {
      return journal.pending().length;
    },
    publish: (asked, send) =>
      turns.use(async () => {
        const id = journal.publishing(urn, asked);
        const sent = await send().catch((error: unknown) => {
          if (error instanceof BudgetExhausted || error instanceof TargetUnresponsive) journal.refused(id);
          throw error;
        });
        const { exchange, body } = sent;
        const isKnown = exchange !== undefined && isAccepted(exchange);
        const before = journal.before.get(urn);
        const named = isKnown ? newVersionIn(body, before) : undefined;
        const namesOld = isKnown && before?.has(versionOf(body ?? {})) === true;
        if (named !== undefined) await takeAway(named);
        const isOver = named !== undefined || (exchange !== undefined && isRefusal(exchange));
        if (isOver) journal.refused(id);
        else await takeAwayUnnamed(id, namesOld);
        return sent;
      }),
  };
}

/** The version that an answer names, if it is one that was not there before. */
function newVersionIn(
  body: Members | undefined,
  before: ReadonlySet<string> | undefined,
): string | undefined {
  const version = body?.version;
  if (typeof version !== 'string' || version === '' || version === 'latest') return undefined;
  return before?.has(version) === true ? undefined : version;
}

/** The URN as the target writes it: a short one, with a version after it, would be read as another function. */
async function longUrn(target: Target, given: string, entries: readonly Members[]): Promise<string> {
  const isIt = (urn: unknown): urn is string =>
    typeof urn === 'string' && parseFullUrn(urn)?.name === parseUrnParameter(given)?.name;
  const listed = [given, ...entries.map(entry => entry.func_urn)].find(isIt);
  if (listed !== undefined) return withoutQualifier(listed);
  const { body } = await readConfiguration(target, given, undefined, { observed: false });
  if (isIt(body?.func_urn)) return withoutQualifier(body.func_urn);
  const { name = given, package: pack = 'default' } = parseUrnParameter(given) ?? {};
  const { region, projectId } = target;
  const place = `${projectId}:${pack}:${name}`;
  return region === undefined ? place : `urn:fss:${region}:${projectId}:function:${pack}:${name}`;
}

/** What the version list of somebody else's function shows of the run that published on it. */
export interface VersionsOfRun {
  /** Versions that the run made and that are still there. */
  readonly own: readonly string[];
  /** Versions that were not there before the run, and that are not known to be the run's. */
  readonly unexplained: readonly string[];
}

/**
 * Tells by its version list what a run left on somebody else's function. A publication whose answer was lost or
 * named nothing has made what was not there before, if that is what was asked for and nothing else may be it.
 */
export function versionsOfRun(
  entries: readonly Members[],
  journal: JournalContents,
  urn: string,
): VersionsOfRun {
  const before = journal.before.get(urn);
  const isPublished = (entry: Members): boolean => journal.versions.has(`${urn}:${versionOf(entry)}`);
  const added = entries.filter(
    entry => before?.has(versionOf(entry)) === false && versionOf(entry) !== 'latest',
  );
  const fresh = added.filter(entry => !isPublished(entry));
  const asked = journal
    .pending()
    .flatMap(entry => (entry.kind === 'publication' && entry.urn === urn ? [entry] : []));
  const meant = fresh.filter(entry => asked.some(publication => isMeant(entry, publication)));
  const candidates = meant.length > 0 ? meant : fresh;
  const made = candidates.length <= asked.length ? candidates : [];
  return {
    own: [...added.filter(isPublished), ...made].map(versionOf),
    unexplained: fresh.filter(entry => !made.includes(entry)).map(versionOf),
  };
}

function isMeant(entry: Members, { version, description }: AskedVersion): boolean {
  const isNamed = version === undefined || version === '' || entry.version === version;
  return isNamed && (entry.version_description ?? '') === (description ?? '');
}

function versionOf({ version }: Members): string {
  return typeof version === 'string' ? version : '';
}
