import type { Overlap } from '../judge/overlap.ts';
import type { Exchange, HttpRequest } from '../page/exchange.ts';
import { isPathOfThisApi, type Operation, pathOf, routeOf } from '../page/operations.ts';

/** An exchange as it was recorded, with what is known of how it was recorded. */
export interface RecordedExchange {
  readonly exchange: Exchange;
  /** Set when not all of it was recorded: it is followed then, and judged by no more than its status. */
  readonly missing?: Missing;
  /** What others may have changed of the function meanwhile; nothing by default. */
  readonly overlap?: Overlap;
}

/** What of an exchange was not recorded. */
export interface Missing {
  readonly of: 'request' | 'answer';
  /** Completes "left alone:", such as `the body of the answer is shorter than its size`. */
  readonly reason: string;
}

/**
 * What a request is to the judge.
 *
 * - `judged`: an operation that the page or its neighbours describe
 * - `followed`: another change of a function; it says nothing about the page, but about what is known of the function
 * - `unjudged`: another operation of this API, which changes nothing that is followed
 * - `foreign`: not this API
 */
export type Concern = 'judged' | 'followed' | 'unjudged' | 'foreign';

const JUDGED: ReadonlySet<Operation> = new Set([
  'publish',
  'list versions',
  'create function',
  'list functions',
  'read configuration',
  'change configuration',
  'change code',
  'set maximum instances',
  'configure asynchronous notification',
  'delete',
]);

const OF_A_FUNCTION = /\/v2\/[^/]+\/fgs\/functions\/[^/]+/;

/** Calling a function changes nothing of it, nor does naming a version or labelling it. */
const CHANGES_NOTHING = /\/(?:invocations(?:-async)?|aliases(?:\/[^/]+)?|tags(?:\/[^/]+)?)$/;

/** Tells requests of this API from others, by method and path alone. */
export function concernOf(request: Pick<HttpRequest, 'method' | 'url'>): Concern {
  const route = routeOf(request);
  if (route?.operation !== undefined && JUDGED.has(route.operation)) return 'judged';
  const isRead = /^(?:GET|HEAD|OPTIONS)$/i.test(request.method);
  if (route?.publishesAt && !isRead) return 'judged';
  const path = pathOf(request.url);
  if (!isPathOfThisApi(path)) return 'foreign';
  return isRead || CHANGES_NOTHING.test(path) || !OF_A_FUNCTION.test(path) ? 'unjudged' : 'followed';
}
