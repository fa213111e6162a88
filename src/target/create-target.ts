import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { type Acceptance, watchAcceptance } from './acceptance.ts';
import { createBudget } from './budget.ts';
import { type Connection, openConnection } from './connection.ts';
import type { CredentialsInUse } from './credentials.ts';
import { checkCertificate, readEndpoint } from './endpoint.ts';
import { functionPath, functionsPath } from './function-paths.ts';
import { createIdentity } from './identity.ts';
import { openLedger } from './ledger.ts';
import { createOutage, hasUsualBody, kindOf, type Outage, TargetUnresponsive } from './outage.ts';
import { createPace } from './pace.ts';
import { proxiesFor } from './proxies.ts';
import { bytesInWords, isOdd, requestInWords, shapeOf } from './request-in-words.ts';
import { retried } from './retries.ts';
import { createSlots, type Slots } from './slots.ts';
import { watchForStandstill } from './standstill.ts';
import type { Target, TargetOptions } from './target.ts';
import type { TargetRequest } from './target-request.ts';
import { renewing } from './token-renewal.ts';
import {
  ask,
  authorized,
  isAuthorized,
  isUnauthorized,
  type Transport,
  transmit,
  transmitPipelined,
} from './transport.ts';
import { type NotedRequest, type VitalSigns, watchVitalSigns } from './vital-signs.ts';

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_CONCURRENCY = 4;

const PIPELINED = 'pipelined requests';

/** What a target is made of. */
interface Parts {
  readonly options: TargetOptions;
  readonly transport: Transport;
  readonly slots: Slots<Connection>;
  readonly outages: { readonly ordinary: Outage; readonly cleanUp: Outage };
  readonly vitalSigns: VitalSigns;
  readonly acceptance: Acceptance;
  readonly observer: Observer;
  readonly alone: Target['alone'];
}

/**
 * Speaks to a target.
 *
 * @throws Error when the endpoint, a token or the certificate cannot be used.
 */
export function createTarget(options: TargetOptions): Target {
  const { projectId, region, rate, concurrency = DEFAULT_CONCURRENCY } = options;
  const transport = openTransport(options);
  const { endpoint, identity, budget, signal, standstill } = transport;
  const { origin, base } = endpoint;
  const connections = Array.from({ length: concurrency }, () => openConnection(transport.network));
  const slots = createSlots(connections);
  const outages = { ordinary: createOutage(), cleanUp: createOutage() };
  const touchstone = {
    publish: () =>
      ask(transport, {
        method: 'POST',
        path: functionPath(projectId, 'fgsc-absent', 'versions'),
        body: '{}',
      }),
    list: () => ask(transport, { method: 'GET', path: functionsPath(projectId) }),
    sent: () => budget.sent,
  };
  const vitalSigns = watchVitalSigns(touchstone.list);
  const acceptance = watchAcceptance(options.credentials, touchstone);
  const observer = createObserver(options, vitalSigns);
  const alone: Target['alone'] = work =>
    slots.alone(async () => {
      await vitalSigns.settled();
      return work();
    });
  const parts: Parts = { options, transport, slots, outages, vitalSigns, acceptance, observer, alone };
  return {
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
      return identity.credentials.forbiddenToken !== undefined;
    },
    get gatewayTrouble() {
      return outages.ordinary.gatewayTrouble;
    },
    get end() {
      return endOf(parts);
    },
    useForbiddenToken: token => identity.change({ ...identity.credentials, forbiddenToken: token }),
    send: sending(parts),
    sendPipelined: sendingPipelined(parts),
    alone,
    together: slots.useMany,
    isDirect: proxiesFor(origin) === undefined,
    mayPipeline: count => count <= Math.min(concurrency, rate ?? count),
    observe: observer.observe,
    close: async () => {
      standstill.close();
      await Promise.all(connections.map(connection => connection.close()));
    },
  };
}

/** @throws Error when the endpoint, a token or the certificate cannot be used. */
function openTransport(options: TargetOptions): Transport {
  const { projectId, timeoutMs = DEFAULT_TIMEOUT_MS, cacert, rate } = options;
  const endpoint = readEndpoint(options.endpoint);
  const identity = createIdentity(options.credentials);
  if (cacert !== undefined) checkCertificate(cacert);
  const ledger = options.ledger ?? openLedger();
  const network = { origin: endpoint.origin, timeoutMs, ...(cacert === undefined ? {} : { cacert }) };
  return {
    endpoint,
    projectId,
    network,
    identity,
    renewal: renewing(options.credentials, network, token =>
      identity.change({ ...identity.credentials, token }),
    ),
    budget: createBudget(options.maxRequests, options.reserved, ledger),
    pace: createPace(rate, ledger),
    standstill: watchForStandstill(),
    signal: options.signal ?? new AbortController().signal,
  };
}

/** Hands exchanges on to whoever observes the target, with what is known of each. */
interface Observer {
  /** Notes which credentials an exchange was made with. */
  sentWith(exchange: Exchange, credentials: CredentialsInUse): void;
  observe(exchange: Exchange, context?: Context): void;
}

function createObserver({ observe, projectId }: TargetOptions, vitalSigns: VitalSigns): Observer {
  const contexts = new WeakMap<Exchange, Context>();
  const credentialsOf = new WeakMap<Exchange, CredentialsInUse>();
  const handOn: Observer['observe'] = (exchange, context = {}) => {
    const credentials = credentialsOf.get(exchange) ?? 'missing';
    contexts.set(exchange, context);
    observe?.(exchange, {
      projectId,
      ...(credentials === 'missing' ? {} : { credentials }),
      ...context,
      ...vitalSigns.verdictOn(exchange),
    });
  };
  vitalSigns.onCulprit(exchange => {
    if (contexts.has(exchange)) handOn(exchange, contexts.get(exchange));
  });
  return {
    sentWith: (exchange, credentials) => credentialsOf.set(exchange, credentials),
    observe: handOn,
  };
}

function sending(parts: Parts): Target['send'] {
  const { options, transport, slots, observer, vitalSigns, alone } = parts;
  const { pace, signal } = transport;
  const useAlone: typeof slots.use = run => alone(() => slots.use(run));
  return async (request, context = {}, { fromReserve = false, observed = true } = {}) => {
    const kind = kindOf(request);
    const end = options.begin?.(request, context);
    // Of what a target may die of, it has to be certain that it did.
    const isAlone = !hasUsualBody(request) && !fromReserve;
    const { exchange, ...times } = await (isAlone ? useAlone : slots.use)(async connection => {
      const begun = performance.now();
      const outage = checkedOutage(parts, kind, fromReserve);
      const final = await retried(
        () => transmit(transport, connection, request, fromReserve),
        pace,
        fromReserve ? undefined : signal,
        () => request.write === undefined && outage.isRetried(kind),
      );
      outage.note(kind, final);
      return { exchange: final, begun, ended: performance.now() };
    });
    observer.sentWith(exchange, request.credentials ?? 'valid');
    end?.(exchange);
    if (!fromReserve) {
      await vitalSigns.note(exchange, { ...noted(transport, exchange, request, context), ...times });
      if (isAuthorized(request)) await checkAccepted(parts, exchange);
    }
    if (observed) observer.observe(exchange, context);
    return exchange;
  };
}

function sendingPipelined(parts: Parts): Target['sendPipelined'] {
  const { options, transport, slots, outages, observer, vitalSigns } = parts;
  return async (requests, { observed = true } = {}) => {
    const ends = requests.map(({ context = {}, ...request }) => options.begin?.(request, context));
    const { exchanges, ...times } = await slots.useMany(requests.length, async () => {
      const begun = performance.now();
      checkedOutage(parts, PIPELINED, false);
      return { exchanges: await transmitPipelined(transport, requests), begun, ended: performance.now() };
    });
    for (const [index, exchange] of exchanges.entries()) {
      outages.ordinary.note(PIPELINED, exchange);
      ends[index]?.(exchange);
      observer.sentWith(exchange, requests[index]?.credentials ?? 'valid');
      const inWords = (): string => requestInWords(exchange.request);
      await vitalSigns.note(exchange, { ...times, isOdd: false, mayEnd: true, inWords });
      if (observed) observer.observe(exchange, requests[index]?.context);
    }
    return exchanges;
  };
}

/** Why nothing more is sent. */
function endOf({ vitalSigns, acceptance }: Parts): string | undefined {
  return vitalSigns.end ?? acceptance.end;
}

/** @throws TargetUnresponsive when nothing more is sent, or nothing of this kind */
function checkedOutage(parts: Parts, kind: string, fromReserve: boolean): Outage {
  const { ordinary, cleanUp } = parts.outages;
  const outage = fromReserve ? cleanUp : ordinary;
  const end = fromReserve ? undefined : endOf(parts);
  if (end !== undefined) throw new TargetUnresponsive(end);
  outage.check(kind);
  return outage;
}

/** @throws TargetUnresponsive when the credentials that were good before are refused for good */
async function checkAccepted({ acceptance }: Parts, exchange: Exchange): Promise<void> {
  await acceptance.note(exchange);
  if (isUnauthorized(exchange) && acceptance.end !== undefined) throw new TargetUnresponsive(acceptance.end);
}

/** What has to be known of a request to tell whether it stopped the target. */
function noted(
  transport: Transport,
  { request: captured }: Exchange,
  request: TargetRequest,
  { form }: Context,
): Omit<NotedRequest, 'begun' | 'ended'> {
  const { write } = request;
  if (write === undefined) {
    const shape = shapeOf(captured);
    return { shape, isOdd: isOdd(shape), mayEnd: false, inWords: () => requestInWords(captured) };
  }
  return {
    isOdd: form?.standing === 'doubtful' || form?.standing === 'broken',
    mayEnd: true,
    inWords: () => bytesInWords(write(authorized(transport, request)), transport.identity.redacted),
  };
}
