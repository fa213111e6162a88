import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.ts';

/**
 * How the bytes of an answer are sent.
 *
 * - `whole`: as usual
 * - `pieces`: chunked, a few bytes at a time
 * - `until-close`: neither a length nor chunks; the end of the connection ends the answer
 * - `broken-off`: announced in full, sent by half, then the connection ends
 * - `closed`: the connection ends without an answer
 * - `then-closed`: as usual, after which the connection ends, unannounced
 * - `after-continue`: as usual, after a 100 that nobody asked for
 * - `never`: nothing is sent and the connection stays open
 */
export type Manner =
  | 'whole'
  | 'pieces'
  | 'until-close'
  | 'broken-off'
  | 'closed'
  | 'then-closed'
  | 'after-continue'
  | 'never';

/** An answer as bytes. */
export interface Wire {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` for an answer without a body. */
  readonly bytes: Buffer | undefined;
  readonly manner: Manner;
  /** Milliseconds before it is sent. */
  readonly pause: number;
}

/** The bytes of an answer: JSON in UTF-8. */
export function wireOf({ status, body, headers }: Answer): Wire {
  const how = { status, manner: 'whole', pause: 0 } as const;
  if (body === undefined) return { ...how, headers: { ...headers }, bytes: undefined };
  const bytes = Buffer.from(JSON.stringify(body));
  return { ...how, headers: { 'content-type': 'application/json', ...headers }, bytes };
}

/** Bytes in a piece of a chunked answer. */
const PIECE = 97;

/** Sends an answer. */
export function send(reply: FastifyReply, wire: Wire): void {
  const { status, headers, bytes, manner } = wire;
  // A client of HTTP/1.0 knows no 100.
  if (manner === 'after-continue' && reply.request.raw.httpVersion === '1.1') reply.raw.writeContinue();
  if (manner === 'then-closed') reply.raw.on('finish', () => reply.raw.socket?.end());
  if (manner === 'whole' || manner === 'after-continue' || manner === 'then-closed') {
    reply.code(status).headers(headers).send(bytes);
    return;
  }
  reply.hijack();
  const { raw } = reply;
  if (raw.destroyed || manner === 'never') return;
  if (manner === 'closed') {
    raw.destroy();
    return;
  }
  const body = bytes ?? Buffer.alloc(0);
  if (manner === 'until-close') {
    raw.removeHeader('transfer-encoding');
    raw.writeHead(status, { ...headers, connection: 'close' });
    raw.end(body);
    return;
  }
  if (manner === 'broken-off') {
    raw.writeHead(status, { ...headers, 'content-length': String(body.length) });
    raw.write(body.subarray(0, Math.floor(body.length / 2)), () => raw.destroy());
    return;
  }
  raw.writeHead(status, headers);
  for (let at = 0; at < body.length; at += PIECE) raw.write(body.subarray(at, at + PIECE));
  raw.end();
}
