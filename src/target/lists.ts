import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { functionPath, functionsPath } from './function-paths.ts';
import { call, isAccepted, type Members } from './operations.ts';
import type { SendOptions, Target } from './target.ts';

/** A list, all pages together. */
export interface Entries {
  readonly entries: readonly Members[];
  /** Whether the end of the list was reached: not when a page was refused. */
  readonly complete: boolean;
  /** One a page. */
  readonly exchanges: readonly Exchange[];
}

/** A target that never ends a list is given up. */
const MOST_PAGES = 50;

/**
 * The versions of a function, `latest` among them. Each page is judged with the entries of those before it,
 * so that the last one is judged as the whole list.
 */
export function listVersions(
  target: Target,
  urn: string,
  context?: Context,
  options?: SendOptions,
): Promise<Entries> {
  return listAll(target, functionPath(target.projectId, urn, 'versions'), 'versions', context, options);
}

/** The functions of the project. */
export function listFunctions(target: Target, context?: Context, options?: SendOptions): Promise<Entries> {
  return listAll(target, functionsPath(target.projectId), 'functions', context, options);
}

async function listAll(
  target: Target,
  path: string,
  member: string,
  context: Context = {},
  options: SendOptions = {},
): Promise<Entries> {
  const exchanges: Exchange[] = [];
  let entries: readonly Members[] = [];
  let before: unknown;
  let query = '';
  const markers = new Set<string>();
  while (exchanges.length < MOST_PAGES) {
    const unobserved = { ...options, observed: false };
    const { exchange, body } = await call(target, 'GET', path + query, undefined, context, unobserved);
    const page = body?.[member];
    // A target that does not know markers answers the same page for ever; it is seen once.
    if (query !== '' && isDeepStrictEqual(page, before)) return { entries, complete: true, exchanges };
    exchanges.push(exchange);
    if (options.observed !== false) target.observe(exchange, { ...context, earlierEntries: entries });
    if (!isAccepted(exchange) || !Array.isArray(page)) return { entries, complete: false, exchanges };
    entries = [...entries, ...page.filter(isObject)];
    const marker = markerIn(body);
    const isLast = page.length === 0 || isWhole(entries.length, body);
    if (marker === undefined || isLast || markers.has(marker)) return { entries, complete: true, exchanges };
    markers.add(marker);
    before = page;
    query = `?marker=${encodeURIComponent(marker)}`;
  }
  return { entries, complete: false, exchanges };
}

/** Where the next page begins; `undefined` when there is none. */
function markerIn(body: Members | undefined): string | undefined {
  const marker = body?.next_marker;
  if (typeof marker === 'number') return marker > 0 ? String(marker) : undefined;
  return typeof marker === 'string' && !['', '0', '-1'].includes(marker) ? marker : undefined;
}

/** Whether so many entries are all that the list has, by the count that comes with it. */
function isWhole(entries: number, body: Members | undefined): boolean {
  return typeof body?.count === 'number' && entries >= body.count && !(Number(body.next_marker) > entries);
}
