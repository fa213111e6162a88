import { createHash } from 'node:crypto';
import type { Configuration } from '../page/configuration.ts';
import { configuringOperation } from '../page/configuring.ts';
import type { Context } from '../page/context.ts';
import { looksAutomatic } from '../page/formats.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';
import { parseFullUrn } from '../page/urn.ts';
import {
  type Answered,
  type AskedVersion,
  type BorrowedFunction,
  changeableMembers,
  changeCode,
  changeConfiguration,
  changeStrategy,
  deleteFunction,
  deleteVersion,
  isAccepted,
  isGone,
  listVersions,
  publish,
  readConfiguration,
  setMaximumInstances,
} from '../target/index.ts';
import { askedFor, hasDigest } from './asked-for.ts';
import type { FunctionUnderTest } from './function-under-test.ts';
import { type Fate, publishSurely } from './publish-surely.ts';
import type { Session } from './session.ts';

/** How a function came to be there. */
export interface Origin {
  readonly urn: string;
  readonly configuration: Partial<Configuration>;
  /** Whether anything is there to publish; `undefined` when nobody knows. */
  readonly unpublishedChanges: boolean | undefined;
  /** Whether it is known to be there; it is unless this says otherwise. */
  readonly isCertain?: boolean;
  /** Whether the suite made it, and so may change and delete it. */
  readonly isOwn: boolean;
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

const CONFLICT = 409;

/** Follows the state of a function that is there. */
export function followFunction(session: Session, origin: Origin): FunctionUnderTest {
  const { target, journal } = session;
  const { urn, isOwn } = origin;
  let configuration = origin.configuration;
  let unpublishedChanges = origin.unpublishedChanges;
  let publications = 0;
  let versions = 0;
  let changes = 0;
  let lastRead: { readonly body: unknown; readonly changes: number } | undefined;
  const takenNames = new Set<string>();
  let published: readonly PublishedVersion[] | undefined = isOwn ? [] : undefined;
  const context = (): Context => {
    const codeMd5 = md5Of(configuration.func_code?.file);
    return {
      projectId: target.projectId,
      credentials: 'valid',
      ...(origin.isCertain === false ? {} : { function: 'exists' as const }),
      configuration,
      ...(unpublishedChanges === undefined ? {} : { unpublishedChanges }),
      ...(codeMd5 === undefined ? {} : { codeMd5 }),
      ...(published === undefined ? {} : { published }),
    };
  };

  /**
   * Only new code is a change beyond doubt: services differ in whether a change of the configuration alone
   * is one, or a change back to what a version has.
   */
  const changeTo = (changed: Partial<Configuration>, isNewCode: boolean): void => {
    configuration = changed;
    changes++;
    if (isNewCode) unpublishedChanges = true;
    else if (unpublishedChanges === false) unpublishedChanges = undefined;
  };

  const change = async (members: Partial<Configuration>): Promise<boolean> => {
    const wanted = { ...configuration, ...members };
    const sent = changeableMembers(wanted);
    const known = { ...context(), suspects: Object.keys(members) };
    if (wanted.strategy_config === undefined) {
      const { exchange } = await changeConfiguration(target, urn, sent, known);
      if (!isAccepted(exchange)) return false;
      changeTo(wanted, false);
      return true;
    }
    // Limiting the instances leaves a concurrency alone, beside which services may demand concurrent_num.
    const { exchange, strategy } = await changeStrategy(target, urn, sent, wanted.strategy_config, known);
    if (!isAccepted(exchange)) return false;
    // At the edge: what was sent, in the form that the target takes.
    changeTo({ ...wanted, strategy_config: strategy as typeof wanted.strategy_config }, false);
    return true;
  };

  const changeBarely = async (): Promise<boolean> => {
    const { mandatory = [], carries = [] } = configuringOperation('change configuration') ?? {};
    const sent = only(configuration, mandatory);
    const { exchange } = await changeConfiguration(target, urn, sent, context());
    if (!isAccepted(exchange)) return false;
    // What was left out is kept or unset, and nobody knows which.
    const fixed = Object.keys(configuration).filter(name => !carries.some(each => each === name));
    changeTo(only(configuration, [...fixed, ...mandatory]), false);
    return true;
  };

  const uploadCode = async (source: string): Promise<boolean> => {
    const code = {
      code_type: 'inline',
      func_code: { file: Buffer.from(source).toString('base64') },
    } as const;
    const { exchange } = await changeCode(target, urn, code, context());
    // The code is new: what conflicts with it is the same request, whose answer was lost.
    if (!isAccepted(exchange) && exchange.response?.status !== CONFLICT) return false;
    changeTo({ ...configuration, ...code }, true);
    return true;
  };

  const attend = <Result extends Partial<Answered>>(asked: AskedVersion, send: () => Promise<Result>) =>
    origin.borrowed === undefined ? send() : origin.borrowed.publish(asked, send);

  const touch = async (): Promise<boolean> => {
    const source = `exports.handler = async () => ${JSON.stringify(session.nonce())};`;
    const isInline = (configuration.code_type ?? 'inline') === 'inline';
    return (isInline && (await uploadCode(source))) || change({ description: `changed ${session.nonce()}` });
  };

  const noteVersion = (version: PublishedVersion | undefined, asked: string | undefined): void => {
    publications++;
    versions++;
    const answered = version?.version;
    const isNamedByService = answered !== undefined && answered !== asked && looksAutomatic(answered);
    // The answer may say "latest" whatever was asked for, as the documented example does.
    for (const name of isNamedByService ? [answered] : [asked, answered]) {
      if (name !== undefined) takenNames.add(name);
    }
    // Whether a function of somebody else’s has anything to publish, nobody knows.
    unpublishedChanges = isOwn ? false : undefined;
    if (version !== undefined) published = published && [...published, version];
  };

  /** Looks for a version that nobody was told of. */
  const lookForVersion = async (): Promise<Fate> => {
    if (published === undefined) return { kind: 'unknown' };
    const known = new Set(published.map(({ version }) => version));
    const { entries, complete } = await listVersions(target, urn, context());
    if (!complete) return { kind: 'unknown' };
    const unknown = entries.filter(entry => isNamedVersion(entry) && !known.has(String(entry.version)));
    const [version] = unknown;
    if (version === undefined) return { kind: 'nothing' };
    return unknown.length > 1 ? { kind: 'unknown' } : { kind: 'published', version };
  };

  const removed = async (versionUrn: string): Promise<boolean> =>
    isGone((await deleteVersion(target, versionUrn, { context: context() })).exchange);

  const removeVersion = async (): Promise<void> => {
    const [oldest, ...rest] = published ?? [];
    if (oldest?.version === undefined || oldest.version === 'latest') return;
    if (!(await removed(`${urn}:${oldest.version}`))) return;
    versions--;
    published = rest;
    takenNames.delete(oldest.version);
    // Whether what is left still equals the last version is up to the service.
    unpublishedChanges = unpublishedChanges === true ? true : undefined;
  };

  return {
    urn,
    parts: parseFullUrn(urn) ?? { region: '', projectId: target.projectId, package: 'default', name: urn },
    get configuration() {
      return configuration;
    },
    get publications() {
      return publications;
    },
    get versions() {
      return origin.borrowed?.versions ?? versions;
    },
    context,
    attend,
    async publish(body, { urn: named = urn, context: differing = {}, ...options } = {}) {
      if (isOwn && versions >= MOST_VERSIONS && !session.settings.keep) await removeVersion();
      const request = askedFor(body);
      const { version: asked } = request;
      const isTaken = asked !== undefined && takenNames.has(asked);
      const requestedVersion = isTaken ? 'taken' : 'free';
      const known = (): Context => ({ ...context(), requestedVersion, ...differing });
      const answered = await attend(request, () =>
        publishSurely({
          publish: () => publish(target, named, body, { ...options, context: known(), observed: false }),
          context: known,
          target,
          look: lookForVersion,
          // New code makes something to publish, but not for a digest of the old one.
          restore: async ({ version = '' }) =>
            isOwn && !hasDigest(body) && (await removed(`${urn}:${version}`)) && touch(),
        }),
      );
      if (answered.fate?.kind === 'published') noteVersion(answered.fate.version, asked);
      else if (isAccepted(answered.exchange)) {
        noteVersion(answered.published, asked);
      } else if (answered.exchange.failure !== undefined) {
        // Nobody knows whether a version came to be.
        versions++;
        unpublishedChanges = undefined;
        published = undefined;
      } else if (options.write !== undefined) {
        // Of bytes in an unusual form, the target may have understood more than its answer says.
        unpublishedChanges = undefined;
      }
      return answered;
    },
    touch,
    change,
    changeBarely,
    async limitInstances(instances) {
      const { exchange } = await setMaximumInstances(target, urn, instances, context());
      if (!isAccepted(exchange)) return false;
      // What that makes of concurrent_num is up to the service.
      changeTo({ ...configuration, strategy_config: { concurrency: instances } }, false);
      return true;
    },
    async list(differing = {}) {
      const { entries } = await listVersions(target, urn, { ...context(), ...differing });
      return entries;
    },
    async read(differing = {}) {
      // A publication that was made again needed a change for that.
      const isOutdated = lastRead?.body === differing.latest && lastRead?.changes !== changes;
      const known = { ...context(), ...differing, ...(isOutdated ? { latest: undefined } : {}) };
      const { latest, ...rest } = known;
      const { body } = await readConfiguration(
        target,
        urn,
        latest === undefined ? rest : { ...rest, latest },
      );
      lastRead = { body, changes };
      return body;
    },
    removeVersion,
    async remove() {
      if (session.settings.keep) return false;
      if (origin.remove !== undefined) {
        await origin.remove();
        return true;
      }
      if (!isOwn) return false;
      const options = { journal, fromReserve: true };
      const { exchange } = await deleteFunction(target, urn, options);
      // Live services refuse some deletions at first.
      return isGone(exchange) || isGone((await deleteFunction(target, urn, options)).exchange);
    },
  };
}

/** Whether an entry of a version list is a published version, not `latest`. */
export function isNamedVersion({ version }: Readonly<Record<string, unknown>>): boolean {
  return version !== 'latest';
}

function md5Of(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  return createHash('md5').update(Buffer.from(base64, 'base64')).digest('hex');
}

function only(members: Partial<Configuration>, names: readonly string[]): Partial<Configuration> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name)));
}
