/**
 * How far a list in pages goes. Services differ in what they count (all entries, or those of the page) and in what
 * they name as the next marker at the end of the list (none, or the place behind its last entry).
 */

import { isObject } from './formats.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What is around the entries of a page. */
type Around = Entry | undefined;

/** A list as far as its pages have come. */
export interface ListSoFar {
  readonly entries: readonly Entry[];
  /** `unknown` where the page is the end to one service and goes on to another. */
  readonly end: 'reached' | 'not reached' | 'unknown';
}

/**
 * A list with one more page.
 *
 * @param url what the page was asked for with
 */
export function listWith(
  earlierEntries: readonly unknown[],
  onPage: readonly unknown[],
  around: Around,
  url: string,
): ListSoFar {
  const asked = askedMarkerIn(url);
  const [earlier, page] = [earlierEntries.filter(isObject), onPage.filter(isObject)];
  const marker = nextMarkerIn(around);
  const count = typeof around?.count === 'number' ? around.count : undefined;
  const isAgain = asked !== undefined && page.length > 0 && isSame(earlier.slice(-page.length), page);
  const entries = isAgain ? earlier : [...earlier, ...page];
  const { length } = entries;
  if (count !== undefined && count > length) return { entries, end: 'not reached' };
  // Who does not know markers answers the same page for ever.
  const isStuck = marker !== undefined && marker === asked;
  if (isAgain || isStuck || page.length === 0) return { entries, end: 'reached' };
  // What counts more than its page has counts them all; else it may count the page alone.
  if (count !== undefined && count > page.length && !(Number(marker) > length)) {
    return { entries, end: 'reached' };
  }
  // As many as were asked for, and no word of more: the client may be left to ask on.
  if (marker === undefined) return { entries, end: page.length < askedSizeIn(url) ? 'reached' : 'unknown' };
  return { entries, end: count === undefined || Number(marker) > length ? 'not reached' : 'unknown' };
}

/** Where the next page begins; `undefined` when there is none. */
export function nextMarkerIn(around: Around): string | undefined {
  const marker = around?.next_marker;
  if (typeof marker === 'number') return marker > 0 ? String(marker) : undefined;
  return typeof marker === 'string' && !['', '0', '-1'].includes(marker) ? marker : undefined;
}

/** The marker at which a page begins, by its address; `undefined` for the first page. */
export function askedMarkerIn(url: string): string | undefined {
  const marker = parameterIn(url, 'marker');
  return marker === '' || marker === '0' ? undefined : marker;
}

/** How many entries were asked for at most. */
function askedSizeIn(url: string): number {
  const most = Number(parameterIn(url, 'maxitems'));
  return most > 0 ? most : Number.POSITIVE_INFINITY;
}

function parameterIn(url: string, name: string): string {
  const query = url.replace(/^[^?]*/, '').replace(/#.*$/s, '');
  return new URLSearchParams(query).get(name) ?? '';
}

function isSame(left: readonly Entry[], right: readonly Entry[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
