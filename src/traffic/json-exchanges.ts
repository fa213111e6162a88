import type { Exchange, Failure, FailureKind, HttpRequest, HttpResponse } from '../page/exchange.ts';
import { captureBody } from '../target/bodies.ts';
import {
  itemsOf,
  memberOf,
  millisecondsFrom,
  objectFrom,
  optionalTextFrom,
  textFrom,
  type Unread,
  wholeNumberFrom,
} from './unread.ts';

const FAILURES: readonly FailureKind[] = [
  'timeout',
  'reset',
  'malformed',
  'too-large',
  'undecodable',
  'unreachable',
];

/**
 * Reads an exchange of the suite's own shape. Names of headers may be in any case, and a body may be a JSON
 * value instead of its text.
 *
 * @throws Error that names the place of what has another shape
 */
export function readExchange(unread: Unread): Exchange {
  const request = requestFrom(memberOf(unread, 'request'));
  const response = memberOf(unread, 'response');
  const failure = memberOf(unread, 'failure');
  if (response.value === undefined && failure.value === undefined) {
    throw new Error(`${unread.place || 'it'} has neither a response nor a failure.`);
  }
  const durationMs = millisecondsFrom(memberOf(unread, 'durationMs'));
  return {
    request,
    ...(response.value === undefined ? {} : { response: responseFrom(response) }),
    ...(failure.value === undefined ? {} : { failure: failureFrom(failure) }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

/** When an exchange was under way, in milliseconds since 1970; `undefined` when it does not say. */
export function timesOfExchange(
  unread: Unread,
): { readonly startedAt: number; readonly endedAt: number } | undefined {
  const startedAt = Date.parse(String(memberOf(unread, 'startedAt').value));
  const took = millisecondsFrom(memberOf(unread, 'durationMs'));
  return Number.isNaN(startedAt) || took === undefined ? undefined : { startedAt, endedAt: startedAt + took };
}

function requestFrom(unread: Unread): HttpRequest {
  return {
    method: textFrom(memberOf(unread, 'method')).toUpperCase(),
    url: textFrom(memberOf(unread, 'url')),
    headers: headersFrom(memberOf(unread, 'headers')),
    ...bodyFrom(unread),
  };
}

function responseFrom(unread: Unread): HttpResponse {
  return {
    status: wholeNumberFrom(memberOf(unread, 'status'), 100, 999),
    headers: headersFrom(memberOf(unread, 'headers')),
    ...bodyFrom(unread),
  };
}

function headersFrom(unread: Unread): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(objectFrom(unread))) {
    const value = headerValueFrom(memberOf(unread, name));
    const lower = name.toLowerCase();
    headers[lower] = Object.hasOwn(headers, lower) ? `${headers[lower]}, ${value}` : value;
  }
  return headers;
}

function headerValueFrom(unread: Unread): string {
  if (typeof unread.value === 'number') return String(unread.value);
  return Array.isArray(unread.value) ? itemsOf(unread).map(textFrom).join(', ') : textFrom(unread);
}

function bodyFrom(message: Unread): Pick<HttpRequest, 'body' | 'bodyEncoding'> {
  const body = memberOf(message, 'body');
  const { value } = body;
  if (value === undefined) return {};
  if (typeof value !== 'string') return { body: jsonOf(body) };
  const encoding = memberOf(message, 'bodyEncoding');
  if (encoding.value === undefined) return { body: value };
  if (encoding.value !== 'base64') throw new Error(`${encoding.place} must be "base64" when it is there.`);
  // Text stays text, however it was written down.
  return captureBody(Buffer.from(value, 'base64'), text => text);
}

function jsonOf({ value, place }: Unread): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new Error(`${place} is nested too deeply; give it as a text.`);
  }
}

function failureFrom(unread: Unread): Failure {
  const kind = memberOf(unread, 'kind');
  const known = FAILURES.find(each => each === kind.value);
  if (known === undefined) throw new Error(`${kind.place} must be one of ${FAILURES.join(', ')}.`);
  return { kind: known, message: optionalTextFrom(memberOf(unread, 'message')) ?? known };
}
