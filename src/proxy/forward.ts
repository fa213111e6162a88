import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Failure } from '../page/exchange.ts';
import { failureOf } from '../target/failures.ts';
import { answerHeaders, requestHeaders } from './proxy-headers.ts';
import type { Upstream } from './upstream.ts';

/** Sees the bytes of an exchange as they pass. */
export interface Onlooker {
  onSent?(chunk: Uint8Array): void;
  onAnswer?(answer: IncomingMessage): void;
  onReceived?(chunk: Uint8Array): void;
}

/** How forwarding ended: completely, for a reason on the endpoint's side, or because the client went away. */
export type Forwarded = 'complete' | 'abandoned' | Failure;

/**
 * Forwards a request and its answer, each as it arrives. Without an answer of the endpoint the client gets a
 * 502; an answer that breaks off breaks off for the client too.
 *
 * @param done called once, when nothing of the exchange is under way any longer
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  onlooker: Onlooker,
  done: (how: Forwarded) => void,
): void {
  const { method = 'GET', url = '/', rawHeaders } = request;
  const { endpoint } = upstream;
  const headers = requestHeaders(method, rawHeaders, endpoint.host);
  const outgoing = upstream.send(method, endpoint.base + pathIn(url), headers);
  let isDone = false;
  let isConnected = false;
  let isAnswering = false;

  const end = (how: Forwarded): void => {
    if (!isDone) done(how);
    isDone = true;
  };
  const fail = (error: unknown): void => {
    if (isDone) return;
    const failure = explain(error, { origin: endpoint.origin, isConnected, isAnswering, outgoing });
    if (response.headersSent) response.destroy();
    else answerBadGateway(response, failure);
    end(failure);
  };

  response.on('finish', () => end('complete'));
  response.on('close', () => {
    if (response.writableFinished) return;
    end('abandoned');
    outgoing.destroy();
  });
  outgoing.on('socket', socket => {
    isConnected = outgoing.reusedSocket;
    if (isConnected) return;
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
      isConnected = true;
    });
  });
  outgoing.on('error', fail);
  outgoing.on('close', () => {
    if (!isAnswering) fail(closed());
    // What the client still sends has nowhere to go.
    request.unpipe(outgoing).resume();
  });
  outgoing.on('response', answer => {
    isAnswering = true;
    onlooker.onAnswer?.(answer);
    response.sendDate = false;
    try {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answerHeaders(answer.rawHeaders));
    } catch (error) {
      outgoing.destroy();
      return fail(error);
    }
    answer.on('data', chunk => onlooker.onReceived?.(chunk));
    answer.on('error', fail);
    answer.on('close', () => {
      if (!answer.complete) fail(closed());
    });
    // Not pipeline(): it costs each exchange an AbortController, and no more is to be closed than this.
    answer.pipe(response);
  });
  request.on('data', chunk => onlooker.onSent?.(chunk));
  request.pipe(outgoing);
}

/** A client that takes this for a proxy of its own sends an absolute URL. */
export function pathIn(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';
}

function closed(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}

interface Situation {
  readonly origin: string;
  readonly isConnected: boolean;
  readonly isAnswering: boolean;
  readonly outgoing: ClientRequest;
}

function explain(error: unknown, { origin, isConnected, isAnswering, outgoing }: Situation): Failure {
  const failure = failureOf(error, {
    origin,
    isProxied: false,
    timeoutMs: 0,
    timedOut: false,
    connectError: isConnected ? undefined : error,
    connected: isConnected,
    answering: isAnswering,
  });
  // The endpoint may have closed an idle connection before the request was sent on it.
  const isStale = outgoing.reusedSocket && !isAnswering && failure.kind === 'reset';
  return isStale ? { kind: 'unreachable', message: failure.message } : failure;
}

/** An answer of the proxy's own. */
function answerBadGateway(response: ServerResponse, { message }: Failure): void {
  const body = JSON.stringify({ error_msg: `fgs-conformance proxy: ${message}` });
  response.writeHead(502, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
