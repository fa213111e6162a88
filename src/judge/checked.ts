import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { expectArgument } from '../words/arguments.ts';
import type { Judgement } from './finding.ts';
import * as unchecked from './judge.ts';

const text = { type: 'string' } as const;
const object = { type: 'object' } as const;
const body = { body: text, bodyEncoding: { enum: ['base64'] } } as const;
const headers = { type: 'object', additionalProperties: text } as const;

const checkExchange = expectArgument({
  call: 'judge',
  name: 'exchange',
  example: 'an exchange { request: { method, url, headers, body }, response: { status, headers, body } }',
  schema: {
    type: 'object',
    required: ['request'],
    properties: {
      request: {
        type: 'object',
        required: ['method', 'url', 'headers'],
        properties: { method: text, url: text, headers, ...body },
      },
      response: {
        type: 'object',
        required: ['status', 'headers'],
        properties: { status: { type: 'integer' }, headers, ...body },
      },
      failure: { type: 'object', required: ['kind', 'message'], properties: { kind: text, message: text } },
    },
  },
});

const checkText = expectArgument({
  call: 'judgeBody',
  name: 'body',
  example: 'the text of a 200 answer (of a parsed one: JSON.stringify(body))',
  schema: text,
});

const known = {
  projectId: text,
  credentials: { enum: ['valid', 'wrong', 'forbidden'] },
  function: { enum: ['exists', 'absent'] },
  unpublishedChanges: { type: 'boolean' },
  qualifier: {},
  stopped: {},
  dropped: {},
  requestedVersion: { enum: ['free', 'taken'] },
  serviceFails: { type: 'boolean' },
  codeMd5: text,
  mayClose: { type: 'boolean' },
  form: object,
  after: text,
  configuration: object,
  suspects: { type: 'array', items: text },
  existing: { type: 'array', items: text },
  published: { type: 'array', items: object },
  versionsBefore: { type: 'integer' },
  latest: object,
  earlierEntries: { type: 'array' },
  earlierPages: { type: 'integer' },
} as const satisfies Readonly<Record<keyof Context, object>>;

/** JSON Schema of a context, as far as a caller can mistake it. */
export const contextSchema = { type: 'object', properties: known, additionalProperties: false } as const;

const checkContext = expectArgument({
  call: 'judge',
  name: 'context',
  example: "what is known of the target, such as { function: 'exists' }",
  schema: contextSchema,
});

/**
 * Holds an exchange against every clause of the page that applies to it. Pure and synchronous; whatever the
 * target sent makes findings, not errors.
 *
 * @param exchange what happened on the wire
 * @param context what is known of the target's state; clauses that need what is not known are not exercised
 * @throws TypeError when one of the two is something else
 *
 * @example
 * judge({
 *   request: { method: 'POST', url: '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions', headers: {} },
 *   response: { status: 404, headers: {}, body: '{"error_code":"FSS.1051","error_msg":"Not found"}' },
 * }).findings // [{ clause: 'request.auth.missing', ... }, ...]
 */
export function judge(exchange: Exchange, context: Context = {}): Judgement {
  checkExchange(exchange);
  checkContext(context);
  return unchecked.judge(withLowerCaseNames(exchange), context);
}

/**
 * Judges a 200 body alone, without its request: clauses that compare the two are not exercised.
 *
 * @param text the body as it was received
 * @throws TypeError when it is no text
 */
export function judgeBody(text: string): Judgement {
  checkText(text);
  return unchecked.judgeBody(text);
}

/** Headers have names in any case; most often there is nothing to do. */
function withLowerCaseNames(exchange: Exchange): Exchange {
  const { request, response } = exchange;
  if (isLowerCase(request.headers) && (response === undefined || isLowerCase(response.headers)))
    return exchange;
  return {
    ...exchange,
    request: { ...request, headers: lowerCased(request.headers) },
    ...(response === undefined ? {} : { response: { ...response, headers: lowerCased(response.headers) } }),
  };
}

type Headers = Readonly<Record<string, string>>;

function isLowerCase(headers: Headers): boolean {
  for (const name in headers) if (/[A-Z]/.test(name)) return false;
  return true;
}

function lowerCased(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
