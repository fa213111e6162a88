import { createdFunctionKeyOf, functionKeyOf } from '../judge/function-key.ts';
import { effectOf, type Overlap } from '../judge/overlap.ts';
import { readJson } from '../judge/read-exchange.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { askedMarkerIn } from '../page/listing.ts';
import { type Operation, routeOf } from '../page/operations.ts';
import { type FunctionHistory, historyAfter, namesLatest, UNKNOWN } from './function-history.ts';
import type { RecordedExchange } from './recording.ts';

/** Follows what exchanges show of the functions that they are about. */
export interface Timeline {
  /** What is known when this exchange is made. Takes exchanges in order, each once. */
  next(recorded: RecordedExchange): Context;
}

/** What is kept of functions at a time; the one seen least recently is forgotten first. */
const MOST_KEPT = 10_000;

/** How much is kept of a function: itself, its versions, and entries of its list. */
function weightOf({ published = [], page }: FunctionHistory): number {
  return 1 + published.length + (page?.entries.length ?? 0);
}

/**
 * Makes a timeline. It claims what earlier exchanges showed and nothing else: credentials are never called
 * good, and a function is only called absent once its deletion was seen.
 *
 * @param projectId the project of the credentials, when it is known
 */
export function createTimeline(projectId?: string): Timeline {
  const histories = new Map<string, FunctionHistory>();
  const base: Context = projectId === undefined ? {} : { projectId };

  let kept = 0;

  const forget = (key: string): void => {
    const history = histories.get(key);
    if (history !== undefined) kept -= weightOf(history);
    histories.delete(key);
  };

  const follow = (key: string, history: FunctionHistory): void => {
    forget(key);
    histories.set(key, history);
    kept += weightOf(history);
    for (const oldest of histories.keys()) {
      if (kept <= MOST_KEPT || oldest === key) break;
      forget(oldest);
    }
  };

  return {
    next({ exchange, overlap = 'nothing' }) {
      const operation = routeOf(exchange.request)?.operation;
      const isCreation = operation === 'create function';
      const key = isCreation ? createdFunctionKeyOf(exchange) : functionKeyOf(exchange.request);
      if (key === undefined) return base;
      const history = histories.get(key) ?? UNKNOWN;
      const after = historyUnder(overlap, history, operation, exchange);
      if (after !== history) follow(key, after);
      return { ...base, ...contextUnder(overlap, history, operation, exchange) };
    },
  };
}

/** The function after an exchange under which others may have changed it. */
function historyUnder(
  overlap: Overlap,
  history: FunctionHistory,
  operation: Operation | undefined,
  exchange: Exchange,
): FunctionHistory {
  if (overlap === 'nothing') return historyAfter(history, operation, exchange);
  switch (operation) {
    case 'read configuration':
    case 'list versions':
      return history;
    case 'publish':
      return historyAfter(history, operation, exchange);
    default:
      // A version may have been published after it was deleted under its name; two changes end in either.
      return overlap === 'everything' || effectOf(exchange.request) === 'versions'
        ? UNKNOWN
        : historyAfter(history, operation, exchange);
  }
}

/** What is certain of a function when an exchange is made under which others may have changed it. */
function contextUnder(
  overlap: Overlap,
  history: FunctionHistory,
  operation: Operation | undefined,
  exchange: Exchange,
): Context {
  if (overlap === 'nothing') return contextOf(history, operation, exchange);
  const { configuration } = overlap === 'versions' ? history : UNKNOWN;
  switch (operation) {
    case 'publish':
      return { ...(isRefusedAsTaken(exchange) ? { requestedVersion: 'taken' } : {}), configuration };
    case 'list versions':
    case 'read configuration':
    case 'create function':
      return {};
    default:
      return { configuration, suspects: overlap === 'versions' ? suspectsOf(history, exchange) : NOBODY };
  }
}

function contextOf(history: FunctionHistory, operation: Operation | undefined, exchange: Exchange): Context {
  switch (operation) {
    case 'publish':
      return {
        ...(history.isDeleted ? { function: 'absent' } : {}),
        ...(isNameTaken(history, exchange) ? { requestedVersion: 'taken' } : {}),
        ...publishedOf(history),
        configuration: history.configuration,
      };
    case 'list versions':
      return listContext(history, exchange);
    case 'read configuration':
      return history.reading?.isBeforePublication === true && namesLatest(exchange)
        ? { latest: history.reading.latest }
        : {};
    case 'create function':
      return {};
    default:
      return { configuration: history.configuration, suspects: suspectsOf(history, exchange) };
  }
}

/** Services differ in whether concurrent_num may or must stand beside concurrency: neither is to blame alone. */
const OF_CONCURRENCY = ['strategy_config.concurrency', 'strategy_config.concurrent_num'] as const;

/** What is documented depends on what others may have changed: a refusal is put down to no member. */
const NOBODY = ['the configuration', 'what changed it'] as const;

/** What a refusal cannot be pinned on alone; none when each member stands for itself. */
function suspectsOf(
  { configuration, published }: FunctionHistory,
  { request, response }: Exchange,
): readonly string[] {
  if (response?.status !== 400) return [];
  const isAboutConcurrency = /FSS\.1026|concurren/i.test(response.body ?? '');
  // What may be set depends on the type, which only the creation tells.
  const setsInstances = routeOf(request)?.operation === 'set maximum instances';
  const isTypeUnknown = configuration.type === undefined && published === undefined;
  return isAboutConcurrency || (setsInstances && isTypeUnknown) ? OF_CONCURRENCY : [];
}

function publishedOf({ published }: FunctionHistory): Context {
  return published === undefined ? {} : { published };
}

/** Whether the version name that is asked for is in use, by what was published or by what the answer says. */
function isNameTaken({ published = [] }: FunctionHistory, exchange: Exchange): boolean {
  if (isRefusedAsTaken(exchange)) return true;
  const requested = requestedVersion(exchange);
  return requested !== undefined && published.some(({ version }) => version === requested);
}

/** Whether the answer says that the version name that is asked for is in use. */
function isRefusedAsTaken(exchange: Exchange): boolean {
  return exchange.response?.status === 409 && requestedVersion(exchange) !== undefined;
}

function requestedVersion({ request }: Exchange): string | undefined {
  const body = readJson(request.body, request.bodyEncoding);
  const requested = body.kind === 'value' && isObject(body.value) ? body.value.version : undefined;
  return typeof requested === 'string' && requested !== '' ? requested : undefined;
}

/** Later pages of a list are only read together with the ones before. */
function listContext(history: FunctionHistory, { request }: Exchange): Context {
  const { page } = history;
  const marker = askedMarkerIn(request.url);
  if (marker === undefined) return publishedOf(history);
  if (page?.nextMarker !== marker) return {};
  return { ...publishedOf(history), earlierEntries: page.entries, earlierPages: page.pages };
}
