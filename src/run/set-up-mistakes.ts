/** What an answer says about the set-up of a run, as opposed to the target: told in one sentence, never judged. */

import type { Exchange, HttpResponse } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { type Credentials, clockInWords } from '../target/index.ts';
import { answerInWords } from './arrange.ts';

const UNAUTHORIZED = 401;
const PROXY_AUTHENTICATION_REQUIRED = 407;

/** The mistake that the answer shows by itself, in a sentence; `undefined` when it shows none. */
export function mistakeIn(exchange: Exchange, credentials: Credentials): string | undefined {
  const { failure, response } = exchange;
  if (failure?.kind === 'unreachable') return `the target is not reachable: ${failure.message}`;
  if (response === undefined) return `the target does not answer: ${failure?.message ?? 'no answer came'}`;
  const { status } = response;
  if (status >= 300 && status < 400) return redirected(exchange, response);
  if (status === PROXY_AUTHENTICATION_REQUIRED) {
    return `the endpoint asks for the credentials of a proxy (${status}): is it the address of a proxy, and should that be in HTTPS_PROXY?`;
  }
  if (status === UNAUTHORIZED && !isHtml(response)) {
    return `the credentials were refused: ${answerInWords(exchange)}${clockInWords(response, credentials)}`;
  }
  if (isHtml(response)) {
    return `the endpoint answers with an HTML page (${[status, titleOf(response)].filter(Boolean).join(', ')}): is it the address of the API, and not of a console or a login?`;
  }
  return undefined;
}

/**
 * Whether two requests of different kinds were refused alike, so that the refusal says nothing about either:
 * with the same 4xx and error code, and for a 400 with the same words.
 */
export function areRefusedAlike(left: Exchange, right: Exchange): boolean {
  const [first, second] = [left.response, right.response];
  if (first === undefined || second === undefined || first.status !== second.status) return false;
  if (first.status < 400 || first.status >= 500) return false;
  const [one, other] = [errorIn(first), errorIn(second)];
  return one.code === other.code && (first.status !== 400 || one.message === other.message);
}

export function errorIn({ body = '' }: HttpResponse): {
  readonly code?: unknown;
  readonly message?: unknown;
} {
  const { error_code: code, error_msg: message } = jsonObjectIn(body) ?? {};
  return { code, message };
}

function redirected({ request }: Exchange, { status, headers }: HttpResponse): string {
  const { location = '' } = headers;
  if (!URL.canParse(location, request.url)) return `the endpoint redirects (${status}) in place of answering`;
  const [from, to] = [new URL(request.url), new URL(location, request.url)];
  // What a login page is told in its query is nobody's business.
  const where = `the endpoint redirects to ${to.origin}${to.pathname} (${status})`;
  const isOtherScheme = from.hostname === to.hostname && from.pathname === to.pathname;
  return isOtherScheme
    ? `${where}: give ${to.origin} as --endpoint`
    : `${where}: is it the address of the API, and not of a console or a login?`;
}

function isHtml({ headers, body = '' }: HttpResponse): boolean {
  if (jsonObjectIn(body) !== undefined) return false;
  return (
    /^\s*(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '') ||
    /^\s*<(?:!doctype\s+)?html\b/i.test(body)
  );
}

function titleOf({ body = '' }: HttpResponse): string {
  const title = /<title[^>]*>([^<]{1,100})/i.exec(body)?.[1]?.replaceAll(/\s+/g, ' ').trim() ?? '';
  return title === '' ? '' : JSON.stringify(title);
}
