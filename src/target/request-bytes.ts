/** A request as the bytes of HTTP/1. */

import type { WireRequest } from './connection.ts';

/**
 * Request line and headers, up to and including the empty line. Names and values are written as they are:
 * each character is one byte.
 */
export function headOf({ method, path, headers }: WireRequest, version = 'HTTP/1.1'): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} ${version}\r\n${lines.join('')}\r\n`, 'latin1');
}

/** The whole request as any client writes it. */
export function bytesOf(request: WireRequest): Buffer {
  return Buffer.concat([headOf(request), request.body ?? Buffer.alloc(0)]);
}
