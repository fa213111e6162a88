import { type Outcome, outcomeOf } from '../judge/past.ts';
import { objectIn, readJson } from '../judge/read-exchange.ts';
import type { Configuration } from '../page/configuration.ts';
import type { Exchange } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { askedMarkerIn, listWith, nextMarkerIn } from '../page/listing.ts';
import { type Operation, routeOf } from '../page/operations.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';
import { parseUrnParameter } from '../page/urn.ts';

type Members = Readonly<Record<string, unknown>>;

/** What exchanges have shown of one function so far. What they have not shown is not in it. */
export interface FunctionHistory {
  readonly isDeleted: boolean;
  /** What was configured and accepted. */
  readonly configuration: Partial<Configuration>;
  /** Its versions, oldest first; `undefined` when there may be others. */
  readonly published: readonly PublishedVersion[] | undefined;
  /** The last reading of its configuration, while nothing but publications followed it. */
  readonly reading?: { readonly latest: Members; readonly isBeforePublication: boolean };
  /** The last page of its version list, while the list goes on. */
  readonly page?: {
    readonly nextMarker: string;
    readonly entries: readonly unknown[];
    readonly pages: number;
  };
}

/** Nothing is known. */
export const UNKNOWN: FunctionHistory = { isDeleted: false, configuration: {}, published: undefined };

/** A function has at most 20 versions; deleted ones leave the list. */
const MOST_PUBLISHED = 100;
const MOST_ENTRIES = 1000;

/** Members that changing the configuration leaves alone: they are fixed, or part of the code. */
const NOT_CONFIGURED = ['package', 'type', 'function_async_config'] as const;
const CODE = ['code_type', 'code_url', 'code_filename', 'func_code', 'depend_version_list'] as const;

function outcomeOfOperation(exchange: Exchange, operation: Operation | undefined): Outcome {
  // A client that got no answer sends a change again, and a service may answer that it is made already.
  const mayBeMadeAlready = exchange.response?.status === 409 && operation !== 'publish';
  return mayBeMadeAlready ? 'unknown' : outcomeOf(exchange);
}

/** The function after the exchange; `undefined` as operation stands for a change that the page does not know. */
export function historyAfter(
  history: FunctionHistory,
  operation: Operation | undefined,
  exchange: Exchange,
): FunctionHistory {
  const outcome = outcomeOfOperation(exchange, operation);
  if (outcome === 'refused') return history;
  const { page: _page, ...offPage } = history;
  switch (operation) {
    case 'read configuration':
      return outcome === 'done' ? afterReading(history, exchange) : history;
    case 'list versions':
      return outcome === 'done' ? afterListing(history, exchange) : history;
    case 'list functions':
    case 'read code':
    case 'read asynchronous notification':
    case 'create alias':
    case 'list aliases':
    case 'read alias':
    case 'change alias':
    case 'delete alias':
      return history;
    case 'publish':
      return afterPublication(offPage, outcome, exchange);
    case 'delete':
      return outcome === 'done' ? afterDeletion(offPage, exchange) : UNKNOWN;
    default:
      if (!namesLatest(exchange)) return afterChangeOfVersion(history, exchange);
      return outcome === 'done' ? afterChange(offPage, operation, exchange) : unconfigured(history);
  }
}

/** The configuration is not known any longer. */
function unconfigured({ isDeleted, published }: FunctionHistory): FunctionHistory {
  return { isDeleted, published, configuration: {} };
}

function afterReading(history: FunctionHistory, exchange: Exchange): FunctionHistory {
  const latest = objectIn(exchange);
  if (latest === undefined || !namesLatest(exchange)) return history;
  return { ...history, reading: { latest, isBeforePublication: false } };
}

/** Whether the path names the function as it is now, not one of its versions. */
export function namesLatest({ request }: Exchange): boolean {
  const qualifier = parseUrnParameter(routeOf(request)?.functionUrn ?? '')?.qualifier;
  return qualifier === undefined || qualifier === 'latest';
}

function afterListing({ page, ...history }: FunctionHistory, exchange: Exchange): FunctionHistory {
  const body = objectIn(exchange);
  const nextMarker = nextMarkerIn(body);
  if (!Array.isArray(body?.versions) || nextMarker === undefined) return history;
  const { url } = exchange.request;
  const asked = askedMarkerIn(url);
  const before = asked !== undefined && asked === page?.nextMarker ? page : { entries: [], pages: 0 };
  const { entries } = listWith(before.entries, body.versions, body, url);
  return entries.length > MOST_ENTRIES
    ? history
    : { ...history, page: { nextMarker, entries, pages: before.pages + 1 } };
}

function afterPublication(history: FunctionHistory, outcome: Outcome, exchange: Exchange): FunctionHistory {
  const { reading } = history;
  const read = reading === undefined ? {} : { reading: { ...reading, isBeforePublication: true } };
  const version = outcome === 'done' ? objectIn(exchange) : undefined;
  if (version === undefined || history.published === undefined) return { ...history, ...read };
  // At the edge: the members are what the service says they are.
  const published = [...history.published, version as PublishedVersion];
  return { ...history, ...read, published: published.length > MOST_PUBLISHED ? undefined : published };
}

function afterDeletion(history: FunctionHistory, { request }: Exchange): FunctionHistory {
  const qualifier = parseUrnParameter(routeOf(request)?.functionUrn ?? '')?.qualifier;
  if (qualifier === undefined) return { ...UNKNOWN, isDeleted: true };
  const published = qualifier.startsWith('!')
    ? undefined
    : history.published?.filter(({ version }) => version !== qualifier);
  return { ...history, published };
}

/** A change of a version leaves latest alone; what that version says of itself from then on, nobody knows. */
function afterChangeOfVersion(history: FunctionHistory, { request }: Exchange): FunctionHistory {
  const qualifier = parseUrnParameter(routeOf(request)?.functionUrn ?? '')?.qualifier ?? '';
  // An alias stands for any of them.
  const isMeant = (version: unknown) => version === qualifier || qualifier.startsWith('!');
  const published = history.published?.map(each =>
    isMeant(each.version) && each.version !== undefined ? { version: each.version } : each,
  );
  return { ...history, published };
}

function afterChange(
  history: FunctionHistory,
  operation: Operation | undefined,
  { request }: Exchange,
): FunctionHistory {
  const body = readJson(request.body, request.bodyEncoding);
  if (body.kind !== 'value' || !isObject(body.value)) return unconfigured(history);
  const { isDeleted, published } = history;
  const known: Members = history.configuration;
  const sent = body.value;
  const becomes = (configuration: Members): FunctionHistory => ({ isDeleted, published, configuration });
  switch (operation) {
    case 'create function':
      return { isDeleted: false, published: [], configuration: sent };
    case 'change configuration':
      // Members that are left out are kept or unset: nobody knows.
      return becomes({ ...only(known, [...NOT_CONFIGURED, ...CODE]), ...sent });
    case 'change code':
      return becomes({ ...without(known, CODE), ...only(sent, CODE) });
    case 'set maximum instances':
      return becomes({ ...known, strategy_config: { concurrency: sent.max_instance_num } });
    case 'configure asynchronous notification':
      return becomes({ ...known, function_async_config: sent });
    default:
      return UNKNOWN;
  }
}

function only(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name)));
}

function without(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
