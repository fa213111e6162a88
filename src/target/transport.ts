/** How a request goes out: in its turn, within the budget, with credentials, and captured without secrets. */

import type { Exchange } from '../page/exchange.ts';
import { type Budget, BudgetExhausted } from './budget.ts';
import { capture } from './capture.ts';
import {
  type Connection,
  type ConnectionOptions,
  openConnection,
  type WireAnswer,
  type WireRequest,
} from './connection.ts';
import { authorize } from './credentials.ts';
import { isDropped, MOST_TIMES } from './drops.ts';
import type { Endpoint } from './endpoint.ts';
import type { Identity } from './identity.ts';
import { Interrupted, interruptibly } from './interruption.ts';
import type { Pace } from './pace.ts';
import { exchangePipelined, exchangeRaw, type RawPart } from './raw.ts';
import { bytesOf } from './request-bytes.ts';
import { STOOD_STILL, type Standstill } from './standstill.ts';
import { type TargetRequest, wireRequest } from './target-request.ts';
import type { RenewedToken } from './token-renewal.ts';

const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;

/** Methods that do nothing more when a request is sent again. */
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** What all requests to a target share. */
export interface Transport {
  readonly endpoint: Endpoint;
  readonly projectId: string;
  readonly network: ConnectionOptions;
  readonly identity: Identity;
  readonly renewal: RenewedToken;
  readonly budget: Budget;
  readonly pace: Pace;
  readonly standstill: Standstill;
  readonly signal: AbortSignal;
}

/** A request as it goes on the wire, with credentials. */
export function authorized(
  { endpoint, identity, projectId }: Transport,
  request: TargetRequest,
): WireRequest {
  const inUse = request.credentials ?? 'valid';
  return authorize(wireRequest(request, endpoint), identity.credentials, inUse, projectId);
}

/** Whether it carries the credentials of the run. */
export function isAuthorized({ credentials = 'valid' }: TargetRequest): boolean {
  return credentials === 'valid';
}

/** Whether the answer refuses credentials. */
export function isUnauthorized({ response }: Exchange): boolean {
  return response?.status === UNAUTHORIZED;
}

/**
 * Sends what does no harm twice again, when its connection ends without an answer.
 *
 * @param fromReserve whether it is clean-up: may use the requests that are kept back, and is not interrupted
 * @throws BudgetExhausted, Interrupted
 */
export async function transmit(
  transport: Transport,
  connection: Connection,
  request: TargetRequest,
  fromReserve: boolean,
): Promise<Exchange> {
  const { method, write, isRepeatable = write === undefined && REPEATABLE.has(method) } = request;
  let exchange = await transmitRenewing(transport, connection, request, fromReserve);
  for (let times = 1; isRepeatable && isDropped(exchange) && times < MOST_TIMES; times++) {
    try {
      exchange = await transmitRenewing(transport, connection, request, fromReserve);
    } catch (error) {
      if (error instanceof BudgetExhausted) return exchange;
      throw error;
    }
  }
  return exchange;
}

/** Sends a request again that was refused for the age of its token, with a new one. */
async function transmitRenewing(
  transport: Transport,
  connection: Connection,
  request: TargetRequest,
  fromReserve: boolean,
): Promise<Exchange> {
  const { identity, renewal } = transport;
  const sentWith = identity.credentials;
  const exchange = await transmitOnce(transport, connection, request, fromReserve);
  if (!isAuthorized(request)) return exchange;
  if (!isUnauthorized(exchange)) renewal.accepted(sentWith);
  else if (await renewal.renew(sentWith)) {
    return transmitOnce(transport, connection, request, fromReserve);
  }
  return exchange;
}

async function transmitOnce(
  transport: Transport,
  connection: Connection,
  request: TargetRequest,
  fromReserve: boolean,
): Promise<Exchange> {
  const { budget, network, pace, signal, standstill } = transport;
  const startedAt = await interruptibly(fromReserve ? undefined : signal, pace.turn);
  budget.take(fromReserve);
  const wire = authorized(transport, request);
  const parts = request.write?.(wire);
  const begun = Date.now();
  const answer = parts === undefined ? await connection.exchange(wire) : await exchangeRaw(network, parts);
  if (answer.response?.status === TOO_MANY_REQUESTS) pace.refused(startedAt);
  else pace.taken();
  const isExcused = answer.failure !== undefined && standstill.since(begun);
  const { response: _lost, ...rest } = answer;
  const counted = isExcused ? { ...rest, failure: STOOD_STILL } : answer;
  return captured(transport, wire, counted, parts);
}

/** Sends requests in one go over a connection of their own, and answers their exchanges, in order. */
export async function transmitPipelined(
  transport: Transport,
  requests: readonly TargetRequest[],
): Promise<readonly Exchange[]> {
  const { budget, network, pace, signal } = transport;
  for (const _ of requests) {
    await interruptibly(signal, pace.turn);
    budget.take(false);
  }
  const pairs = await exchangePipelined(
    network,
    requests.map(request => authorized(transport, request)),
  );
  const inOneGo = [Buffer.concat(pairs.map(({ request }) => bytesOf(request)))];
  return pairs.map(({ request, answer }) => captured(transport, request, answer, inOneGo));
}

/** Sends a request of the suite's own, whose answer nobody judges; `undefined` when it cannot be sent. */
export async function ask(transport: Transport, request: TargetRequest): Promise<Exchange | undefined> {
  const connection = openConnection(transport.network);
  try {
    return await transmitOnce(transport, connection, request, false);
  } catch (error) {
    if (error instanceof BudgetExhausted || error instanceof Interrupted) return undefined;
    throw error;
  } finally {
    await connection.close();
  }
}

function captured(
  { endpoint, identity }: Transport,
  wire: WireRequest,
  answer: WireAnswer,
  parts: readonly RawPart[] | undefined,
): Exchange {
  return capture(endpoint.origin, wire, answer, identity.redactionOf(wire), parts);
}
