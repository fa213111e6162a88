import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import type { Failure } from '../page/exchange.ts';
import { BODY_LIMIT, decodeBody } from './bodies.ts';
import { openDispatcher } from './dispatcher.ts';
import { AnswerTooLarge, failureOf } from './failures.ts';
import { type InterimAnswers, passingOverContinue } from './interim-answers.ts';

export interface ConnectionOptions {
  /** Scheme, host and port. */
  readonly origin: string;
  /** For one exchange, from connecting to the last byte. */
  readonly timeoutMs: number;
  /** Certificates (PEM) that are trusted besides the usual ones. */
  readonly cacert?: string;
}

/** A request as it goes on the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, raw. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What came back, before it is captured. */
export interface WireAnswer {
  readonly response?: WireResponse;
  readonly failure?: Failure;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
}

export interface WireResponse {
  readonly status: number;
  /** Names in lower case; values of a repeated header joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded; what arrived of it when the answer broke off. */
  readonly body: Buffer;
}

/** A connection that is made when it is needed, kept alive, and used for one exchange at a time. */
export interface Connection {
  exchange(request: WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

/** What is kept of an answer that is too large. */
const KEPT_OF_TOO_LARGE = 64 * 1024;

/**
 * A target may close a connection that has been idle just when a request is sent. What may do something twice is
 * not sent again blindly, so it gets a new connection after so many milliseconds, or always when the target
 * closes connections that were not idle either.
 */
const IDLE_MS = 1000;

/** Methods that may do something each time they are sent. */
const DOES_SOMETHING_EACH_TIME: ReadonlySet<string> = new Set(['POST', 'PATCH']);

/** Opens nothing yet: the first exchange does. */
export function openConnection(options: ConnectionOptions): Connection {
  const { origin, timeoutMs } = options;
  let socket: Socket | undefined;
  let connectError: Error | undefined;
  let isProxied = false;
  let interim: InterimAnswers | undefined;
  let usedAt = 0;
  let closesUnannounced = false;
  const dispatcher = openDispatcher({
    ...options,
    onConnect: outcome => {
      ({ socket, error: connectError, isProxied } = outcome);
      interim = socket === undefined ? undefined : passingOverContinue(socket);
    },
  });

  return {
    exchange: async request => {
      const started = performance.now();
      const mayBeClosing = closesUnannounced || started - usedAt > IDLE_MS;
      if (mayBeClosing && DOES_SOMETHING_EACH_TIME.has(request.method)) socket?.destroy();
      const before = { socket, isReusable: socket?.destroyed === false };
      connectError = undefined;
      interim?.expectHead();
      const { response, error, timedOut } = await readAnswer(dispatcher, origin, request, timeoutMs);
      usedAt = performance.now();
      const times = { startedAt: performance.timeOrigin + started, durationMs: usedAt - started };
      // An answer that came before the request was sent: what follows on this connection may be lost.
      if (socket !== undefined && socket.writableLength > 0) socket.destroy();
      if (error === undefined) return { ...(await complete(response)), ...times };
      const connected = socket !== undefined && (before.isReusable || socket !== before.socket);
      const answering = response !== undefined;
      const network = { origin, timeoutMs, isProxied };
      const failure = failureOf(error, { ...network, timedOut, connectError, connected, answering });
      closesUnannounced ||= failure.kind === 'reset' && before.isReusable && !answering;
      return { ...(response === undefined ? {} : { response: cut(response) }), failure, ...times };
    },
    close: () => dispatcher.destroy(),
  };
}

interface Reading {
  readonly response?: WireResponse;
  readonly error?: unknown;
  readonly timedOut: boolean;
}

/** Sends the request and reads the answer as far as it comes. */
async function readAnswer(
  dispatcher: Dispatcher,
  origin: string,
  request: WireRequest,
  timeoutMs: number,
): Promise<Reading> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  const chunks: Buffer[] = [];
  let head: Pick<WireResponse, 'status' | 'headers'> | undefined;
  const soFar = () => (head === undefined ? {} : { response: { ...head, body: Buffer.concat(chunks) } });
  try {
    const { method, path, headers, body = null } = request;
    // The type of `method` lists the usual ones; undici takes any token.
    const options = { origin, method: method as 'POST', path, headers, body, signal: timeout.signal };
    const answer = await dispatcher.request(options);
    head = { status: answer.statusCode, headers: joinedHeaders(answer.headers) };
    let size = 0;
    // A readable stream yields buffers when no encoding is set; its type does not say so.
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > BODY_LIMIT) throw new AnswerTooLarge();
    }
    return { ...soFar(), timedOut: false };
  } catch (error) {
    return { ...soFar(), error, timedOut: timeout.signal.aborted };
  } finally {
    clearTimeout(timer);
  }
}

function joinedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

/** An answer that arrived wholly, decoded. */
export async function complete(
  response: WireResponse | undefined,
): Promise<Omit<WireAnswer, 'startedAt' | 'durationMs'>> {
  if (response === undefined) return {};
  const decoded = await decodeBody(response.body, response.headers['content-encoding']);
  if ('bytes' in decoded) return { response: { ...response, body: decoded.bytes } };
  return { response: { ...response, body: Buffer.alloc(0) }, failure: decoded.failure };
}

/** What is kept of an answer that broke off: nothing when its content encoding hides what it says. */
export function cut(response: WireResponse): WireResponse {
  const isEncoded = response.headers['content-encoding'] !== undefined;
  return { ...response, body: response.body.subarray(0, isEncoded ? 0 : KEPT_OF_TOO_LARGE) };
}
