/** Request and response side by side, with what is wrong in them marked. */

import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import { pointerOf } from '../page/paths.ts';
import type { ReportedClause, ReportedFinding } from '../verdict/report.ts';
import { counted } from './layout.ts';
import { type Markup, markup, multiline } from './markup.ts';
import { prettyJson } from './pretty-json.ts';
import { excerpt } from './printable.ts';

type Span = readonly [start: number, end: number];

/** A body as it is shown. */
interface ShownBody {
  readonly text: string;
  /** What is marked in it. */
  readonly span?: Span;
  /** What it is, when it is no text. */
  readonly note?: string;
}

/** Characters of a body, or of a counterexample, that are shown. */
const SHOWN = 12_000;

/** Bodies that are longer are not laid out. */
const LAID_OUT = 2_000_000;

/** The two halves of an exchange; what the finding is about is marked. */
export function exchangeInHtml(
  { subject }: Pick<ReportedClause, 'subject'>,
  { pointer }: Pick<ReportedFinding, 'pointer'>,
  exchange: Exchange,
  endpoint: string,
): Markup {
  const { request, response } = exchange;
  const answered = shownBody(response, pointer);
  const isInAnswer = pointer === undefined || pointer === '' || answered.span !== undefined;
  const sent = shownBody(request, isInAnswer ? requestPointer(subject, pointer) : pointer);
  const isMissing = !isInAnswer && sent.span === undefined && response?.body !== undefined;
  return markup`<div class="exchange">
<section><h5>Request</h5>
${half('Request', [requestLine(request, endpoint), ...headerLines(request.headers)], sent)}</section>
<section><h5>Response${durationOf(exchange)}</h5>
${isMissing ? markup`<p class="missing"><mark>${excerpt(pointer ?? '', 300)}</mark> is not in this body</p>` : undefined}
${half('Response', responseLines(exchange, subject, pointer), answered)}</section>
</div>`;
}

/** A finding about a configuration that was accepted or refused is about a member of the request. */
function requestPointer(subject: string, pointer: string | undefined): string | undefined {
  const [first, ...rest] = subject.replaceAll('[]', '').split('.');
  const isOfRequest = first === 'config' || first === 'request';
  return pointer === undefined && isOfRequest ? pointerOf(rest.join('.')) : undefined;
}

function durationOf({ durationMs }: Exchange): Markup | undefined {
  return durationMs === undefined
    ? undefined
    : markup` <span class="quiet">after ${Math.round(durationMs)} ms</span>`;
}

/** A value as JSON, at most as long as anyone reads. */
export function jsonInHtml(value: unknown): Markup {
  return shownText({ text: JSON.stringify(value, null, 2) ?? 'undefined' });
}

function half(label: string, head: readonly Markup[], body: ShownBody): Markup {
  const lines = head.map(line => markup`${line}\n`);
  const note = body.note === undefined ? undefined : markup`<i>${body.note}</i>\n`;
  return markup`<pre tabindex="0" role="group" aria-label="${label}">${lines}\n${note}${shownText(body)}</pre>`;
}

function requestLine({ method, url }: HttpRequest, endpoint: string): Markup {
  const place = url.startsWith(`${endpoint}/`) ? url.slice(endpoint.length) : url;
  return markup`<b>${excerpt(method, 100)}</b> ${excerpt(place, 4000)}`;
}

/** Status, what failed, and headers; the finding is about one of them when it is about no member. */
function responseLines(
  { response, failure }: Exchange,
  subject: string,
  pointer: string | undefined,
): readonly Markup[] {
  const isOfStatus = pointer === undefined && /^(?:status|request|config)(?:\.|$)/.test(subject);
  const header = subject.startsWith('header.') ? subject.slice('header.'.length) : undefined;
  const status = response === undefined ? markup`<b>no answer</b>` : markup`<b>${response.status}</b>`;
  const failed =
    failure === undefined ? [] : [markup`<mark>${failure.kind}</mark> ${excerpt(failure.message, 1000)}`];
  return [
    isOfStatus ? markup`<mark>${status}</mark>` : status,
    ...failed,
    ...headerLines(response?.headers ?? {}, header),
  ];
}

function headerLines(headers: HttpResponse['headers'], marked?: string): readonly Markup[] {
  return Object.entries(headers).map(([name, value]) => {
    const line = markup`<span class="name">${excerpt(name, 200)}:</span> ${excerpt(value, 2000)}`;
    return name === marked ? markup`<mark>${line}</mark>` : line;
  });
}

type Body = Pick<HttpResponse, 'body' | 'bodyEncoding'>;

function shownBody({ body, bodyEncoding }: Body = {}, pointer: string | undefined): ShownBody {
  if (body === undefined) return { text: '' };
  if (body === '') return { text: '', note: 'an empty body' };
  if (bodyEncoding === 'base64') {
    const { length } = Buffer.from(body, 'base64');
    return { text: body, note: `${counted(length, 'byte')}, no text, in base64:` };
  }
  const pretty = body.length > LAID_OUT ? undefined : prettyJson(body, pointer);
  return pretty ?? { text: body };
}

/** The text, or as much of it as is shown, around what is marked in it. */
function shownText({ text, span }: ShownBody): Markup {
  const [from, to] = windowOf(text.length, span);
  const [start, end] = span === undefined ? [to, to] : [Math.max(from, span[0]), Math.min(to, span[1])];
  const part = (first: number, last: number) => multiline(text.slice(first, last));
  return markup`${cutMark(from)}${part(from, start)}${
    span === undefined ? undefined : markup`<mark>${part(start, end)}</mark>`
  }${part(end, to)}${cutMark(text.length - to)}`;
}

function cutMark(count: number): Markup | undefined {
  return count === 0 ? undefined : markup`<i class="cut">… ${count} characters more, see report.json …</i>`;
}

function windowOf(length: number, span: Span | undefined): Span {
  if (length <= SHOWN) return [0, length];
  const middle = span === undefined ? 0 : span[0];
  const from = Math.max(0, Math.min(middle - SHOWN / 2, length - SHOWN));
  return [from, Math.min(length, from + SHOWN)];
}
