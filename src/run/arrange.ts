import { plainConfiguration } from '../generate/plain-configuration.ts';
import type { Configuration } from '../page/configuration.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { formatUrn } from '../page/urn.ts';
import { arrangeFunction, borrowFunction, deleteFunction, listVersions } from '../target/index.ts';
import { followFunction, isNamedVersion, MOST_VERSIONS } from './follow-function.ts';
import type { FunctionUnderTest } from './function-under-test.ts';
import type { Session } from './session.ts';

/** A function with the configuration that was asked for, or why there is none. */
export type Arrangement =
  | { readonly ok: true; readonly function: FunctionUnderTest }
  | { readonly ok: false; readonly reason: string; readonly exchange?: Exchange };

/** Brings about a function with this configuration, in the way that the run arranges functions. */
export async function arrange(
  session: Session,
  configuration: Configuration,
  context: Context = {},
): Promise<Arrangement> {
  switch (session.settings.arrange) {
    case 'api':
      return arrangeThroughApi(session, configuration, context);
    case 'states':
      return arrangeThroughStates(session, 'a function exists', configuration);
    case 'none':
      return { ok: false, reason: 'functions are not arranged (--arrange none)' };
  }
}

async function arrangeThroughApi(
  session: Session,
  configuration: Configuration,
  context: Context,
): Promise<Arrangement> {
  const { target, journal, profile, progress } = session;
  if (progress.functions >= profile.maxFunctions) {
    return { ok: false, reason: `a run of this profile creates at most ${profile.maxFunctions} functions` };
  }
  progress.functions++;
  const arranged = await arrangeFunction(target, journal, configuration, {
    context: { projectId: target.projectId, credentials: 'valid', ...context },
  });
  if (arranged.ok) {
    const { urn, configuration: accepted, unset } = arranged;
    for (const { member, operation, exchange } of unset) {
      const reason = `the target has no operation to ${operation}: ${answerInWords(exchange)}`;
      session.evidence.obstruct([`config.${member}`, `body.${member}`], reason);
    }
    const origin = { urn, configuration: accepted, unpublishedChanges: true, isOwn: true };
    return { ok: true, function: followFunction(session, origin) };
  }
  const { exchange, refusedAt, urn } = arranged;
  if (urn !== undefined && refusedAt !== 'create function' && !session.settings.keep) {
    await deleteFunction(target, urn, { journal, fromReserve: true });
  }
  return {
    ok: false,
    exchange,
    reason: `the target ${exchange.failure === undefined ? 'refused' : 'failed'} to ${refusedAt}: ${answerInWords(exchange)}`,
  };
}

/** Brings about a function through the target's provider states. */
export async function arrangeThroughStates(
  session: Session,
  state: string,
  configuration: Partial<Configuration>,
): Promise<Arrangement> {
  const { states, settings } = session;
  if (!settings.statesToo)
    return { ok: false, reason: 'functions are arranged through the API only (--arrange api)' };
  if (states === undefined) return { ok: false, reason: 'the target has no provider states (--states-url)' };
  // The provider chooses name and code; what it makes of these members is not known then.
  const { func_name: _name, package: _package, func_code: _code, ...params } = configuration;
  const setup = await states.setup(state, params);
  if (!setup.ok) return { ok: false, reason: setup.reason };
  const urn = setup.values.function_urn;
  if (typeof urn !== 'string') return { ok: false, reason: `the state "${state}" answered no function_urn` };
  session.transcript.setUp({ statesUrl: states.url, state, params, functionUrn: urn });
  const remove = async (): Promise<void> => {
    await setup.tearDown();
  };
  const origin = { urn, configuration: params, unpublishedChanges: true, isOwn: true, remove };
  return { ok: true, function: followFunction(session, origin) };
}

/** The plainest function that there is: what every service accepts. */
export function plain(session: Session): Configuration {
  return plainConfiguration(session.name(), session.nonce());
}

/**
 * A function with something to publish: the last one of this part of the run, changed, or a new one when that
 * has many versions. With `--function-urn` it is always that one.
 */
export async function publishable(session: Session): Promise<Arrangement> {
  const { functionUrn } = session.settings;
  if (functionUrn !== undefined) return foreign(session, functionUrn);
  const last = session.shared;
  if (last !== undefined && last.versions < MOST_VERSIONS && session.settings.arrange === 'api') {
    const hasChanges = last.context().unpublishedChanges === true || (await last.touch());
    if (hasChanges) return { ok: true, function: last };
  }
  await last?.remove();
  session.shared = undefined;
  const arrangement = await arrangePlain(session);
  if (arrangement.ok) session.shared = arrangement.function;
  return arrangement;
}

/** Whoever comes first tries whether functions can be arranged at all; the others wait for that. */
async function arrangePlain(session: Session): Promise<Arrangement> {
  const { progress } = session;
  const isFirst = progress.canArrange === undefined;
  if (!isFirst && !(await progress.canArrange)) return { ok: false, reason: progress.obstacle ?? '' };
  const arranging = arrange(session, plain(session)).then(arrangement => {
    if (!arrangement.ok) {
      progress.obstacle ??= session.target.end ?? `no function could be arranged: ${arrangement.reason}`;
    }
    return arrangement;
  });
  if (isFirst) {
    progress.canArrange = arranging.then(
      ({ ok }) => ok,
      () => true,
    );
  }
  return arranging;
}

/**
 * A function to send requests about that must be refused in any case: a shared one, else one that was never
 * created, so that a target on which nothing can be arranged is still asked.
 */
export async function anyFunction(session: Session): Promise<FunctionUnderTest> {
  const arrangement = await publishable(session);
  if (arrangement.ok) return arrangement.function;
  // With enough versions of this run, it can still be asked for what creates none.
  if (session.settings.functionUrn !== undefined && session.shared !== undefined) return session.shared;
  const { region = 'region', projectId } = session.settings;
  const urn = formatUrn({ region, projectId, package: 'default', name: session.name() });
  const origin = { urn, configuration: {}, unpublishedChanges: undefined, isOwn: false, isCertain: false };
  return followFunction(session, origin);
}

/**
 * Publishes what must be refused, and looks whether the version list has what it had before and what was
 * accepted: that is a finding of its own already.
 */
export async function countingVersions(
  session: Session,
  publications: (subject?: FunctionUnderTest) => Promise<void>,
): Promise<void> {
  const arrangement = await publishable(session);
  // What creates nothing is asked all the same, of any function.
  if (!arrangement.ok) return publications();
  const subject = arrangement.function;
  const isListed = session.settings.arrange === 'api' && !session.profile.isBrief;
  const before = isListed ? await subject.list({}, { toItsEnd: true }) : undefined;
  const publicationsBefore = subject.publications;
  await publications(subject);
  // Of a list that goes on, nobody knows how much there was.
  if (before?.complete !== true || session.shared !== subject) return;
  const accepted = subject.publications - publicationsBefore;
  const versionsBefore = before.entries.filter(isNamedVersion).length + accepted;
  await subject.list({ versionsBefore });
}

/** The function of `--function-urn`. */
async function foreign(session: Session, urn: string): Promise<Arrangement> {
  session.shared ??= await followForeign(session, urn);
  const { shared } = session;
  const isFull = shared.versions >= MOST_VERSIONS && (await keepsVersions(session, shared));
  return isFull
    ? { ok: false, reason: `${urn} has enough versions of this run` }
    : { ok: true, function: shared };
}

/** Whether what is published stays: not on a server with a version list that does not grow, which only publishes. */
async function keepsVersions(session: Session, { urn }: FunctionUnderTest): Promise<boolean> {
  const { versionsBefore } = session;
  if (versionsBefore === undefined) return true;
  if (versionsBefore === NONE_LISTED) return false;
  const { entries } = await listVersions(session.target, urn, undefined, { observed: false });
  return entries.length > versionsBefore;
}

/** Of a server without a version list, nothing that is published is known to stay. */
const NONE_LISTED = Number.POSITIVE_INFINITY;

/** Statuses of an operation that a server does not have. */
const NOT_THERE: ReadonlySet<number | undefined> = new Set([404, 405, 501]);

async function followForeign(session: Session, given: string): Promise<FunctionUnderTest> {
  const { target, journal, settings } = session;
  const origin = { urn: given, configuration: {}, unpublishedChanges: undefined, isOwn: false };
  session.versionsBefore = NONE_LISTED;
  if (settings.forgetful !== undefined) return followFunction(session, origin);
  const { entries, complete, exchanges } = await listVersions(target, given, undefined, { observed: false });
  // A server without a version list only publishes: it keeps nothing that could be taken away again.
  if (NOT_THERE.has(exchanges.at(-1)?.response?.status)) return followFunction(session, origin);
  session.versionsBefore = complete ? entries.length : undefined;
  const borrowed = await borrowFunction(target, journal, given, settings);
  return followFunction(session, { ...origin, urn: borrowed.urn, borrowed });
}

/** An answer as a reason quotes it. */
export function answerInWords(exchange: Exchange): string {
  const { response, failure } = exchange;
  if (failure !== undefined) return failure.message;
  const text = response?.body?.slice(0, 200).replaceAll(/\s+/g, ' ').trim() ?? '';
  return text === '' ? `${response?.status}` : `${response?.status} ${text}`;
}
