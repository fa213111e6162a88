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
 * @param asked the marker that the page was asked for with
 */
export function listWith(
  earlierEntries: readonly unknown[],
  onPage: readonly unknown[],
  around: Around,
  asked?: string,
): ListSoFar {
  const [earlier, page] = [earlierEntries.filter(isObject), onPage.filter(isObject)];
  const marker = nextMarkerIn(around);
  const count = typeof around?.count === 'number' ? around.count : undefined;
  const isAgain = asked !== undefined && page.length > 0 && isSame(earlier.slice(-page.length), page);
  const entries = isAgain ? earlier : [...earlier, ...page];
  const { length } = entries;
  if (count !== undefined && count > length) return { entries, end: 'not reached' };
  // Who does not know markers answers the same page for ever.
  if (isAgain || page.length === 0 || marker === undefined || marker === asked) {
    return { entries, end: 'reached' };
  }
  if (count === undefined || Number(marker) > length) return { entries, end: 'not reached' };
  // What counts more than its page has counts them all; else it may count the page alone.
  return { entries, end: count > page.length ? 'reached' : 'unknown' };
}

/** Where the next page begins; `undefined` when there is none. */
export function nextMarkerIn(around: Around): string | undefined {
  const marker = around?.next_marker;
  if (typeof marker === 'number') return marker > 0 ? String(marker) : undefined;
  return typeof marker === 'string' && !['', '0', '-1'].includes(marker) ? marker : undefined;
}

/** The marker at which a page begins, by its address; `undefined` for the first page. */
export function askedMarkerIn(url: string): string | undefined {
  const query = url.replace(/^[^?]*/, '').replace(/#.*$/s, '');
  const marker = new URLSearchParams(query).get('marker') ?? '';
  return marker === '' || marker === '0' ? undefined : marker;
}

function isSame(left: readonly Entry[], right: readonly Entry[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
