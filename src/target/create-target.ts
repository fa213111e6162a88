import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { watchAcceptance } from './acceptance.ts';
import { BudgetExhausted, createBudget } from './budget.ts';
import { capture, redactionFor, redactionOf } from './capture.ts';
import { type Connection, openConnection, type WireAnswer, type WireRequest } from './connection.ts';
import {
  authorize,
  type Credentials,
  type CredentialsInUse,
  checkCredentials,
  secretsOf,
} from './credentials.ts';
import { isDropped, MOST_TIMES } from './drops.ts';
import { checkCertificate, readEndpoint } from './endpoint.ts';
import { functionPath, functionsPath } from './function-paths.ts';
import { Interrupted, interruptibly } from './interruption.ts';
import { openLedger } from './ledger.ts';
import { createOutage, hasUsualBody, kindOf, type Outage, TargetUnresponsive } from './outage.ts';
import { createPace } from './pace.ts';
import { proxiesFor, proxySecrets } from './proxies.ts';
import { exchangePipelined, exchangeRaw, type RawPart } from './raw.ts';
import { bytesOf } from './request-bytes.ts';
import { bytesInWords, isOdd, requestInWords, shapeOf } from './request-in-words.ts';
import { retried } from './retries.ts';
import { createSlots } from './slots.ts';
import { STOOD_STILL, watchForStandstill } from './standstill.ts';
import type { Target, TargetOptions } from './target.ts';
import { type TargetRequest, wireRequest } from './target-request.ts';
import { renewing } from './token-renewal.ts';
import { type NotedRequest, watchVitalSigns } from './vital-signs.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_CONCURRENCY = 4;

const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;

const PIPELINED = 'pipelined requests';

/** Methods that do nothing more when a request is sent again. */
const REPEATABLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/**
 * Speaks to a target.
 *
 * @throws Error when the endpoint, a token or the certificate cannot be used.
 */
export function createTarget(options: TargetOptions): Target {
  const { projectId, region, observe, timeoutMs = DEFAULT_TIMEOUT_MS, cacert, rate } = options;
  const { concurrency = DEFAULT_CONCURRENCY } = options;
  const endpoint = readEndpoint(options.endpoint);
  const { origin, base } = endpoint;
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
    authorize(wireRequest(request, endpoint), credentials, request.credentials ?? 'valid', projectId);

  const captured = (wire: WireRequest, answer: WireAnswer, parts?: readonly RawPart[]): Exchange =>
    capture(origin, wire, answer, redactionFor(wire, secrets, redaction), parts);

  const standstill = watchForStandstill();
  const contexts = new WeakMap<Exchange, Context>();
  const credentialsOf = new WeakMap<Exchange, CredentialsInUse>();

  const once = async (connection: Connection, request: TargetRequest, fromReserve: boolean) => {
    const startedAt = await interruptibly(fromReserve ? undefined : signal, pace.turn);
    budget.take(fromReserve);
    const wire = authorized(request);
    const parts = request.write?.(wire);
    const begun = Date.now();
    const answer =
      parts === undefined
        ? await connection.exchange(wire)
        : await exchangeRaw({ origin, ...network }, parts);
    if (answer.response?.status === TOO_MANY_REQUESTS) pace.refused(startedAt);
    else pace.taken();
    const isExcused = answer.failure !== undefined && standstill.since(begun);
    const { response: _lost, ...rest } = answer;
    const counted = isExcused ? { ...rest, failure: STOOD_STILL } : answer;
    return captured(wire, counted, parts);
  };

  /** A request of the suite's own, whose answer nobody judges; `undefined` when it cannot be sent. */
  const ask = async (request: TargetRequest): Promise<Exchange | undefined> => {
    const connection = openConnection({ origin, ...network });
    try {
      return await once(connection, request, false);
    } catch (error) {
      if (error instanceof BudgetExhausted || error instanceof Interrupted) return undefined;
      throw error;
    } finally {
      await connection.close();
    }
  };
  const touchstone = {
    publish: () =>
      ask({ method: 'POST', path: functionPath(projectId, 'fgsc-absent', 'versions'), body: '{}' }),
    list: () => ask({ method: 'GET', path: functionsPath(projectId) }),
    sent: () => budget.sent,
  };
  const vitalSigns = watchVitalSigns(touchstone.list);
  vitalSigns.onCulprit(exchange => {
    if (contexts.has(exchange)) target.observe(exchange, contexts.get(exchange));
  });
  const alone: Target['alone'] = work =>
    slots.alone(async () => {
      await vitalSigns.settled();
      return work();
    });
  const useAlone: typeof slots.use = run => alone(() => slots.use(run));
  const acceptance = watchAcceptance(credentials, touchstone);

  const renewal = renewing(options.credentials, network, token => useCredentials({ ...credentials, token }));

  const attempt = async (connection: Connection, request: TargetRequest, fromReserve: boolean) => {
    const sentWith = credentials;
    const exchange = await once(connection, request, fromReserve);
    if (!isAuthorized(request)) return exchange;
    if (exchange.response?.status !== UNAUTHORIZED) renewal.accepted(sentWith);
    else if (await renewal.renew(sentWith)) return once(connection, request, fromReserve);
    return exchange;
  };

  /** Sends again what does no harm twice, when its connection ends without an answer. */
  const insistently = async (connection: Connection, request: TargetRequest, fromReserve: boolean) => {
    const { method, write, isRepeatable = write === undefined && REPEATABLE.has(method) } = request;
    let exchange = await attempt(connection, request, fromReserve);
    for (let times = 1; isRepeatable && isDropped(exchange) && times < MOST_TIMES; times++) {
      try {
        exchange = await attempt(connection, request, fromReserve);
      } catch (error) {
        if (error instanceof BudgetExhausted) return exchange;
        throw error;
      }
    }
    return exchange;
  };

  /** @throws TargetUnresponsive when the credentials that were good before are refused for good */
  const checkAccepted = async (exchange: Exchange): Promise<void> => {
    await acceptance.note(exchange);
    const isRefused = exchange.response?.status === UNAUTHORIZED;
    if (isRefused && acceptance.end !== undefined) throw new TargetUnresponsive(acceptance.end);
  };

  const noted = (
    { request: captured }: Exchange,
    request: TargetRequest,
    { form }: Context,
  ): Omit<NotedRequest, 'begun' | 'ended'> => {
    const { write } = request;
    if (write === undefined) {
      const shape = shapeOf(captured);
      return { shape, isOdd: isOdd(shape), mayEnd: false, inWords: () => requestInWords(captured) };
    }
    return {
      isOdd: form?.standing === 'doubtful' || form?.standing === 'broken',
      mayEnd: true,
      inWords: () => bytesInWords(write(authorized(request)), redaction.text),
    };
  };

  const check = (kind: string, fromReserve: boolean): Outage => {
    const outage = fromReserve ? outages.cleanUp : outages.ordinary;
    const end = fromReserve ? undefined : target.end;
    if (end !== undefined) throw new TargetUnresponsive(end);
    outage.check(kind);
    return outage;
  };

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
    get end() {
      return vitalSigns.end ?? acceptance.end;
    },
    useForbiddenToken: token => useCredentials({ ...credentials, forbiddenToken: token }),
    send: async (request, context = {}, { fromReserve = false, observed = true } = {}) => {
      const kind = kindOf(request);
      const end = options.begin?.(request, context);
      // Of what a target may die of, it has to be certain that it did.
      const isAlone = !hasUsualBody(request) && !fromReserve;
      const { exchange, ...times } = await (isAlone ? useAlone : slots.use)(async connection => {
        const begun = performance.now();
        const outage = check(kind, fromReserve);
        const final = await retried(
          () => insistently(connection, request, fromReserve),
          pace,
          fromReserve ? undefined : signal,
          () => request.write === undefined && outage.isRetried(kind),
        );
        outage.note(kind, final);
        return { exchange: final, begun, ended: performance.now() };
      });
      credentialsOf.set(exchange, request.credentials ?? 'valid');
      end?.(exchange);
      if (!fromReserve) {
        await vitalSigns.note(exchange, { ...noted(exchange, request, context), ...times });
        if (isAuthorized(request)) await checkAccepted(exchange);
      }
      if (observed) target.observe(exchange, context);
      return exchange;
    },
    alone,
    isDirect: proxiesFor(origin) === undefined,
    mayPipeline: count => count <= Math.min(concurrency, rate ?? count),
    sendPipelined: async (requests, { observed = true } = {}) => {
      const ends = requests.map(({ context = {}, ...request }) => options.begin?.(request, context));
      const { exchanges, ...times } = await slots.useMany(requests.length, async () => {
        const begun = performance.now();
        check(PIPELINED, false);
        for (const _ of requests) {
          await interruptibly(signal, pace.turn);
          budget.take(false);
        }
        const pairs = await exchangePipelined({ origin, ...network }, requests.map(authorized));
        const inOneGo = [Buffer.concat(pairs.map(({ request }) => bytesOf(request)))];
        const all = pairs.map(({ request, answer }) => captured(request, answer, inOneGo));
        return { exchanges: all, begun, ended: performance.now() };
      });
      for (const [index, exchange] of exchanges.entries()) {
        outages.ordinary.note(PIPELINED, exchange);
        ends[index]?.(exchange);
        credentialsOf.set(exchange, requests[index]?.credentials ?? 'valid');
        await vitalSigns.note(exchange, {
          ...times,
          isOdd: false,
          mayEnd: true,
          inWords: () => requestInWords(exchange.request),
        });
        if (observed) target.observe(exchange, requests[index]?.context);
      }
      return exchanges;
    },
    observe: (exchange, context = {}) => {
      const sent = credentialsOf.get(exchange) ?? 'missing';
      contexts.set(exchange, context);
      observe?.(exchange, {
        projectId,
        ...(sent === 'missing' ? {} : { credentials: sent }),
        ...context,
        ...vitalSigns.verdictOn(exchange),
      });
    },
    close: async () => {
      standstill.close();
      await Promise.all(connections.map(connection => connection.close()));
    },
  };
  return target;
}

/** Whether it carries the credentials of the run. */
function isAuthorized({ credentials = 'valid' }: TargetRequest): boolean {
  return credentials === 'valid';
}
