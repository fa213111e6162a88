/** What an answer says about the set-up of a run, as opposed to the target: told in one sentence, never judged. */

import { type ForeignAnswer, foreignAnswerIn, placeInWords, redirectionOf } from '../judge/foreign-answer.ts';
import type { Exchange, HttpResponse } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { type Credentials, clockInWords } from '../target/index.ts';
import { answerInWords } from './arrange.ts';

const UNAUTHORIZED = 401;

const IS_IT_THE_API = 'is it the address of the API, and not of a console or a login?';

/** What to look at when something else than the API answers. */
const ADVICE: Readonly<Record<ForeignAnswer['kind'], string>> = {
  redirect: IS_IT_THE_API,
  page: IS_IT_THE_API,
  proxy: 'is it the address of a proxy, and should that be in HTTPS_PROXY?',
  network: 'it lets nobody through before; log in with a browser',
};

/** The mistake that the answer shows by itself, in a sentence; `undefined` when it shows none. */
export function mistakeIn(exchange: Exchange, credentials: Credentials): string | undefined {
  const { failure, response } = exchange;
  if (failure?.kind === 'unreachable') return `the target is not reachable: ${failure.message}`;
  if (response === undefined) return `the target does not answer: ${failure?.message ?? 'no answer came'}`;
  const { status } = response;
  if (status >= 300 && status < 400) return redirected(exchange, response);
  const foreign = foreignAnswerIn(exchange);
  if (foreign !== undefined) return `the endpoint ${foreign.does}: ${ADVICE[foreign.kind]}`;
  return status === UNAUTHORIZED
    ? `the credentials were refused: ${answerInWords(exchange)}${clockInWords(response, credentials)}`
    : undefined;
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

function redirected({ request }: Exchange, response: HttpResponse): string {
  const { status } = response;
  const to = redirectionOf(response, request.url);
  if (to === undefined) return `the endpoint redirects (${status}) in place of answering`;
  const from = new URL(request.url);
  const isOtherScheme = from.hostname === to.hostname && from.pathname === to.pathname;
  return `the endpoint redirects to ${placeInWords(to)} (${status}): ${isOtherScheme ? `give ${to.origin} as --endpoint` : ADVICE.redirect}`;
}
