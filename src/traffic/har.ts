/** HAR 1.2, as browsers and proxies write it. */

import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import type { Secret } from '../target/redaction.ts';
import { readHarBody } from './har-content.ts';
import { concernOf, type TimedExchange } from './recording.ts';
import { issuesCredentials, secretsIn } from './secrets.ts';
import { itemsOf, memberOf, millisecondsFrom, optionalTextFrom, textFrom, type Unread } from './unread.ts';

/** What a HAR file holds for the judge. */
export interface Har {
  /** Exchanges of this API, in the order of the file. */
  readonly exchanges: readonly TimedExchange[];
  /** How many entries are something else's. */
  readonly foreign: number;
  /** The credentials of all entries, those of this API last. */
  readonly secrets: readonly Secret[];
}

/**
 * Reads the object of a HAR file.
 *
 * @throws Error that names the place of what no HAR has there
 */
export async function readHar(har: Unread): Promise<Har> {
  const entries = itemsOf(memberOf(memberOf(har, 'log'), 'entries'));
  const exchanges: TimedExchange[] = [];
  const elsewhere: Secret[] = [];
  let foreign = 0;
  for (const entry of entries) {
    const head = headOf(entry);
    const isForeign = concernOf(head.request) === 'foreign';
    if (isForeign) foreign++;
    if (isForeign && !issuesCredentials(head.request)) {
      elsewhere.push(...secretsIn(head));
      continue;
    }
    const read = await readEntry(entry, head);
    if (isForeign) elsewhere.push(...secretsIn(read.exchange));
    else exchanges.push(read);
  }
  const secrets = [...elsewhere, ...exchanges.flatMap(({ exchange }) => secretsIn(exchange))];
  return { exchanges: withStrippedCredentials(exchanges), foreign, secrets };
}

/** An entry without bodies. A blocked, cancelled or failed request has no status. */
function headOf(entry: Unread): Exchange {
  const request = memberOf(entry, 'request');
  const response = memberOf(entry, 'response');
  const head = {
    request: {
      method: textFrom(memberOf(request, 'method')).toUpperCase(),
      url: textFrom(memberOf(request, 'url')),
      headers: headersOf(request),
    },
  };
  if (response.value === undefined) return head;
  const status = memberOf(response, 'status').value;
  // What a browser answers itself before it asks again over https.
  if (memberOf(response, 'statusText').value === 'Internal Redirect') return head;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 999) return head;
  return { ...head, response: { status, headers: headersOf(response) } };
}

/** Names in lower case, values of a repeated header joined; without the pseudo-headers of HTTP/2. */
function headersOf(message: Unread): Record<string, string> {
  const list = memberOf(message, 'headers');
  const headers: Record<string, string> = {};
  if (list.value === undefined) return headers;
  for (const header of itemsOf(list)) {
    const name = textFrom(memberOf(header, 'name')).toLowerCase();
    const value = optionalTextFrom(memberOf(header, 'value')) ?? '';
    if (name.startsWith(':')) continue;
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

async function readEntry(entry: Unread, { request, response }: Exchange): Promise<TimedExchange> {
  const times = timesOf(entry);
  const posted = memberOf(memberOf(entry, 'request'), 'postData');
  const sent = await readHarBody(posted, {
    name: 'the body of the request',
    contentEncoding: request.headers['content-encoding'],
    isEmpty: hasNoBody(request, sizeOf(memberOf(entry, 'request'), 'bodySize')),
  });
  if (response === undefined) {
    return { ...times, exchange: { request: { ...request, ...bodyOf(sent) } }, missing: 'the answer' };
  }
  const content = memberOf(memberOf(entry, 'response'), 'content');
  const received = await readHarBody(content, {
    name: 'the body of the answer',
    contentEncoding: response.headers['content-encoding'],
    isEmpty: hasNoContent(response, content.value === undefined ? undefined : sizeOf(content, 'size')),
  });
  const durationMs = millisecondsFrom(memberOf(entry, 'time'));
  const missing = [sent, received].flatMap(each => ('missing' in each ? [each.missing] : []))[0];
  return {
    ...times,
    exchange: {
      request: { ...withType(request, posted), ...bodyOf(sent) },
      response: { ...withType(response, content), ...bodyOf(received) },
      ...(durationMs === undefined ? {} : { durationMs }),
    },
    ...(missing === undefined ? {} : { missing }),
  };
}

function bodyOf(recorded: Awaited<ReturnType<typeof readHarBody>>) {
  return 'missing' in recorded ? {} : recorded;
}

/** A recorder that keeps no headers may still keep the type of the body. */
function withType<Message extends HttpRequest | HttpResponse>(message: Message, body: Unread): Message {
  const type = body.value === undefined ? undefined : memberOf(body, 'mimeType').value;
  if (Object.keys(message.headers).length > 0 || typeof type !== 'string' || !type.includes('/'))
    return message;
  return { ...message, headers: { 'content-type': type } };
}

/** `undefined` when the recorder did not count (it writes -1 then). */
function sizeOf(holder: Unread, member: string): number | undefined {
  return millisecondsFrom(memberOf(holder, member));
}

function hasNoBody({ headers }: HttpRequest, size: number | undefined): boolean {
  const length = headers['content-length'];
  if (length !== undefined) return Number(length) === 0;
  return headers['transfer-encoding'] === undefined && (size ?? 0) === 0;
}

function hasNoContent({ status, headers }: HttpResponse, size: number | undefined): boolean {
  if (status === 204 || status === 304) return true;
  const length = headers['content-length'];
  return length === undefined ? size === 0 : Number(length) === 0;
}

function timesOf(entry: Unread): Pick<TimedExchange, 'startedAt' | 'endedAt'> {
  const started = memberOf(entry, 'startedDateTime').value;
  const startedAt = typeof started === 'string' ? Date.parse(started) : Number.NaN;
  const took = millisecondsFrom(memberOf(entry, 'time'));
  return Number.isNaN(startedAt) || took === undefined ? {} : { startedAt, endedAt: startedAt + took };
}

/**
 * Recorders leave credentials out of what they export. When no request of a file has any, those that were
 * not refused for it are taken to have had them; so is a signed request without its signature.
 */
function withStrippedCredentials(exchanges: readonly TimedExchange[]): readonly TimedExchange[] {
  const areStripped = !exchanges.some(({ exchange }) => hasCredentials(exchange));
  return exchanges.map(each => {
    const { request, response } = each.exchange;
    if (hasCredentials(each.exchange)) return each;
    const isSigned = request.headers['x-sdk-date'] !== undefined;
    if (!isSigned && !(areStripped && response?.status !== 401)) return each;
    const added = isSigned ? { authorization: '[redacted]' } : { 'x-auth-token': '$FGS_TOKEN' };
    const credentialed = { ...request, headers: { ...request.headers, ...added } };
    return { ...each, exchange: { ...each.exchange, request: credentialed } };
  });
}

function hasCredentials({ request: { headers } }: Exchange): boolean {
  return Boolean(headers['x-auth-token'] ?? headers.authorization);
}
