/** Servers on the loopback interface for the tests of this room. */

import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createNetServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createTarget, type Target, type TargetOptions } from './target.ts';

export const TOKEN = 'MIIEpAIBAAKCAQ+/dGhpcyBpcyBubyB0b2tlbg==';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = (request: Arrived, response: ServerResponse) => void;

/** An HTTP server for one test; answers its URL. */
export async function httpServer(answer: Answer): Promise<string> {
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      answer({ method, url, headers, body: Buffer.concat(chunks).toString() }, response);
    });
  });
  onTestFinished(() => server.closeAllConnections());
  return listening(server);
}

/**
 * A server of raw bytes for one test; answers its URL.
 *
 * @param onRequest told of every chunk that arrives, with the connection's number
 */
export async function rawServer(onRequest: (socket: Socket, connection: number) => void): Promise<string> {
  let connections = 0;
  const open = new Set<Socket>();
  const server = createNetServer(socket => {
    const connection = connections++;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('data', () => onRequest(socket, connection));
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
