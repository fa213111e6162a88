/** A proxy in front of a real client: forwards everything, and keeps exchanges of this API for the judge. */

import { lookup } from 'node:dns/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createdFunctionKeyOf, functionKeyOf } from '../judge/function-key.ts';
import { type OverlapWatch, watchOverlaps } from '../judge/overlap.ts';
import { routeOf } from '../page/operations.ts';
import { readEndpoint } from '../target/endpoint.ts';
import { concernOf } from '../traffic/recording.ts';
import { type BodyCapture, type CaptureBudget, captureBytes } from './body-capture.ts';
import type { CapturedAnswer, CapturedExchange } from './captured.ts';
import { type Forwarded, forward, pathIn } from './forward.ts';
import { requestHeaders } from './proxy-headers.ts';
import { MOST_HEADER_BYTES, openUpstream, type Upstream } from './upstream.ts';

export interface ProxyOptions {
  /** Where everything is forwarded to. */
  readonly endpoint: string;
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** 0, the default, for any free port. */
  readonly port?: number;
  /** Certificates (PEM) that are trusted besides the usual ones. */
  readonly cacert?: string;
  /** Told of every exchange of this API when it is over, after the client has its answer. */
  readonly onExchange: (captured: CapturedExchange) => void;
}

/** A proxy that listens. */
export interface TrafficProxy {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  /** Exchanges of other services, which were only forwarded. */
  readonly foreign: number;
  /** Exchanges of other operations of this API, which were only forwarded. */
  readonly unjudged: number;
  /** Stops listening, lets exchanges that are under way end, and closes all connections. */
  close(): Promise<void>;
}

/** Bytes of bodies that are kept at a time, of all exchanges together. */
const CAPTURED_BYTES = 64 * 1024 * 1024;

/** How long exchanges may take to end when the proxy is closed, in milliseconds. */
const GRACE_MS = 2000;

/**
 * Starts a proxy. It adds no header, changes only Host, and waits for nothing.
 *
 * @throws Error of one sentence: an endpoint that is no URL or whose host is not known, certificates that are none,
 * a host or port that cannot be listened on
 */
export async function startProxy(options: ProxyOptions): Promise<TrafficProxy> {
  const { host = '127.0.0.1', port = 0, cacert, onExchange } = options;
  const endpoint = readEndpoint(options.endpoint);
  const upstream = openUpstream(endpoint, cacert);
  await findHost(new URL(endpoint.origin).hostname);
  const budget: CaptureBudget = { left: CAPTURED_BYTES };
  const overlaps = watchOverlaps();
  let foreign = 0;
  let unjudged = 0;
  const server = createServer(
    { maxHeaderSize: MOST_HEADER_BYTES, requireHostHeader: false, keepAliveTimeout: 65_000 },
    (request, response) => {
      const concern = concernOf({ method: request.method ?? 'GET', url: pathIn(request.url ?? '/') });
      if (concern === 'foreign' || concern === 'unjudged') {
        if (concern === 'foreign') foreign++;
        else unjudged++;
        return forward(request, response, upstream, {}, () => undefined);
      }
      const whole = concern === 'judged';
      captureExchange({ request, response, upstream, overlaps, budget, whole, onExchange });
    },
  );
  // Uploads take as long as they take.
  server.requestTimeout = 0;
  await listen(server, host, port);
  return {
    url: urlOf(server.address(), host),
    get foreign() {
      return foreign;
    },
    get unjudged() {
      return unjudged;
    },
    close: async () => {
      await stop(server);
      upstream.close();
    },
  };
}

interface Capturing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly upstream: Upstream;
  readonly overlaps: OverlapWatch;
  readonly budget: CaptureBudget;
  /** Whether bodies are kept, so that the exchange can be judged. */
  readonly whole: boolean;
  readonly onExchange: ProxyOptions['onExchange'];
}

/** Forwards an exchange and keeps a copy of what passes. */
function captureExchange(capturing: Capturing): void {
  const { request, response, upstream, overlaps, budget, whole, onExchange } = capturing;
  const startedAt = Date.now();
  const started = performance.now();
  const { method = 'GET', rawHeaders } = request;
  const { origin, base } = upstream.endpoint;
  const url = `${origin}${base}${pathIn(request.url ?? '/')}`;
  const ended = overlaps.begin({ method, url }, functionKeyOf({ method, url }));
  const sent = captureBytes(budget);
  const received = captureBytes(budget);
  let answer: IncomingMessage | undefined;
  const onlooker = {
    onAnswer: (incoming: IncomingMessage) => {
      answer = incoming;
    },
    ...(whole ? { onSent: sent.add, onReceived: received.add } : {}),
  };
  forward(request, response, upstream, onlooker, how => {
    const durationMs = performance.now() - started;
    const body = sent.take();
    const captured: CapturedExchange = {
      method,
      url,
      rawHeaders: requestHeaders(method, rawHeaders, upstream.endpoint.host),
      body,
      ...answerOf(answer, received),
      ...failureOf(how),
      isAbandoned: how === 'abandoned',
      overlap: ended(createdKeyOf(method, url, body)),
      startedAt,
      durationMs: Math.round(durationMs),
    };
    // The client comes first.
    setImmediate(() => onExchange(captured));
  });
}

/** Which function was created is in the body alone. */
function createdKeyOf(method: string, url: string, body: Uint8Array | undefined): string | undefined {
  if (body === undefined || routeOf({ method, url })?.operation !== 'create function') return undefined;
  return createdFunctionKeyOf({ request: { method, url, headers: {}, body: Buffer.from(body).toString() } });
}

function answerOf(
  answer: IncomingMessage | undefined,
  received: BodyCapture,
): { readonly answer?: CapturedAnswer } {
  const body = received.take();
  if (answer === undefined) return {};
  return { answer: { status: answer.statusCode ?? 0, rawHeaders: answer.rawHeaders, body } };
}

function failureOf(how: Forwarded): Pick<CapturedExchange, 'failure'> {
  return typeof how === 'string' ? {} : { failure: how };
}

/** A name that nobody knows is rather a slip than a server that is not there yet. */
async function findHost(host: string): Promise<void> {
  try {
    await lookup(host.replace(/^\[|\]$/g, ''));
  } catch (error) {
    throw new Error(`The host of the endpoint, ${host}, is not known.`, { cause: error });
  }
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(new Error(listenProblem(error, host, port), { cause: error })));
    server.listen(port, host, resolve);
  });
}

function listenProblem(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is in use.`;
  if (code === 'EACCES') return `Port ${port} of ${host} may not be listened on.`;
  return `${host} is no address of this machine that can be listened on.`;
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === 'object' ? address?.port : undefined;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise(resolve => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(timer);
}
