import type { Exchange } from '../page/exchange.ts';
import { functionKeyOf } from './function-key.ts';
import type { RecordedExchange, TimedExchange } from './recording.ts';

/** Recorders round: exchanges that overlap by no more than this, in milliseconds, followed each other. */
const ROUNDING_MS = 1;

/** Whether a request may change something. */
function isWrite({ request }: Exchange): boolean {
  return !/^(?:GET|HEAD|OPTIONS)$/i.test(request.method);
}

/**
 * Puts exchanges in the order in which they began, and marks those that were under way while the same
 * function was changed. Without times the order is the one given, and none overlaps.
 */
export function entangle(exchanges: readonly TimedExchange[]): readonly RecordedExchange[] {
  const isTimed = exchanges.every(each => each.startedAt !== undefined && each.endedAt !== undefined);
  if (!isTimed) return exchanges.map(each => recorded(each, false));
  const ordered = exchanges.toSorted((left, right) => startOf(left) - startOf(right));
  const entangled = new Set(clustersOf(ordered).flatMap(entangledIn));
  return ordered.map(each => recorded(each, entangled.has(each)));
}

function startOf({ startedAt = 0 }: TimedExchange): number {
  return startedAt;
}

function recorded({ exchange, missing }: TimedExchange, isEntangled: boolean): RecordedExchange {
  return { exchange, isEntangled, ...(missing === undefined ? {} : { missing }) };
}

interface Cluster {
  readonly members: TimedExchange[];
  end: number;
}

/** Exchanges on one function that overlap, directly or through others. */
function clustersOf(ordered: readonly TimedExchange[]): readonly Cluster[] {
  const open = new Map<string, Cluster>();
  const clusters: Cluster[] = [];
  for (const each of ordered) {
    const key = functionKeyOf(each.exchange.request);
    if (key === undefined) continue;
    const end = each.endedAt ?? 0;
    const current = open.get(key);
    if (current !== undefined && startOf(each) < current.end - ROUNDING_MS) {
      current.members.push(each);
      current.end = Math.max(current.end, end);
    } else {
      const cluster = { members: [each], end };
      open.set(key, cluster);
      clusters.push(cluster);
    }
  }
  return clusters;
}

function entangledIn({ members }: Cluster): readonly TimedExchange[] {
  const isTangle = members.length > 1 && members.some(({ exchange }) => isWrite(exchange));
  return isTangle ? members : [];
}

/** Marks exchanges while they happen. */
export interface EntanglementWatch {
  /** Notes that a request began; the answer tells, when it ended, whether a change overlapped with it. */
  begin(request: Exchange['request']): () => boolean;
}

interface Tangle {
  open: number;
  members: number;
  hasWrite: boolean;
}

/** Makes a watch for exchanges that are under way now. */
export function watchEntanglement(): EntanglementWatch {
  const tangles = new Map<string, Tangle>();
  return {
    begin(request) {
      const key = functionKeyOf(request);
      if (key === undefined) return () => false;
      const tangle = tangles.get(key) ?? { open: 0, members: 0, hasWrite: false };
      tangles.set(key, tangle);
      tangle.open++;
      tangle.members++;
      tangle.hasWrite ||= isWrite({ request });
      return () => {
        tangle.open--;
        if (tangle.open === 0) tangles.delete(key);
        return tangle.members > 1 && tangle.hasWrite;
      };
    },
  };
}
