import type { Context } from '../page/context.ts';
import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import type { Route } from '../page/operations.ts';
import type { JsonReading, PublishRequestView } from '../page/publish-request-view.ts';
import { errorCodeIn } from '../page/rules/answers.ts';
import { requestFaultsOf } from '../page/rules/request-faults.ts';
import { parseUrnParameter } from '../page/urn.ts';
import type { AnswerView, ExchangeView } from '../page/views.ts';

/** Reads a text as JSON without throwing. An empty text is absent. */
export function readJson(text: string | undefined, encoding?: 'base64'): JsonReading {
  if (text === undefined) return { kind: 'absent' };
  if (encoding !== undefined) return { kind: isBlank(text) ? 'absent' : 'malformed' };
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'value', value };
  } catch {
    return { kind: isBlank(text) ? 'absent' : 'malformed' };
  }
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function bodySize({ body = '', bodyEncoding }: HttpRequest): number {
  return Buffer.byteLength(body, bodyEncoding ?? 'utf8');
}

/** Reads a publish request. A request without a URL stands for a body that is judged alone. */
export function readPublishRequest(
  request: HttpRequest,
  route: Route | undefined,
  context: Context,
): PublishRequestView {
  const functionUrn = route?.functionUrn ?? '';
  return {
    isKnown: route !== undefined,
    context,
    projectId: route?.projectId ?? '',
    functionUrn,
    urn: parseUrnParameter(functionUrn),
    hasCredentials: Boolean(request.headers['x-auth-token'] ?? request.headers.authorization),
    contentType: request.headers['content-type'],
    bodyBytes: bodySize(request),
    json: readJson(request.body, request.bodyEncoding),
  };
}

/** Reads the answer to a publish request. */
export function readAnswer(view: ExchangeView, response: HttpResponse): AnswerView {
  const request = readPublishRequest(view.exchange.request, view.route, view.context);
  const json = readJson(response.body, response.bodyEncoding);
  // Member by member: spreading costs more than all rules together, once an exchange.
  return {
    exchange: view.exchange,
    context: view.context,
    route: view.route,
    past: view.past,
    request,
    faults: request.isKnown ? requestFaultsOf(request) : [],
    status: response.status,
    json,
    errorCode: errorCodeIn(json),
  };
}

/** The object that an answer's body holds, or `undefined`. */
export function objectIn(exchange: Exchange): Readonly<Record<string, unknown>> | undefined {
  const json = readJson(exchange.response?.body, exchange.response?.bodyEncoding);
  return isObject(json.value) ? json.value : undefined;
}
