/** What tests of rules hold against each other: exchanges in short, and what the judge says of them in short. */

import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import { judge } from './judge.ts';

/** By clause: `held`, or what the finding says. Clauses of which the exchange says nothing are not there. */
export type Said = Readonly<Record<string, string>>;

/** What an exchange says of the clauses whose ids match. */
export function said(exchange: Exchange, about: RegExp, context: Context = {}): Said {
  const { exercised, findings } = judge(exchange, context);
  const messages = new Map(findings.map(({ clause, message }) => [clause, message]));
  return Object.fromEntries(
    exercised.filter(id => about.test(id)).map(id => [id, messages.get(id) ?? 'held']),
  );
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** The text of a body: JSON of everything but text, and nothing of nothing. */
function textOf(body: unknown): { body?: string } {
  if (body === undefined) return {};
  return { body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** The function that requests name. */
export const FUNCTION_URN = 'urn:fss:r:p:function:default:f';
export const FUNCTION_PATH = `/v2/p/fgs/functions/${FUNCTION_URN}`;

/** A request as `POST /path`, answered with a status. */
export function exchangeOf(line: string, sent: unknown, status: number, answered?: unknown): Exchange {
  const [method = '', url = ''] = line.split(' ');
  return {
    request: { method, url, headers: { 'x-auth-token': 't', ...JSON_TYPE }, ...textOf(sent) },
    response: { status, headers: JSON_TYPE, ...textOf(answered) },
  };
}

/** What publishing the function answers when all is well. */
export const version = { ...exampleVersion, func_urn: FUNCTION_URN, func_name: 'f', namespace: 'p' };

/** A publish request that is answered with a version, in which these members are other ones. */
export function published(members: object = {}, sent: unknown = {}): Exchange {
  return exchangeOf(`POST ${FUNCTION_PATH}/versions`, sent, 200, { ...version, ...members });
}
