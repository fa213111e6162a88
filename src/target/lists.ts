import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { listWith, nextMarkerIn } from '../page/listing.ts';
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

export interface ListOptions extends SendOptions {
  /** Whether nothing hangs on the next page, where it is not certain that there is one. By default something does. */
  readonly isEnough?: (entries: readonly Members[]) => boolean;
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
  options?: ListOptions,
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
  { isEnough = () => false, ...options }: ListOptions = {},
): Promise<Entries> {
  const exchanges: Exchange[] = [];
  let entries: readonly Members[] = [];
  let asked: string | undefined;
  const ending = (complete: boolean): Entries => ({ entries, complete, exchanges });
  const markers = new Set<string>();
  while (exchanges.length < MOST_PAGES) {
    const url = asked === undefined ? path : `${path}?marker=${encodeURIComponent(asked)}`;
    const unobserved = { ...options, observed: false };
    const { exchange, body } = await call(target, 'GET', url, undefined, context, unobserved);
    if (options.observed !== false) {
      target.observe(exchange, { ...context, earlierEntries: entries, earlierPages: exchanges.length });
    }
    exchanges.push(exchange);
    const page = body?.[member];
    if (!isAccepted(exchange) || !Array.isArray(page)) return ending(false);
    const { end, entries: all } = listWith(entries, page, body, url);
    entries = all;
    asked = nextMarkerIn(body);
    if (end === 'reached') return ending(true);
    if (asked === undefined || markers.has(asked)) return ending(false);
    if (end === 'unknown' && isEnough(entries)) return ending(false);
    markers.add(asked);
  }
  return ending(false);
}
