import type { Exchange } from '../page/exchange.ts';
import type { Report } from '../verdict/report.ts';

/** What is left when a run has ended. */
export interface Ending {
  /** What was created and could not be deleted. */
  readonly remaining: readonly { readonly urn: string; readonly why: string }[];
  /** How much was left where it is, because that was asked for. */
  readonly kept?: number;
  /** The journal of what remains or was kept, when there is something. */
  readonly journalPath?: string;
}

/** What a run came to. */
export interface RunResult extends Ending {
  readonly report: Report;
  /** Every exchange that was judged, when `keepExchanges` asks for them. */
  readonly exchanges: readonly Exchange[];
  readonly wasInterrupted: boolean;
  /** Whether everything was exercised that the target lets be exercised: no filter, no shard, no shortage. */
  readonly isComplete: boolean;
}
