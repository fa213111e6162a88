import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { createBudget } from './budget.ts';
import { capture, redactionFor, redactionOf } from './capture.ts';
import { type Connection, openConnection, type WireAnswer } from './connection.ts';
import {
  authorize,
  type Credentials,
  type CredentialsInUse,
  checkCredentials,
  secretsOf,
  type WireRequest,
} from './credentials.ts';
import { checkCertificate, readEndpoint } from './endpoint.ts';
import { interruptibly } from './interruption.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { createOutage, kindOf } from './outage.ts';
import { createPace } from './pace.ts';
import { proxiesFor, proxySecrets } from './proxies.ts';
import { exchangePipelined, exchangeRaw, type RawPart } from './raw.ts';
import { bytesOf } from './request-bytes.ts';
import { retried } from './retries.ts';
import { createSlots } from './slots.ts';
import { renewingOnce } from './token-renewal.ts';

export interface TargetOptions {
  /** Absolute URL that all paths are below, such as `https://functiongraph.example.com`. */
  readonly endpoint: string;
  readonly projectId: string;
  readonly region?: string;
  readonly credentials: Credentials;
  /** How long one exchange may take, from connecting to the last byte, in milliseconds. Default: 10000. */
  readonly timeoutMs?: number;
  /** How many requests may be sent in all. Default: no limit. */
  readonly maxRequests?: number;
  /** How many of `maxRequests` are kept back for clean-up, asked before each request. Default: none. */
  readonly reserved?: () => number;
  /** Where requests are counted. Default: books of its own. */
  readonly ledger?: Ledger;
  /** Requests that are started a second. Default: no limit. */
  readonly rate?: number;
  /** Exchanges at a time. Default: 4. */
  readonly concurrency?: number;
  /** Certificates (PEM) that are trusted besides the usual ones. */
  readonly cacert?: string;
  /** Once aborted, only clean-up is sent; exchanges under way are still finished. */
  readonly signal?: AbortSignal;
  /** Told when something is about to be sent, and through what it answers, of what came of it. */
  readonly begin?: (request: TargetRequest, context: Context) => (exchange: Exchange) => void;
  /** Told of every exchange once: of the last attempt when a gateway's answer was retried. */
  readonly observe?: (exchange: Exchange, context: Context) => void;
}

export interface TargetRequest {
  readonly method: string;
  /** Below the endpoint, raw, as it goes on the wire. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Default: `valid`. */
  readonly credentials?: CredentialsInUse;
  /** Default: `application/json` when there is a body; `null` leaves the header out. */
  readonly contentType?: string | null;
  /**
   * Puts the request on the wire in another way than usual, over a connection of its own. The exchange still
   * tells what was meant. A gateway's answer stands.
   */
  readonly write?: (request: WireRequest) => readonly RawPart[];
}

export interface SendOptions {
  /** Clean-up: may use the requests that are kept back, and is sent after an interruption. */
  readonly fromReserve?: boolean;
  /** Leaves it to the caller to call `observe`. Default: true. */
  readonly observed?: boolean;
}

/** An endpoint that is spoken to. */
export interface Target {
  readonly endpoint: string;
  readonly projectId: string;
  readonly region: string | undefined;
  /** Requests sent so far, each attempt counted. */
  readonly sent: number;
  /** Requests that may still be sent besides clean-up; `Infinity` without a limit. */
  readonly remaining: number;
  /** Aborted when the run was interrupted. */
  readonly signal: AbortSignal;
  readonly hasForbiddenToken: boolean;
  /**
   * That a gateway answers in the target's place, in a sentence; `undefined` while it does not. As long as it
   * does, its answers are not asked again.
   */
  readonly gatewayTrouble: string | undefined;
  /** A token without permission that became known later, from a provider state. Never stored from then on. */
  useForbiddenToken(token: string): void;
  /**
   * Sends a request. Whatever the network or the target does is in the exchange that is answered.
   *
   * @throws BudgetExhausted when `maxRequests` is used up.
   * @throws Interrupted when the run was interrupted and this is not clean-up.
   * @throws TargetUnresponsive when too many requests before it got no answer.
   */
  send(request: TargetRequest, context?: Context, options?: SendOptions): Promise<Exchange>;
  /**
   * Sends requests in one go over a connection of their own, and answers their exchanges, in order.
   *
   * @throws as `send` does
   */
  sendPipelined(
    requests: readonly (TargetRequest & { readonly context?: Context })[],
  ): Promise<readonly Exchange[]>;
  /** Whether bytes reach the target as they are: not through a proxy. */
  readonly isDirect: boolean;
  /** Whether so many requests may be under way at once, and start at once. */
  mayPipeline(count: number): boolean;
  /** Hands on an exchange that was sent with `observed: false`. */
  observe(exchange: Exchange, context?: Context): void;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_CONCURRENCY = 4;

const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;

const PIPELINED = 'pipelined requests';

/** Methods that announce a length even when there is no body. */
const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * Speaks to a target.
 *
 * @throws Error when the endpoint, a token or the certificate cannot be used.
 */
export function createTarget(options: TargetOptions): Target {
  const { projectId, region, observe, timeoutMs = DEFAULT_TIMEOUT_MS, cacert, rate } = options;
  const { concurrency = DEFAULT_CONCURRENCY } = options;
  const { origin, base, host } = readEndpoint(options.endpoint);
  checkCredentials(options.credentials);
  if (cacert !== undefined) checkCertificate(cacert);
  let credentials = options.credentials;
  let secrets = [...secretsOf(credentials), ...proxySecrets()];
  let redaction = redactionOf(secrets);
  const useCredentials = (changed: Credentials): void => {
    checkCredentials(changed);
    credentials = changed;
    // Earlier ones stay secret.
    secrets = [...secretsOf(credentials), ...secrets];
    redaction = redactionOf(secrets);
  };

  const signal = options.signal ?? new AbortController().signal;
  const ledger = options.ledger ?? openLedger();
  const budget = createBudget(options.maxRequests, options.reserved, ledger);
  const pace = createPace(rate, ledger);
  const network = { timeoutMs, ...(cacert === undefined ? {} : { cacert }) };
  const connections = Array.from({ length: concurrency }, () => openConnection({ origin, ...network }));
  const slots = createSlots(connections);
  const outages = { ordinary: createOutage(), cleanUp: createOutage() };

  const authorized = (request: TargetRequest): WireRequest =>
    authorize(wireRequest(request, host, base), credentials, request.credentials ?? 'valid', projectId);

  const captured = (wire: WireRequest, answer: WireAnswer, parts?: readonly RawPart[]): Exchange =>
    capture(origin, wire, answer, redactionFor(wire, secrets, redaction), parts);

  const once = async (connection: Connection, request: TargetRequest, fromReserve: boolean) => {
    const startedAt = await interruptibly(fromReserve ? undefined : signal, pace.turn);
    budget.take(fromReserve);
    const wire = authorized(request);
    const parts = request.write?.(wire);
    const answer =
      parts === undefined
        ? await connection.exchange(wire)
        : await exchangeRaw({ origin, ...network }, parts);
    if (answer.response?.status === TOO_MANY_REQUESTS) pace.refused(startedAt);
    else pace.taken();
    return captured(wire, answer, parts);
  };

  const renewToken = renewingOnce(options.credentials, network, token =>
    useCredentials({ ...credentials, token }),
  );

  const attempt = async (connection: Connection, request: TargetRequest, fromReserve: boolean) => {
    const sentWith = credentials;
    const exchange = await once(connection, request, fromReserve);
    const isRefused =
      exchange.response?.status === UNAUTHORIZED && (request.credentials ?? 'valid') === 'valid';
    if (!isRefused || !(await renewToken(sentWith))) return exchange;
    return once(connection, request, fromReserve);
  };

  const credentialsOf = new WeakMap<Exchange, CredentialsInUse>();

  const target: Target = {
    endpoint: `${origin}${base}`,
    projectId,
    region,
    signal,
    get sent() {
      return budget.sent;
    },
    get remaining() {
      return budget.remaining;
    },
    get hasForbiddenToken() {
      return credentials.forbiddenToken !== undefined;
    },
    get gatewayTrouble() {
      return outages.ordinary.gatewayTrouble;
    },
    useForbiddenToken: token => useCredentials({ ...credentials, forbiddenToken: token }),
    send: async (request, context = {}, { fromReserve = false, observed = true } = {}) => {
      const outage = fromReserve ? outages.cleanUp : outages.ordinary;
      const kind = kindOf(request);
      const end = options.begin?.(request, context);
      const exchange = await slots.use(async connection => {
        outage.check(kind);
        const final = await retried(
          () => attempt(connection, request, fromReserve),
          pace,
          fromReserve ? undefined : signal,
          () => request.write === undefined && outage.isRetried(kind),
        );
        outage.note(kind, final);
        return final;
      });
      credentialsOf.set(exchange, request.credentials ?? 'valid');
      end?.(exchange);
      if (observed) target.observe(exchange, context);
      return exchange;
    },
    isDirect: proxiesFor(origin) === undefined,
    mayPipeline: count => count <= Math.min(concurrency, rate ?? count),
    sendPipelined: async requests => {
      const ends = requests.map(({ context = {}, ...request }) => options.begin?.(request, context));
      const exchanges = await slots.useMany(requests.length, async () => {
        outages.ordinary.check(PIPELINED);
        for (const _ of requests) {
          await interruptibly(signal, pace.turn);
          budget.take(false);
        }
        const pairs = await exchangePipelined({ origin, ...network }, requests.map(authorized));
        const inOneGo = [Buffer.concat(pairs.map(({ request }) => bytesOf(request)))];
        return pairs.map(({ request, answer }) => captured(request, answer, inOneGo));
      });
      exchanges.forEach((exchange, index) => {
        outages.ordinary.note(PIPELINED, exchange);
        ends[index]?.(exchange);
        credentialsOf.set(exchange, requests[index]?.credentials ?? 'valid');
        target.observe(exchange, requests[index]?.context);
      });
      return exchanges;
    },
    observe: (exchange, context = {}) => {
      const sent = credentialsOf.get(exchange) ?? 'missing';
      observe?.(exchange, { projectId, ...(sent === 'missing' ? {} : { credentials: sent }), ...context });
    },
    close: async () => {
      await Promise.all(connections.map(connection => connection.close()));
    },
  };
  return target;
}

function wireRequest(request: TargetRequest, host: string, base: string): WireRequest {
  const { method, path, body } = request;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const usual = bytes === undefined ? null : 'application/json';
  const contentType = request.contentType === undefined ? usual : request.contentType;
  const length = bytes?.length ?? (METHODS_WITH_BODY.has(method) ? 0 : undefined);
  const given = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const headers = {
    host,
    'user-agent': 'fgs-conformance',
    accept: 'application/json',
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...(length === undefined ? {} : { 'content-length': String(length) }),
    ...Object.fromEntries(given),
  };
  return { method, path: `${base}${path}`, headers, ...(bytes === undefined ? {} : { body: bytes }) };
}
