import type { Context } from '../page/context.ts';
import { parseFullUrn } from '../page/urn.ts';
import {
  type BorrowedFunction,
  deleteFunction,
  deleteVersion,
  type Entries,
  isAccepted,
  isGone,
  listVersions,
  type Published,
  publish,
  readConfiguration,
} from '../target/index.ts';
import { askedFor, hasDigest } from './asked-for.ts';
import { change, changeBarely, type Followed, limitInstances, touch } from './change-function.ts';
import type { FunctionPublishOptions, FunctionUnderTest } from './function-under-test.ts';
import { createKnownState, type FirstState } from './known-state.ts';
import { type Fate, publishSurely } from './publish-surely.ts';
import type { Session } from './session.ts';

/** How a function came to be there. */
export interface Origin extends FirstState {
  readonly urn: string;
  /** It is somebody else’s, and what is published on it is taken away at once. */
  readonly borrowed?: BorrowedFunction;
  /** How the function is taken away, when not through the API. */
  readonly remove?: () => Promise<void>;
}

/**
 * Versions that a function of the run has at most at any time, besides `latest`: some editions of the service
 * keep no more than ten.
 */
export const MOST_VERSIONS = 8;

/** Follows the state of a function that is there. */
export function followFunction(session: Session, origin: Origin): FunctionUnderTest {
  const { urn, borrowed } = origin;
  const { target } = session;
  const known = createKnownState(origin, target.projectId);
  const followed: Followed = { session, urn, known };
  const attend: FunctionUnderTest['attend'] = (asked, send) =>
    borrowed === undefined ? send() : borrowed.publish(asked, send);
  return {
    urn,
    parts: parseFullUrn(urn) ?? { region: '', projectId: target.projectId, package: 'default', name: urn },
    get configuration() {
      return known.configuration;
    },
    get publications() {
      return known.publications;
    },
    get versions() {
      return borrowed?.versions ?? known.versions;
    },
    context: known.context,
    attend,
    publish: (body, options = {}) => publishOn(followed, origin, attend, body, options),
    touch: () => touch(followed),
    change: members => change(followed, members),
    changeBarely: () => changeBarely(followed),
    limitInstances: instances => limitInstances(followed, instances),
    list: listing(followed),
    read: reading(followed),
    removeVersion: () => removeOldestVersion(followed),
    remove: () => remove(followed, origin),
  };
}

async function publishOn(
  followed: Followed,
  { isOwn }: Origin,
  attend: FunctionUnderTest['attend'],
  body: unknown,
  { urn = followed.urn, context: differing = {}, ...options }: FunctionPublishOptions,
): Promise<Published> {
  const { session, known } = followed;
  const { target, settings } = session;
  if (isOwn && known.versions >= MOST_VERSIONS && !settings.keep) await removeOldestVersion(followed);
  const request = askedFor(body);
  const requestedVersion = known.isTaken(request.version) ? 'taken' : 'free';
  const context = (): Context => ({ ...known.context(), requestedVersion, ...differing });
  const answered = await attend(request, () =>
    publishSurely({
      publish: () => publish(target, urn, body, { ...options, context: context(), observed: false }),
      context,
      target,
      look: () => lookForVersion(followed),
      // New code makes something to publish, but not for a digest of the old one.
      restore: async ({ version = '' }) =>
        isOwn && !hasDigest(body) && (await isRemoved(followed, version)) && touch(followed),
    }),
  );
  const { fate, exchange } = answered;
  if (fate?.kind === 'published') known.publishedAs(fate.version, request.version);
  else if (isAccepted(exchange)) known.publishedAs(answered.published, request.version);
  else if (exchange.failure !== undefined) known.mayHavePublished();
  else if (options.write !== undefined) known.mayHaveUnderstoodMore();
  return answered;
}

/** Looks for a version that nobody was told of. */
async function lookForVersion({ session, urn, known }: Followed): Promise<Fate> {
  if (known.published === undefined) return { kind: 'unknown' };
  const names = new Set(known.published.map(({ version }) => version));
  const { entries, complete } = await listVersions(session.target, urn, known.context());
  if (!complete) return { kind: 'unknown' };
  const unknown = entries.filter(entry => isNamedVersion(entry) && !names.has(String(entry.version)));
  const [version] = unknown;
  if (version === undefined) return { kind: 'nothing' };
  return unknown.length > 1 ? { kind: 'unknown' } : { kind: 'published', version };
}

async function removeOldestVersion(followed: Followed): Promise<void> {
  const [oldest] = followed.known.published ?? [];
  if (oldest?.version === undefined || oldest.version === 'latest') return;
  if (await isRemoved(followed, oldest.version)) followed.known.removedOldest();
}

/** Deletes a version, and answers whether it is gone. */
async function isRemoved({ session, urn, known }: Followed, version: string): Promise<boolean> {
  const { exchange } = await deleteVersion(session.target, `${urn}:${version}`, { context: known.context() });
  return isGone(exchange);
}

/** Lists the versions, as far as something can be held against what is on further pages. */
function listing({ session, urn, known }: Followed): FunctionUnderTest['list'] {
  return (differing = {}, { toItsEnd } = { toItsEnd: false }) => {
    const context = { ...known.context(), ...differing };
    const isEnough = (entries: Entries['entries']): boolean => {
      const listed = new Set(entries.map(({ version }) => version));
      return !toItsEnd && (context.published ?? []).every(({ version }) => listed.has(version));
    };
    return listVersions(session.target, urn, context, { isEnough });
  };
}

/** Reads the configuration of `latest`. */
function reading({ session, urn, known }: Followed): FunctionUnderTest['read'] {
  let last: { readonly body: unknown; readonly changes: number } | undefined;
  return async (differing = {}) => {
    // A publication that was made again needed a change for that.
    const isOutdated = last?.body === differing.latest && last?.changes !== known.changes;
    const { latest, ...rest } = { ...known.context(), ...differing };
    const context = latest === undefined || isOutdated ? rest : { ...rest, latest };
    const { body } = await readConfiguration(session.target, urn, context);
    last = { body, changes: known.changes };
    return body;
  };
}

async function remove({ session, urn }: Followed, { isOwn, remove: takeAway }: Origin): Promise<boolean> {
  const { target, journal, settings } = session;
  if (settings.keep) return false;
  if (takeAway !== undefined) {
    await takeAway();
    return true;
  }
  if (!isOwn) return false;
  const options = { journal, fromReserve: true };
  const { exchange } = await deleteFunction(target, urn, options);
  // Live services refuse some deletions at first.
  return isGone(exchange) || isGone((await deleteFunction(target, urn, options)).exchange);
}

/** Whether an entry of a version list is a published version, not `latest`. */
export function isNamedVersion({ version }: Readonly<Record<string, unknown>>): boolean {
  return version !== 'latest';
}
