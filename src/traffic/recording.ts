import type { Exchange, HttpRequest } from '../page/exchange.ts';
import { pathOf, routeOf } from '../page/operations.ts';

/** An exchange as it was recorded, with what is known of how it was recorded. */
export interface RecordedExchange {
  readonly exchange: Exchange;
  /** What of it was not recorded, so that it is followed but not judged: `the body of the answer`. */
  readonly missing?: string;
  /** A change of the same function was under way at the same time: nobody knows which came first. */
  readonly isEntangled: boolean;
}

/** A recorded exchange with its times, in milliseconds since 1970. */
export interface TimedExchange extends Omit<RecordedExchange, 'isEntangled'> {
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/**
 * What a request is to the judge.
 *
 * - `judged`: an operation that the page or its neighbours describe
 * - `followed`: another change of a function; it says nothing about the page, but about what is known of the function
 * - `foreign`: not this API
 */
export type Concern = 'judged' | 'followed' | 'foreign';

const OF_A_FUNCTION = /\/v2\/[^/]+\/fgs\/functions\/[^/]+/;

/** Calling a function changes nothing of it. */
const INVOKES = /\/invocations(?:-async)?$/;

/** Tells requests of this API from others, by method and path alone. */
export function concernOf(request: Pick<HttpRequest, 'method' | 'url'>): Concern {
  const route = routeOf(request);
  if (route?.operation !== undefined) return 'judged';
  const isRead = /^(?:GET|HEAD|OPTIONS)$/i.test(request.method);
  if (isRead) return 'foreign';
  if (route?.publishesAt) return 'judged';
  const path = pathOf(request.url);
  return OF_A_FUNCTION.test(path) && !INVOKES.test(path) ? 'followed' : 'foreign';
}
