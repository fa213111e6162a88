import { readJson } from '../judge/read-exchange.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { type Operation, routeOf } from '../page/operations.ts';
import { type FunctionHistory, historyAfter, markerOf, namesLatest, UNKNOWN } from './function-history.ts';
import { createdFunctionKeyOf, functionKeyOf } from './function-key.ts';
import type { RecordedExchange } from './recording.ts';

/** Follows what exchanges show of the functions that they are about. */
export interface Timeline {
  /** What is known when this exchange is made. Takes exchanges in order, each once. */
  next(recorded: RecordedExchange): Context;
}

/** Functions that are followed at a time; the one seen least recently is forgotten first. */
const MOST_FUNCTIONS = 10_000;

/**
 * Makes a timeline. It claims what earlier exchanges showed and nothing else: credentials are never called
 * good, and a function is only called absent once its deletion was seen.
 *
 * @param projectId the project of the credentials, when it is known
 */
export function createTimeline(projectId?: string): Timeline {
  const histories = new Map<string, FunctionHistory>();
  const base: Context = projectId === undefined ? {} : { projectId };

  const follow = (key: string, history: FunctionHistory): void => {
    histories.delete(key);
    histories.set(key, history);
    const [oldest] = histories.keys();
    if (histories.size > MOST_FUNCTIONS && oldest !== undefined) histories.delete(oldest);
  };

  return {
    next({ exchange, isEntangled }) {
      const operation = routeOf(exchange.request)?.operation;
      const isCreation = operation === 'create function';
      const key = isCreation ? createdFunctionKeyOf(exchange) : functionKeyOf(exchange.request);
      if (key === undefined) return base;
      const history = histories.get(key) ?? UNKNOWN;
      const after = isEntangled
        ? historyAfterEntangled(history, operation, exchange)
        : historyAfter(history, operation, exchange);
      if (after !== history) follow(key, after);
      return isEntangled ? base : { ...base, ...contextOf(history, operation, exchange) };
    },
  };
}

/** A change that overlapped with another exchange leaves nothing certain but that versions were published. */
function historyAfterEntangled(
  history: FunctionHistory,
  operation: Operation | undefined,
  exchange: Exchange,
): FunctionHistory {
  if (operation === 'publish') return historyAfter(history, operation, exchange);
  return operation === 'read configuration' || operation === 'list versions' ? history : UNKNOWN;
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
      return { configuration: history.configuration, ...suspectsOf(exchange) };
  }
}

/** Services differ in whether concurrent_num may or must stand beside concurrency: neither is to blame alone. */
const OF_CONCURRENCY = ['strategy_config.concurrency', 'strategy_config.concurrent_num'] as const;

function suspectsOf({ response }: Exchange): Context {
  const isAboutConcurrency = response?.status === 400 && /FSS\.1026|concurren/i.test(response.body ?? '');
  return isAboutConcurrency ? { suspects: OF_CONCURRENCY } : {};
}

function publishedOf({ published }: FunctionHistory): Context {
  return published === undefined ? {} : { published };
}

/** Whether the version name that is asked for is in use, by what was published or by what the answer says. */
function isNameTaken({ published = [] }: FunctionHistory, { request, response }: Exchange): boolean {
  const body = readJson(request.body, request.bodyEncoding);
  const requested = body.kind === 'value' && isObject(body.value) ? body.value.version : undefined;
  if (typeof requested !== 'string' || requested === '') return false;
  return response?.status === 409 || published.some(({ version }) => version === requested);
}

/** Later pages of a list are only read together with the ones before. */
function listContext(history: FunctionHistory, { request }: Exchange): Context {
  const marker = markerOf(request);
  if (marker === undefined) return publishedOf(history);
  if (history.page?.nextMarker !== marker) return {};
  return { ...publishedOf(history), earlierEntries: history.page.entries };
}
