import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import type { Exchange, HttpResponse } from '../page/exchange.ts';
import type { Call } from './call.ts';
import { joinedHeaders } from './joined-headers.ts';
import type { Wire } from './wire.ts';

/** A call and its answer as the client sees them, credentials included. */
export function observedExchange(call: Call, wire: Wire): Exchange {
  const { method, url, headers, body } = call;
  const request = { method, url, headers: joinedHeaders(headers), ...bodyOf(body) };
  switch (wire.manner) {
    case 'never':
      return { request, failure: { kind: 'timeout', message: 'nothing is answered' } };
    case 'closed':
      return { request, failure: { kind: 'reset', message: 'the connection is closed without an answer' } };
    case 'broken-off':
      return { request, failure: { kind: 'reset', message: 'the answer breaks off' } };
    default:
      return { request, response: responseOf(wire) };
  }
}

function responseOf({ status, headers, bytes }: Wire): HttpResponse {
  const isCompressed = bytes !== undefined && headers['content-encoding'] === 'gzip';
  return { status, headers, ...bodyOf(isCompressed ? gunzipSync(bytes) : bytes) };
}

function bodyOf(bytes: Buffer | undefined): Pick<HttpResponse, 'body' | 'bodyEncoding'> {
  if (bytes === undefined || bytes.length === 0) return {};
  return isUtf8(bytes)
    ? { body: bytes.toString() }
    : { body: bytes.toString('base64'), bodyEncoding: 'base64' };
}
