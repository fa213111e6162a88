/** The origins that are known to be the API: there a page of HTML is an answer of its own. */

import { originOf } from '../judge/function-key.ts';
import type { Exchange } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { routeOf } from '../page/operations.ts';

export interface Acquaintance {
  /** Whether the API has answered where the exchange went. */
  includes(exchange: Exchange): boolean;
  /** Takes note of an answer, of whatever kind. */
  meet(exchange: Exchange): void;
}

export function createAcquaintance(): Acquaintance {
  const origins = new Set<string>();
  const includes = ({ request }: Exchange): boolean => origins.has(originOf(request.url));
  return {
    includes,
    meet(exchange) {
      if (!includes(exchange) && isAnsweredByTheApi(exchange)) origins.add(originOf(exchange.request.url));
    },
  };
}

/** Whether something answered as the API does: with a JSON object, or by publishing. */
function isAnsweredByTheApi({ request, response }: Exchange): boolean {
  if (response === undefined) return false;
  const { status, body = '', bodyEncoding } = response;
  const isPublished = status >= 200 && status < 300 && routeOf(request)?.operation === 'publish';
  return isPublished || (bodyEncoding === undefined && jsonObjectIn(body) !== undefined);
}
