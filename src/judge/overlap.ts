/** Exchanges on one function that were under way at the same time: what the one changed under the other, nobody knows. */

import type { HttpRequest } from '../page/exchange.ts';
import { routeOf } from '../page/operations.ts';
import { parseUrnParameter } from '../page/urn.ts';

/**
 * What of a function may have changed while an exchange was under way, by others:
 *
 * - `nothing`
 * - `versions`: which there are; its configuration is what it was
 * - `everything`
 */
export type Overlap = 'nothing' | 'versions' | 'everything';

const RANKS: readonly Overlap[] = ['nothing', 'versions', 'everything'];

function larger(left: Overlap, right: Overlap): Overlap {
  return RANKS.indexOf(left) >= RANKS.indexOf(right) ? left : right;
}

/** What a request may change, whatever became of it. */
export function effectOf(request: Pick<HttpRequest, 'method' | 'url'>): Overlap {
  if (/^(?:GET|HEAD|OPTIONS)$/i.test(request.method)) return 'nothing';
  const route = routeOf(request);
  if (route?.operation === 'publish') return 'versions';
  const isOfVersion = parseUrnParameter(route?.functionUrn ?? '')?.qualifier !== undefined;
  return route?.operation === 'delete' && isOfVersion ? 'versions' : 'everything';
}

/** An exchange as overlaps are found: when it was under way, on which function, and what it may have changed. */
export interface Interval {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** The function; `undefined` for an exchange that is about none. */
  readonly key: string | undefined;
  readonly effect: Overlap;
}

/** Recorders round: exchanges that overlap by no more than this, in milliseconds, followed each other. */
const ROUNDING_MS = 1;

function isDuring(later: Interval, earlier: Interval): boolean {
  return later.startedAt < earlier.endedAt - ROUNDING_MS;
}

/** For each of these intervals, which are in the order of their beginnings, what others changed under it. */
export function overlapsOf(ordered: readonly Interval[]): readonly Overlap[] {
  const overlaps = ordered.map((): Overlap => 'nothing');
  const note = (index: number, effect: Overlap): void => {
    overlaps[index] = larger(overlaps[index] ?? 'nothing', effect);
  };
  for (const effect of ['versions', 'everything'] as const) {
    // Of the changes before an exchange the one that ends last overlaps with it, when any does.
    const last = new Map<string, Interval>();
    ordered.forEach((each, index) => {
      if (each.key === undefined) return;
      const before = last.get(each.key);
      if (before !== undefined && isDuring(each, before)) note(index, effect);
      if (each.effect === effect && each.endedAt >= (before?.endedAt ?? 0)) last.set(each.key, each);
    });
    // Of those after it, the next one.
    const next = new Map<string, Interval>();
    for (let index = ordered.length - 1; index >= 0; index--) {
      const each = ordered[index];
      if (each?.key === undefined) continue;
      const after = next.get(each.key);
      if (after !== undefined && isDuring(after, each)) note(index, effect);
      if (each.effect === effect) next.set(each.key, each);
    }
  }
  return overlaps;
}

/** Finds overlaps while exchanges happen. */
export interface OverlapWatch {
  /**
   * Notes that a request on a function began; `undefined` for a function that is not known yet.
   *
   * @returns notes that it ended, and tells what others may have changed under it. Takes the function that it
   * turned out to be about.
   */
  begin(
    request: Pick<HttpRequest, 'method' | 'url'>,
    key: string | undefined,
  ): (key?: string | undefined) => Overlap;
}

interface UnderWay {
  readonly effect: Overlap;
  overlap: Overlap;
}

/** Makes a watch for exchanges that are under way now. */
export function watchOverlaps(): OverlapWatch {
  const underWay = new Map<string, Set<UnderWay>>();
  const meet = (own: UnderWay, key: string): void => {
    for (const other of underWay.get(key) ?? []) {
      own.overlap = larger(own.overlap, other.effect);
      other.overlap = larger(other.overlap, own.effect);
    }
  };
  return {
    begin(request, key) {
      const own: UnderWay = { effect: effectOf(request), overlap: 'nothing' };
      if (key !== undefined) {
        meet(own, key);
        const others = underWay.get(key) ?? new Set();
        underWay.set(key, others.add(own));
      }
      return foundKey => {
        if (key === undefined && foundKey !== undefined) meet(own, foundKey);
        if (key !== undefined) {
          const others = underWay.get(key);
          others?.delete(own);
          if (others?.size === 0) underWay.delete(key);
        }
        return own.overlap;
      };
    },
  };
}
