/** Exchanges as an HTTP Archive (HAR 1.2), which browsers and proxies open. */

import { STATUS_CODES } from 'node:http';
import type { Content, Entry, Har, Header, PostData, QueryString } from 'har-format';
import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import type { Report } from '../verdict/report.ts';
import { expectReport } from '../verdict/report-argument.ts';

/** What every entry of an archive says that an exchange does not know. */
export interface HarOptions {
  readonly tool: Report['tool'];
  /** Where a request whose URL is only a path was sent. */
  readonly endpoint: string;
  /** When the exchanges were made that do not say so themselves, ISO 8601. */
  readonly startedAt: string;
}

/** HAR 1.2 of these exchanges. What is redacted in them stays so. An exchange without an answer has status 0. */
export function harOf(exchanges: readonly Exchange[], { tool, endpoint, startedAt }: HarOptions): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: tool.name, version: tool.version },
      entries: exchanges.map(exchange => entryOf(exchange, endpoint, startedAt)),
    },
  };
}

const checkReport = expectReport('harReport');

/** Everything that was exchanged, as the text of a HAR file; where that was not kept, the exchanges of the findings. */
export function harReport(report: Report, exchanges?: readonly Exchange[]): string {
  checkReport(report);
  const { tool, target, run } = report;
  const har = harOf(exchanges ?? shownIn(report), {
    tool,
    endpoint: target.endpoint,
    startedAt: run.startedAt,
  });
  return `${JSON.stringify(har, null, 2)}\n`;
}

/** The exchanges of the findings, each once. */
function shownIn({ clauses }: Report): readonly Exchange[] {
  const exchanges = new Map<string, Exchange>();
  for (const { exchange } of clauses.flatMap(({ findings }) => findings)) {
    if (exchange !== undefined) exchanges.set(JSON.stringify(exchange), exchange);
  }
  return [...exchanges.values()];
}

function entryOf(exchange: Exchange, endpoint: string, startedAt: string): Entry & BeyondHar {
  const { request, response, failure, durationMs = 0 } = exchange;
  const beyond = beyondHar(exchange);
  return {
    startedDateTime: exchange.startedAt ?? startedAt,
    time: durationMs,
    request: requestOf(request, endpoint),
    response: responseOf(response),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(failure === undefined ? {} : { comment: `${failure.kind}: ${failure.message}` }),
    ...(beyond === undefined ? {} : { _beyondHar: beyond }),
  };
}

/** A member of our own: whoever judges the entry is told to leave it alone. */
interface BeyondHar {
  readonly _beyondHar?: string;
}

/** What no HAR can hold of an exchange and its judgement hangs on. */
function beyondHar({ response, failure, circumstance }: Exchange): string | undefined {
  // Without an answer, an entry says itself that it is not complete.
  return circumstance ?? (response === undefined ? undefined : failure?.message);
}

function requestOf(request: HttpRequest, endpoint: string): Entry['request'] {
  const { method, headers, body } = request;
  const url = absoluteUrl(request.url, endpoint);
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headersOf(headers),
    queryString: queryOf(url),
    headersSize: -1,
    bodySize: bodySize(request),
    ...(body === undefined ? {} : { postData: postDataOf(request, body) }),
  };
}

function postDataOf({ headers, bodyEncoding }: HttpRequest, text: string): PostData {
  const mimeType = headers['content-type'] ?? '';
  if (bodyEncoding === undefined) return { mimeType, text };
  // HAR has no encoding for what is sent; members with an underscore are anyone's.
  const encoding = { _encoding: bodyEncoding, comment: 'the text is base64' };
  return { mimeType, text, ...encoding };
}

function responseOf(response: HttpResponse | undefined): Entry['response'] {
  const { status, headers }: Pick<HttpResponse, 'status' | 'headers'> = response ?? {
    status: 0,
    headers: {},
  };
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headersOf(headers),
    content: contentOf(response),
    redirectURL: headers.location ?? '',
    headersSize: -1,
    bodySize: bodySize(response),
  };
}

function contentOf(response: HttpResponse | undefined): Content {
  const size = bodySize(response);
  const mimeType = response?.headers['content-type'] ?? '';
  if (response?.body === undefined) return { size, mimeType };
  const encoded = response.bodyEncoding === undefined ? {} : { encoding: response.bodyEncoding };
  return { size, mimeType, text: response.body, ...encoded };
}

function absoluteUrl(url: string, endpoint: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url)
    ? url
    : `${endpoint.replace(/\/+$/, '')}/${url.replace(/^\//, '')}`;
}

function queryOf(url: string): QueryString[] {
  const [, query = ''] = /^[^?#]*\?([^#]*)/.exec(url) ?? [];
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function headersOf(headers: HttpResponse['headers']): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function bodySize(message: Pick<HttpResponse, 'body' | 'bodyEncoding'> | undefined): number {
  return message?.body === undefined ? 0 : Buffer.byteLength(message.body, message.bodyEncoding ?? 'utf8');
}
