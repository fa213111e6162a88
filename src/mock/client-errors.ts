import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { codeOfStatus } from './refusals.ts';

const STATUS_OF: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

/** How long a client that cannot be talked to may take to read why, in milliseconds. */
const LINGER = 500;

/** Answers what is not HTTP: an error body, then the connection ends. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, reason] = STATUS_OF[error.code ?? ''] ?? [400, 'Bad Request'];
  const body = errorBody(status, `The request cannot be read: ${error.message}`);
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.on('error', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // What the client still sends is read, so that closing does not take the answer back; but not forever.
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER).unref();
}

/** Answers an Expect header other than 100-continue. */
export function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const body = errorBody(417, 'The expectation in the Expect header cannot be met');
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  response.writeHead(417, { ...headers, connection: 'close' }).end(body);
}

function errorBody(status: number, message: string): string {
  return JSON.stringify({ error_code: codeOfStatus(status), error_msg: message });
}
