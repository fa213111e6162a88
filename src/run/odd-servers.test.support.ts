/** Servers in plain Node that stand in front of the mock server, or in its place, for tests. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** An answer before it is sent. */
export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A server for one test; answers its URL. */
export async function oddServer(
  answer: (request: Arrived, response: ServerResponse, server: Server) => unknown,
): Promise<string> {
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      // The client went away.
      return;
    }
    const { method = '', url = '', headers } = incoming;
    await answer({ method, url, headers, body: Buffer.concat(chunks) }, response, server);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Has the server behind answer. */
export function forward(url: string, { method, url: path, headers, body }: Arrived): Promise<Sent> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const onward = request({ port, method, path, headers, agent: false }, async incoming => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const { statusCode: status = 0, headers } = incoming;
      resolve({ status, headers, body: Buffer.concat(chunks) });
    });
    onward.on('error', reject);
    onward.end(body);
  });
}

/** Sends an answer as it came. */
export function send(response: ServerResponse, { status, headers, body }: Sent): void {
  const { connection: _connection, 'transfer-encoding': _encoding, ...rest } = headers;
  response.writeHead(status, rest).end(body);
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
