/** Servers on the loopback interface for the tests of this room. */

import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server as PlainHttpServer,
  request as requestOf,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server as SecureHttpServer } from 'node:https';
import { connect, createServer as createNetServer, type Server, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';
import { createTarget } from './create-target.ts';
import type { Target, TargetOptions } from './target.ts';

export const TOKEN = 'MIIEpAIBAAKCAQ+/dGhpcyBpcyBubyB0b2tlbg==';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type HttpServer = PlainHttpServer | SecureHttpServer;
type Answer = (request: Arrived, response: ServerResponse, server: HttpServer) => void;

/** An HTTP server for one test; answers its URL. */
export async function httpServer(answer: Answer): Promise<string> {
  const server: HttpServer = createHttpServer(handlerOf(answer, () => server));
  onTestFinished(() => server.closeAllConnections());
  return listening(server);
}

/** A key and its certificate, which is its own CA. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** A self-signed identity for 127.0.0.1, or for another host. */
export async function identity(host?: string, notAfterDate?: Date): Promise<Identity> {
  const altName =
    host === undefined ? { type: 7 as const, ip: '127.0.0.1' } : { type: 2 as const, value: host };
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: host ?? 'fgs-conformance tests' }],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [{ name: 'subjectAltName', altNames: [altName] }],
      ...(notAfterDate === undefined ? {} : { notBeforeDate: new Date(0), notAfterDate }),
    },
  );
  return { key, cert };
}

/** An HTTPS server for one test; answers its URL. */
export async function httpsServer(answer: Answer, { key, cert }: Identity): Promise<string> {
  const server: HttpServer = createHttpsServer(
    { key, cert },
    handlerOf(answer, () => server),
  );
  onTestFinished(() => server.closeAllConnections());
  return (await listening(server)).replace('http:', 'https:');
}

function handlerOf(answer: Answer, server: () => HttpServer) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      answer({ method, url, headers, body: Buffer.concat(chunks).toString() }, response, server());
    });
  };
}

/** A proxy for one test. */
export interface LoopbackProxy {
  readonly url: string;
  /** What it was asked for, such as `CONNECT functions.test:443` or `POST http://functions.test/x`. */
  readonly asked: string[];
  /** The `Proxy-Authorization` headers that came. */
  readonly credentials: (string | undefined)[];
}

/**
 * A proxy that knows one host only: whatever it is asked for, it takes to the server at this URL.
 *
 * @param refusal a status with which it refuses everything instead
 */
export async function proxyTo(url: string, refusal?: number): Promise<LoopbackProxy> {
  const { port } = new URL(url);
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const note = (request: IncomingMessage) => {
    asked.push(`${request.method} ${request.url}`);
    credentials.push(request.headers['proxy-authorization']);
  };
  const server = createHttpServer((request, response) => {
    note(request);
    if (refusal !== undefined) return void response.writeHead(refusal).end('refused by the proxy');
    const { method = '', headers } = request;
    const { pathname, search } = new URL(request.url ?? '');
    const onward = requestOf({ port, method, path: pathname + search, headers }, answer => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connect', (request, socket) => {
    note(request);
    if (refusal !== undefined) return socket.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
    const onward = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onTestFinished(() => {
      onward.destroy();
      socket.destroy();
    });
    for (const end of [onward, socket]) end.on('error', () => {});
  });
  onTestFinished(() => server.closeAllConnections());
  return { url: await listening(server), asked, credentials };
}

/**
 * A server of raw bytes for one test; answers its URL.
 *
 * @param onRequest told of every chunk that arrives, with the connection's number
 */
export async function rawServer(
  onRequest: (socket: Socket, connection: number, chunk: Buffer) => void,
  { allowHalfOpen = false } = {},
): Promise<string> {
  let connections = 0;
  const open = new Set<Socket>();
  const server = createNetServer({ allowHalfOpen }, socket => {
    const connection = connections++;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('data', chunk => onRequest(socket, connection, chunk));
  });
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
  });
  return listening(server);
}

function listening(server: Server): Promise<string> {
  onTestFinished(() => {
    server.close();
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

/** A URL at which nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createNetServer();
  const url = await listening(server);
  await new Promise(resolve => server.close(resolve));
  return url;
}

/** A target for one test. */
export function targetAt(endpoint: string, options: Partial<TargetOptions> = {}): Target {
  const target = createTarget({
    endpoint,
    projectId: 'project',
    credentials: { token: TOKEN },
    timeoutMs: 5000,
    ...options,
  });
  onTestFinished(() => target.close());
  return target;
}

/** Answers with a status and JSON. */
export function answerJson(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
