/** HAR 1.2, as browsers and proxies write it. */

import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import type { BodiesBeside } from './bodies-beside.ts';
import { type RecordedBody, readHarBody } from './har-content.ts';
import type { Missing, RecordedExchange } from './recording.ts';
import {
  isPresent,
  itemsOf,
  memberOf,
  millisecondsFrom,
  optionalTextFrom,
  textFrom,
  type Unread,
} from './unread.ts';

/**
 * An entry without bodies. A blocked, cancelled or failed request has no status.
 *
 * @throws Error that names the place of what no HAR has there
 */
export function headOf(entry: Unread): Exchange {
  const request = memberOf(entry, 'request');
  const response = memberOf(entry, 'response');
  const head = {
    request: {
      method: textFrom(memberOf(request, 'method')).toUpperCase(),
      url: textFrom(memberOf(request, 'url')),
      headers: headersOf(request),
    },
  };
  if (!isPresent(response)) return head;
  // What a browser answers itself before it asks again over https.
  if (memberOf(response, 'statusText').value === 'Internal Redirect') return head;
  const status = Number(memberOf(response, 'status').value);
  if (!Number.isInteger(status) || status < 100 || status > 999) return head;
  return { ...head, response: { status, headers: { ...redirectionOf(response), ...headersOf(response) } } };
}

/** A recorder that keeps no headers still says where an answer redirected to. */
function redirectionOf(response: Unread): { readonly location?: string } {
  const { value } = memberOf(response, 'redirectURL');
  return typeof value === 'string' && value !== '' ? { location: value } : {};
}

/** Names in lower case, values of a repeated header joined; without the pseudo-headers of HTTP/2. */
function headersOf(message: Unread): Record<string, string> {
  const list = memberOf(message, 'headers');
  const headers: Record<string, string> = {};
  if (!isPresent(list)) return headers;
  for (const header of itemsOf(list)) {
    const name = textFrom(memberOf(header, 'name')).toLowerCase();
    const value = headerValueFrom(memberOf(header, 'value'));
    if (name.startsWith(':')) continue;
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

/** Recorders that know their numbers write them as such. */
function headerValueFrom(value: Unread): string {
  const isPlain = typeof value.value === 'number' || typeof value.value === 'boolean';
  return isPlain ? String(value.value) : (optionalTextFrom(value) ?? '');
}

/**
 * A whole entry.
 *
 * @throws Error that names the place of what no HAR has there
 */
export async function harExchange(entry: Unread, beside: BodiesBeside): Promise<RecordedExchange> {
  const head = headOf(entry);
  const setAside = setAsideOf(entry);
  try {
    const read = await readEntry(entry, head, beside);
    return setAside === undefined ? read : { ...read, missing: { of: 'request', reason: setAside } };
  } catch {
    return { exchange: head, missing: { of: 'request', reason: 'with a body in no usable form' } };
  }
}

async function readEntry(
  entry: Unread,
  { request, response }: Exchange,
  beside: BodiesBeside,
): Promise<RecordedExchange> {
  const sentAs = memberOf(entry, 'request');
  const posted = memberOf(sentAs, 'postData');
  const sizeOfBody = sizeOf(sentAs, 'bodySize');
  const sent = await readHarBody(posted, {
    name: 'the body of the request',
    type: typeOf(request, posted),
    contentEncoding: request.headers['content-encoding'],
    size: largest(isEncoded(request) ? undefined : sizeOfBody, announcedLengthOf(request)),
    isEmpty: hasNoBody(request, sizeOfBody, isPresent(posted)),
    beside,
  });
  const base = { ...durationOf(entry), request: { ...request, ...bodyOf(sent) } };
  if (response === undefined) {
    return { exchange: base, missing: { of: 'answer', reason: 'without an answer' } };
  }
  const content = memberOf(memberOf(entry, 'response'), 'content');
  const sizeOfContent = isPresent(content) ? sizeOf(content, 'size') : undefined;
  const received = await readHarBody(content, {
    name: 'the body of the answer',
    type: typeOf(response, content),
    contentEncoding: response.headers['content-encoding'],
    size: largest(sizeOfContent, announcedLengthOf(response)),
    isEmpty: hasNoContent(response, sizeOfContent),
    beside,
  });
  const missing = missingOf(sent, received);
  return {
    exchange: {
      ...base,
      request: { ...withType(request, posted), ...bodyOf(sent) },
      response: { ...withType(response, content), ...bodyOf(received) },
    },
    ...(missing === undefined ? {} : { missing }),
  };
}

function missingOf(sent: RecordedBody, received: RecordedBody): Missing | undefined {
  if ('missing' in sent) return { of: 'request', reason: sent.missing };
  return 'missing' in received ? { of: 'answer', reason: received.missing } : undefined;
}

function bodyOf(recorded: RecordedBody): Exclude<RecordedBody, { readonly missing: string }> {
  return 'missing' in recorded ? {} : recorded;
}

function durationOf(entry: Unread): Pick<Exchange, 'durationMs'> {
  const durationMs = millisecondsFrom(memberOf(entry, 'time'));
  return durationMs === undefined ? {} : { durationMs };
}

/** The media type by the header, else as the recorder has it. */
function typeOf({ headers }: HttpRequest | HttpResponse, body: Unread): string {
  const recorded = isPresent(body) ? memberOf(body, 'mimeType').value : undefined;
  return headers['content-type'] ?? (typeof recorded === 'string' ? recorded : '');
}

/** A recorder that keeps no headers may still keep the type of the body. */
function withType<Message extends HttpRequest | HttpResponse>(message: Message, body: Unread): Message {
  const type = typeOf(message, body);
  if (Object.keys(message.headers).length > 0 || !type.includes('/')) return message;
  return { ...message, headers: { 'content-type': type } };
}

/** `undefined` when the recorder did not count (it writes -1 then). */
function sizeOf(holder: Unread, member: string): number | undefined {
  return millisecondsFrom(memberOf(holder, member));
}

/** How long the body is by its header; what is encoded on the way has another length there. */
function announcedLengthOf(message: HttpRequest | HttpResponse): number | undefined {
  const length = message.headers['content-length'] ?? '';
  return isEncoded(message) || !/^\d+$/.test(length) ? undefined : Number(length);
}

function isEncoded({ headers }: HttpRequest | HttpResponse): boolean {
  return headers['content-encoding'] !== undefined;
}

function largest(...sizes: readonly (number | undefined)[]): number | undefined {
  const known = sizes.filter(size => size !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Whether a request without a text of its body has none. Where nobody counted, it may have been left out. */
function hasNoBody(
  { method, headers }: HttpRequest,
  size: number | undefined,
  isWrittenDown: boolean,
): boolean {
  const length = headers['content-length'];
  if (length !== undefined) return Number(length) === 0;
  if (headers['transfer-encoding'] !== undefined) return false;
  return size === undefined ? !isWrittenDown && !HAS_BODIES.has(method) : size === 0;
}

const HAS_BODIES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

function hasNoContent({ status, headers }: HttpResponse, size: number | undefined): boolean {
  if (status === 204 || status === 304) return true;
  const length = headers['content-length'];
  return length === undefined ? size === 0 : Number(length) === 0;
}

/** When an entry was under way, in milliseconds since 1970; `undefined` when the recorder did not say. */
export function timesOf(entry: Unread): { readonly startedAt: number; readonly endedAt: number } | undefined {
  const started = memberOf(entry, 'startedDateTime').value;
  const startedAt = typeof started === 'string' ? Date.parse(started) : Number.NaN;
  const took = millisecondsFrom(memberOf(entry, 'time'));
  return Number.isNaN(startedAt) || took === undefined ? undefined : { startedAt, endedAt: startedAt + took };
}

/** A member of entries, of the kind that HAR leaves to everyone: what of the exchange no HAR can hold. */
export const BEYOND_HAR = '_beyondHar';

/** Why whoever wrote an entry says that it is not to be judged by what stands in it. */
function setAsideOf(entry: Unread): string | undefined {
  const { value } = memberOf(entry, BEYOND_HAR);
  return typeof value === 'string' && value !== '' ? 'that a HAR file cannot hold' : undefined;
}

/** The cookies of an entry, which a recorder may keep apart from the headers: `name=value`. */
export function cookiesOf(entry: Unread): readonly string[] {
  return ['request', 'response'].flatMap(name => {
    const message = memberOf(entry, name);
    const list = isPresent(message) ? memberOf(message, 'cookies').value : undefined;
    return Array.isArray(list) ? list.filter(isObject).map(cookie => `${cookie.name}=${cookie.value}`) : [];
  });
}

/** Whether a request has credentials, of whatever worth. */
export function hasCredentials({ request: { headers } }: Exchange): boolean {
  return Boolean(headers['x-auth-token'] ?? headers.authorization);
}

/**
 * Recorders leave credentials out of what they export. When no request of a file has any, those that were
 * not refused for it are taken to have had them; so is a signed request without its signature.
 */
export function withStrippedCredentials(recorded: RecordedExchange, areStripped: boolean): RecordedExchange {
  const { request, response } = recorded.exchange;
  if (hasCredentials(recorded.exchange)) return recorded;
  const isSigned = request.headers['x-sdk-date'] !== undefined;
  if (!isSigned && !(areStripped && response?.status !== 401)) return recorded;
  const added = isSigned ? { authorization: '[redacted]' } : { 'x-auth-token': '$FGS_TOKEN' };
  const credentialed = { ...request, headers: { ...request.headers, ...added } };
  return { ...recorded, exchange: { ...recorded.exchange, request: credentialed } };
}
