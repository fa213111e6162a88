import type { Exchange, HttpRequest, HttpResponse } from '../page/exchange.ts';
import { captureBody } from './bodies.ts';
import type { WireAnswer } from './connection.ts';
import type { WireRequest } from './credentials.ts';
import type { Secret } from './redaction.ts';

/** Keeps secrets out of what is captured. */
export interface Redaction {
  readonly text: (text: string) => string;
  readonly header: (name: string, value: string) => string;
}

/** Headers that carry a credential and nothing else. */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'x-security-token',
  'x-subject-token',
  'cookie',
  'set-cookie',
]);

/** Redaction by value, and by header for values that are too short to be looked for. */
export function redactionOf(secrets: readonly Secret[], text: (text: string) => string): Redaction {
  const placeholders = new Map(secrets.map(({ value, placeholder }) => [value, placeholder]));
  return {
    text,
    header: (name, value) => {
      if (CREDENTIAL_HEADERS.has(name)) return '[redacted]';
      return (name === 'x-auth-token' ? placeholders.get(value) : undefined) ?? text(value);
    },
  };
}

/** The exchange as it may be stored: what was sent and what came back, without secrets. */
export function capture(
  origin: string,
  request: WireRequest,
  { response, failure, durationMs }: WireAnswer,
  redaction: Redaction,
): Exchange {
  const { text } = redaction;
  return {
    request: captureRequest(origin, request, redaction),
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            headers: captureHeaders(response.headers, redaction),
            ...captureBody(response.body, text, failure !== undefined),
          } satisfies HttpResponse,
        }),
    ...(failure === undefined ? {} : { failure: { ...failure, message: text(failure.message) } }),
    durationMs: Math.round(durationMs),
  };
}

function captureRequest(origin: string, request: WireRequest, redaction: Redaction): HttpRequest {
  const { method, path, headers, body } = request;
  return {
    method,
    url: redaction.text(`${origin}${path}`),
    headers: captureHeaders(headers, redaction),
    ...(body === undefined ? {} : captureBody(body, redaction.text)),
  };
}

function captureHeaders(
  headers: Readonly<Record<string, string>>,
  { text, header }: Redaction,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [text(name), header(name, value)]),
  );
}
