import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, jsonObjectIn } from '../page/formats.ts';
import { type Connection, openConnection, type WireResponse } from '../target/connection.ts';
import { redactorOf } from '../target/index.ts';
import { isGatewayStatus, pauseBeforeRetry } from '../target/retries.ts';
import { type Broker, BrokerError, secretsOf } from './broker.ts';
import { brokerWords } from './broker-words.ts';

/** A HAL resource, or what else a broker answers in JSON. */
export type Resource = Readonly<Record<string, unknown>>;

/** Speaks HAL with one broker. Every method throws `BrokerError` when the broker does not do what it is asked. */
export interface BrokerClient {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** What the broker offers; asked for once. */
  index(): Promise<Resource>;
  get(url: string): Promise<Resource>;
  /** The text of a resource, which may tell 1.0 from 1. */
  getText(url: string): Promise<string>;
  post(url: string, body: unknown): Promise<Resource>;
  put(url: string, body: unknown): Promise<Resource>;
  close(): Promise<void>;
}

type Method = 'GET' | 'POST' | 'PUT';

/** For one exchange, from connecting to the last byte: brokers can be slow, and nobody waits for a minute. */
const TIMEOUT_MS = 30_000;

/** How often a request is sent again while a gateway answers for the broker, after pauses that grow at first. */
const MOST_RETRIES = 6;
const GROWING = 2;

const MOST_REDIRECTS = 5;

/** Opens nothing yet: the first request does. */
export function openBroker(broker: Broker): BrokerClient {
  const baseUrl = broker.baseUrl.replace(/\/+$/, '');
  const home = new URL(baseUrl);
  const connections = new Map<string, Connection>();
  let index: Promise<Resource> | undefined;

  const connectionTo = (origin: string): Connection => {
    const { cacert } = broker;
    const connection =
      connections.get(origin) ??
      openConnection({ origin, timeoutMs: TIMEOUT_MS, ...(cacert === undefined ? {} : { cacert }) });
    connections.set(origin, connection);
    return connection;
  };

  /** Sends a request, again while a gateway answers for the broker. */
  const exchange = async (method: Method, url: URL, body: Buffer | undefined): Promise<WireResponse> => {
    const headers = {
      host: url.host,
      accept: 'application/hal+json, application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      // An address elsewhere gets no credentials.
      ...(isAtHome(url, home) ? authorizationFor(broker) : {}),
    };
    const path = `${url.pathname}${url.search}`;
    let pausedMs = 0;
    for (let retries = 0; ; retries++) {
      const request = { method, path, headers, ...(body === undefined ? {} : { body }) };
      const answer = await patiently(broker, connectionTo(url.origin).exchange(request));
      if (answer.failure !== undefined) throw notReachable(broker, answer.failure.message);
      const pause =
        retries === MOST_RETRIES ? undefined : pauseBeforeRetry(answer, Math.min(retries, GROWING), pausedMs);
      if (pause === undefined && answer.response !== undefined) return answer.response;
      pausedMs += pause ?? 0;
      broker.onWait?.(
        `a gateway answers for the broker at ${baseUrl}, with ${answer.response?.status}: asking again`,
      );
      await sleep(pause);
    }
  };

  const ask = async (method: Method, target: string, value?: unknown): Promise<Answered> => {
    let url = urlAt(target, home);
    let by = method;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const body = value === undefined || by === 'GET' ? undefined : Buffer.from(JSON.stringify(value));
      const response = await exchange(by, url, body);
      const next = redirectIn(response, url);
      if (next === undefined) return answerIn(response, url, broker);
      url = next;
      // The other statuses may turn a POST into a GET as well, which nobody who moved a broker means.
      if (response.status === SEE_OTHER) by = 'GET';
    }
    throw new BrokerError('failed', `The broker at ${baseUrl} redirects more than ${MOST_REDIRECTS} times.`);
  };

  return {
    baseUrl,
    index: () => {
      index ??= ask('GET', broker.baseUrl).then(resourceOf);
      return index;
    },
    get: async url => resourceOf(await ask('GET', url)),
    getText: async url => (await ask('GET', url)).text,
    post: async (url, body) => resourceOf(await ask('POST', url, body)),
    put: async (url, body) => resourceOf(await ask('PUT', url, body)),
    close: async () => {
      await Promise.all([...connections.values()].map(connection => connection.close()));
    },
  };
}

/** When somebody who watches begins to wonder. */
const LONG_MS = 5000;

/** Waits for an answer, and says so when that takes long. */
async function patiently<Answer>({ baseUrl, onWait }: Broker, answer: Promise<Answer>): Promise<Answer> {
  const timer = setTimeout(() => onWait?.(`waiting for the broker at ${baseUrl}`), LONG_MS);
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
  }
}

const SEE_OTHER = 303;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, SEE_OTHER, 307, 308]);

function redirectIn({ status, headers }: WireResponse, from: URL): URL | undefined {
  const { location } = headers;
  if (!REDIRECTS.has(status) || location === undefined || !URL.canParse(location, from.href))
    return undefined;
  return new URL(location, from.href);
}

/** A broker behind a proxy that speaks TLS may believe that it is at http: what goes there stays on TLS. */
function urlAt(target: string, home: URL): URL {
  if (!URL.canParse(target, home.href))
    throw new BrokerError('failed', `The broker links to ${target}, which is no URL.`);
  const url = new URL(target, home.href);
  if (url.hostname !== home.hostname || home.protocol !== 'https:' || url.protocol !== 'http:') return url;
  return new URL(`${home.origin}${url.pathname}${url.search}`);
}

/** Whether it is on the broker's own host, and no step down from TLS. */
function isAtHome(url: URL, home: URL): boolean {
  return url.hostname === home.hostname && (url.protocol === 'https:' || home.protocol === 'http:');
}

function authorizationFor({ token, username, password }: Broker): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (username === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

function notReachable({ baseUrl }: Broker, why: string): BrokerError {
  return new BrokerError('not reachable', `The broker at ${baseUrl} is not reachable: ${why}.`);
}

interface Answered {
  readonly text: string;
  readonly resource: Resource;
}

function resourceOf({ resource }: Answered): Resource {
  return resource;
}

/** The answer, when the broker did what it was asked for. */
function answerIn({ status, headers, body }: WireResponse, url: URL, broker: Broker): Answered {
  const text = body.toString('utf8');
  const answer = jsonObjectIn(text);
  if (status >= 200 && status < 300) {
    if (answer !== undefined) return { text, resource: answer };
    if (text.trim() === '') return { text, resource: {} };
    throw notABroker(broker, url, `${status}, ${headers['content-type'] ?? 'without a content type'}`);
  }
  const redact = redactorOf(secretsOf(broker));
  const words = answer === undefined ? [] : brokerWords(answer).map(redact);
  if (status === 401 || status === 403) {
    const why = [String(status), ...words].join(': ');
    const told = isAtHome(url, new URL(broker.baseUrl))
      ? `The broker at ${broker.baseUrl} refused the credentials (${why}).`
      : `The broker at ${broker.baseUrl} leads to ${url.origin}, which wants credentials of its own (${why}): name that one by --broker-base-url.`;
    throw new BrokerError('refused', told);
  }
  if (isGatewayStatus(status)) throw notReachable(broker, `only a gateway answers for it, with ${status}`);
  if (words.length === 0)
    throw notABroker(broker, url, `${status}, ${headers['content-type'] ?? 'without a content type'}`);
  const trouble = status < 500 ? 'rejected' : 'failed';
  const where = status === 404 ? ` at ${redact(url.pathname)}` : '';
  const message = `The broker at ${broker.baseUrl} answered ${status}${where}: ${words.join('; ')}`;
  throw new BrokerError(trouble, message, { status, body: answer ?? {} });
}

/** Something answered that does not speak as brokers do. */
export function notABroker({ baseUrl }: Pick<Broker, 'baseUrl'>, url?: URL, answered?: string): BrokerError {
  const what = url === undefined || url.href.startsWith(baseUrl) ? baseUrl : `${baseUrl} (now ${url.href})`;
  const how = answered === undefined ? '' : ` (${answered})`;
  return new BrokerError('failed', `What is at ${what} does not answer as a Pact broker does${how}.`);
}

/** Where a link of a resource leads, its placeholders filled in; `undefined` when there is no such link. */
export function linkIn(
  { _links: links }: Resource,
  name: string,
  values: Readonly<Record<string, string>> = {},
): string | undefined {
  const link = isObject(links) ? links[name] : undefined;
  if (!isObject(link) || typeof link.href !== 'string') return undefined;
  return link.href.replaceAll(/\{(\w+)\}/g, (whole, key: string) => {
    const value = values[key];
    return value === undefined ? whole : encodeURIComponent(value);
  });
}
