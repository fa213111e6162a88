/** Answers that come from something else than the API: a login, a proxy, a network that wants a login first. */

import type { Exchange, HttpResponse } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { isPathOfThisApi, pathOf } from '../page/operations.ts';

/** What answered in place of the API. */
export interface ForeignAnswer {
  /** A page may be the API's own all the same; the others never are. */
  readonly kind: 'redirect' | 'proxy' | 'network' | 'page';
  /** Completes `the endpoint`, such as `redirects to https://login.example.com/sso (302)`. */
  readonly does: string;
}

const PROXY_AUTHENTICATION_REQUIRED = 407;
const NETWORK_AUTHENTICATION_REQUIRED = 511;

/** What answered in place of the API, by the answer alone; `undefined` when it may be the API's. */
export function foreignAnswerIn({ request, response }: Exchange): ForeignAnswer | undefined {
  if (response === undefined) return undefined;
  const { status } = response;
  if (status === PROXY_AUTHENTICATION_REQUIRED) {
    return { kind: 'proxy', does: `asks for the credentials of a proxy (${status})` };
  }
  if (status === NETWORK_AUTHENTICATION_REQUIRED) {
    return { kind: 'network', does: `asks for a login to the network (${status})` };
  }
  if (status >= 300 && status < 400) {
    const to = redirectionOf(response, request.url);
    return to !== undefined && leadsElsewhere(to, request.url)
      ? { kind: 'redirect', does: `redirects to ${placeInWords(to)} (${status})` }
      : undefined;
  }
  if (!isHtml(response)) return undefined;
  const about = [status, titleOf(response)].filter(Boolean).join(', ');
  return { kind: 'page', does: `answers with an HTML page (${about})` };
}

/** Where an answer with a status of redirections leads to; `undefined` when it does not say. */
export function redirectionOf({ headers: { location = '' } }: HttpResponse, from: string): URL | undefined {
  const isThere = location !== '' && URL.canParse(location, absolute(from));
  return isThere ? new URL(location, absolute(from)) : undefined;
}

/** An address without what it holds besides, which may be secret. */
export function placeInWords({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname.replaceAll(/;[^/]*/g, '')}`;
}

function leadsElsewhere(to: URL, from: string): boolean {
  return to.origin !== new URL(absolute(from)).origin || !isPathOfThisApi(pathOf(to.href));
}

const SOMEWHERE = 'http://endpoint.invalid';

/** A recording may have no more than the path of a request. */
function absolute(url: string): string {
  return URL.canParse(url, SOMEWHERE) ? new URL(url, SOMEWHERE).href : SOMEWHERE;
}

const NO_CONTENT = 204;

const HTML_TYPE = /^\s*(?:text\/html|application\/xhtml)/i;

/** Markup, whatever stands before it: a byte order mark, an XML declaration, comments. */
const HTML = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+)?html\b/is;

/** Enough of a page to know it by, in characters. */
const BEGINNING = 4096;

function isHtml(response: HttpResponse): boolean {
  const { status, headers, body = '' } = response;
  if (status === NO_CONTENT) return false;
  const isMarkup = HTML_TYPE.test(headers['content-type'] ?? '') || HTML.test(beginningOf(response));
  return isMarkup && jsonObjectIn(body) === undefined;
}

function titleOf(response: HttpResponse): string {
  const [, found = ''] = /<title[^>]*>([^<]{1,100})/i.exec(beginningOf(response)) ?? [];
  const title = found.replaceAll(/\s+/g, ' ').trim();
  return title === '' ? '' : JSON.stringify(title);
}

function beginningOf({ body = '', bodyEncoding }: HttpResponse): string {
  const beginning = body.slice(0, BEGINNING);
  return bodyEncoding === undefined ? beginning : Buffer.from(beginning, bodyEncoding).toString('latin1');
}
