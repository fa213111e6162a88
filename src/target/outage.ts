import type { Exchange } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { routeOf } from '../page/operations.ts';
import { isGatewayStatus } from './retries.ts';
import type { TargetRequest } from './target-request.ts';

/** The target has stopped answering: nothing further is sent, so that a run ends in bounded time. */
export class TargetUnresponsive extends Error {
  override readonly name = 'TargetUnresponsive';
}

/** Keeps count of what is not answered, by the target or by the gateway in front of it. */
export interface Outage {
  /** What the gateway answers instead of the target, in a sentence; `undefined` while there is no trouble. */
  readonly gatewayTrouble: string | undefined;
  /** Whether a gateway's answer to a request of this kind is worth asking again. */
  isRetried(kind: string): boolean;
  /** @throws TargetUnresponsive when requests of this kind, or any, are no longer sent */
  check(kind: string): void;
  /** Counts an exchange whose retries are over. */
  note(kind: string, exchange: Exchange): void;
}

/** After so many exchanges of a kind in a row that get no answer, no more of it are sent. */
const UNANSWERED_IN_A_ROW = 3;

/** After so many exchanges that get no answer, none at all are sent. */
const UNANSWERED_IN_ALL = 20;

/** After so many exchanges of a kind in a row that only a gateway answers, it is not asked again. */
const RETRIED_IN_A_ROW = 3;

/** After so many exchanges in a row that only a gateway answers, no more are sent. */
const GATEWAY_IN_A_ROW = 12;

export function createOutage(): Outage {
  const unanswered = createCounts();
  const byGateway = createCounts();
  const givenUp = new Map<string, string>();
  let gatewayTrouble: string | undefined;
  let end: string | undefined;

  const noteUnanswered = (kind: string, message: string): void => {
    const inARow = unanswered.count(kind);
    const cause = `the last one because ${message}`;
    if (inARow >= UNANSWERED_IN_A_ROW) {
      givenUp.set(kind, `${inARow} requests in a row got no answer (${kind}), ${cause}`);
    }
    if (unanswered.ever >= UNANSWERED_IN_ALL) end ??= `${unanswered.ever} requests got no answer, ${cause}`;
  };

  const noteGateway = (kind: string, status: number): void => {
    const inARow = byGateway.count(kind);
    const trouble = `a gateway answered ${byGateway.inARow} requests in a row, the last one with ${status}`;
    if (inARow >= RETRIED_IN_A_ROW) gatewayTrouble = trouble;
    if (byGateway.inARow >= GATEWAY_IN_A_ROW) end ??= trouble;
  };

  return {
    get gatewayTrouble() {
      return gatewayTrouble;
    },
    isRetried: kind => byGateway.inARowOf(kind) < RETRIED_IN_A_ROW,
    check: kind => {
      const reason = end ?? givenUp.get(kind);
      if (reason !== undefined) throw new TargetUnresponsive(reason);
    },
    note: (kind, { response, failure }) => {
      if (failure?.kind === 'timeout' || failure?.kind === 'unreachable') {
        noteUnanswered(kind, failure.message);
      } else {
        unanswered.end(kind);
        if (response !== undefined && isGatewayStatus(response.status)) noteGateway(kind, response.status);
        else {
          byGateway.end(kind);
          gatewayTrouble = undefined;
        }
      }
    },
  };
}

/** Counts something that happens in a row, by kind and over all kinds. */
function createCounts() {
  const ofKind = new Map<string, number>();
  let inARow = 0;
  let ever = 0;
  return {
    get inARow() {
      return inARow;
    },
    get ever() {
      return ever;
    },
    inARowOf: (kind: string): number => ofKind.get(kind) ?? 0,
    /** Answers how often it happened to this kind in a row, this time included. */
    count: (kind: string): number => {
      inARow += 1;
      ever += 1;
      const ofThis = (ofKind.get(kind) ?? 0) + 1;
      ofKind.set(kind, ofThis);
      return ofThis;
    },
    /** It did not happen this time. */
    end: (kind: string): void => {
      inARow = 0;
      ofKind.delete(kind);
    },
  };
}

/** A body of more characters is unusual without being looked at. */
const USUAL_BODY = 65_536;

/**
 * Which requests are alike: those of an operation, with the usual kind of body or another. A target that
 * chokes on one kind may answer all others.
 */
export function kindOf(request: Pick<TargetRequest, 'method' | 'path' | 'body' | 'write'>): string {
  const { method, path, write } = request;
  const operation = routeOf({ method, url: path })?.operation ?? `${method} elsewhere`;
  if (write !== undefined) return `${operation} in another form`;
  return hasUsualBody(request) ? operation : `${operation} with an unusual body`;
}

/** Whether the body is none that a target may well choke on: a JSON object of some size at most. */
export function hasUsualBody({ body }: Pick<TargetRequest, 'body'>): boolean {
  return body === undefined || (body.length <= USUAL_BODY && jsonObjectIn(body.toString()) !== undefined);
}
