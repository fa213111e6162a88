import type { Exchange } from '../page/exchange.ts';
import { isStandstill } from './standstill.ts';

/** How often a request is sent whose connection ends without an answer. */
export const MOST_TIMES = 3;

/**
 * Whether the connection ended, or was given up by ourselves, before anything of an answer came: nobody knows
 * whether the request was processed.
 */
export function isDropped({ response, failure }: Exchange): boolean {
  return (
    response === undefined && failure !== undefined && (failure.kind === 'reset' || isStandstill(failure))
  );
}
