/** What a test may hold in its hands of an answer, read as status, headers and body. */

import type { Exchange } from '../page/exchange.ts';
import { routeOf } from '../page/operations.ts';
import { isPromise, kindOf } from '../words/arguments.ts';

/** An answer as far as the test has it. */
export interface Received {
  readonly status: number;
  /** `undefined` when nothing is known of them. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** `undefined` when the bytes are no UTF-8 text. */
  readonly body: string | undefined;
}

/** What the matcher takes, in words. */
export const TAKEN =
  'a Response of fetch, an answer of axios or undici, { status, headers, body }, an exchange, what publishVersion() answered, or the body of a 200 answer as text, bytes or parsed';

/** The part of a fetch `Response` that is read; every implementation of fetch has it. */
export interface FetchedResponse {
  readonly status: number;
  readonly url?: string;
  readonly headers: object;
  readonly bodyUsed: boolean;
  clone(): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** An answer whose body has not arrived yet, as undici's `request` has it. */
export interface StreamedAnswer {
  readonly statusCode: number;
  readonly headers: object;
  readonly body: { readonly bodyUsed?: boolean; arrayBuffer(): Promise<ArrayBuffer> };
}

/** @throws TypeError for what cannot be an answer, with what would be one */
export function refuseStrangers(value: unknown): void {
  if (value instanceof Error) {
    const hint = 'response' in value && isObject(value.response) ? ': take its response' : '';
    throw new TypeError(`toConformToPage: expected ${TAKEN}, not an error${hint}.`);
  }
  if (isPromise(value) || (typeof value !== 'string' && !isObject(value)))
    throw new TypeError(`toConformToPage: expected ${TAKEN}, not ${kindOf(value)}.`);
  if (isStream(value))
    throw new TypeError(`toConformToPage: expected ${TAKEN}, not a stream: read its body.`);
}

/** Whether the value is what `fetch` answers. */
export function isFetched(value: unknown): value is FetchedResponse {
  return (
    has(value, ['status', 'headers', 'bodyUsed', 'clone']) &&
    typeof value.status === 'number' &&
    typeof value.clone === 'function'
  );
}

/** Whether the value is an answer with a body that is still to be read. */
export function isStreamed(value: unknown): value is StreamedAnswer {
  return (
    has(value, ['statusCode', 'headers', 'body']) &&
    has(value.body, ['arrayBuffer']) &&
    typeof value.body.arrayBuffer === 'function'
  );
}

/**
 * Reads a response, which can still be read afterwards.
 *
 * @throws TypeError when its body was read before, or it answers another request than one to publish
 */
export async function readFetched(response: FetchedResponse): Promise<Received> {
  const { url = '', status, headers, bodyUsed } = response;
  if (url !== '' && !answersPublishing(url)) {
    throw new TypeError(
      `toConformToPage: this Response comes from ${new URL(url).pathname}; expected one from /v2/{project_id}/fgs/functions/{function_urn}/versions.`,
    );
  }
  if (bodyUsed) throw new TypeError(READ_ALREADY);
  return { status, headers: headersIn(headers), body: textOf(await response.clone().arrayBuffer()) };
}

const READ_ALREADY =
  'toConformToPage: the body of this response was read already: check the response first, or check its clone() or the body itself.';

function answersPublishing(url: string): boolean {
  return routeOf({ method: 'POST', url })?.publishesAt === true;
}

/**
 * Reads an answer whose body arrives only once.
 *
 * @throws TypeError when it was read before
 */
export async function readStreamed({ statusCode, headers, body }: StreamedAnswer): Promise<Received> {
  if (body.bodyUsed === true) throw new TypeError(READ_ALREADY);
  return { status: statusCode, headers: headersIn(headers), body: textOf(await body.arrayBuffer()) };
}

/** Whether the value is an exchange, request and all. */
export function isExchange(value: unknown): value is Exchange {
  return has(value, ['request']) && has(value.request, ['method', 'url', 'headers']) && !('config' in value);
}

/** Reads anything else that holds an answer; what is no answer is the body of one. */
export function readValue(value: unknown): Received {
  if (typeof value === 'string' || isBytes(value)) return bodyAlone(value);
  if (!(has(value, ['status']) || has(value, ['statusCode'])) || has(value, ['func_urn']))
    return bodyAlone(value);
  const { status, statusCode, httpStatus, headers, text, body, data, version, error } = Object(value);
  const code = [httpStatus, status, statusCode].find(each => typeof each === 'number');
  if (code === undefined) return bodyAlone(value);
  const [content] = [typeof text === 'string' ? text : undefined, body, data, version, error].filter(
    each => each !== undefined,
  );
  if (isPromise(content) || isStream(content))
    throw new TypeError('toConformToPage: the body of this answer has not arrived yet: await or read it.');
  return {
    status: code,
    headers: isObject(headers) ? headersIn(headers) : undefined,
    body: content === undefined || content === null ? '' : textOf(content),
  };
}

function bodyAlone(value: unknown): Received {
  return { status: 200, headers: undefined, body: textOf(value) };
}

/** Headers as fetch, axios, undici and plain objects have them. */
function headersIn(headers: object): Readonly<Record<string, string>> {
  const entries: readonly (readonly [string, unknown])[] =
    headers instanceof Map || (Symbol.iterator in headers && !Array.isArray(headers))
      ? [...(headers as Iterable<readonly [string, unknown]>)]
      : Object.entries(headers);
  return Object.fromEntries(
    entries
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}

/** The text of a body: bytes decoded, parsed values written again. What cannot be JSON is none. */
function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (isBytes(content)) return utf8In(content);
  try {
    return JSON.stringify(content) ?? NO_JSON;
  } catch {
    return NO_JSON;
  }
}

/** Stands for a value that holds itself, a BigInt and the like. */
const NO_JSON = '[no JSON]';

function isBytes(value: unknown): value is ArrayBuffer | NodeJS.ArrayBufferView {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

function utf8In(bytes: ArrayBuffer | NodeJS.ArrayBufferView): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isStream(value: unknown): boolean {
  return has(value, ['pipe']) || has(value, ['getReader']);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function has<Name extends string>(
  value: unknown,
  names: readonly Name[],
): value is Readonly<Record<Name, unknown>> {
  return isObject(value) && names.every(name => name in value);
}
