import type { Exchange, HttpRequest, HttpResponse, WirePart } from '../page/exchange.ts';
import { captureBody } from './bodies.ts';
import type { WireAnswer, WireRequest } from './connection.ts';
import { WRONG_TOKEN } from './credentials.ts';
import type { RawPart } from './raw.ts';
import { redactorOf, type Secret } from './redaction.ts';
import { isSecretName, withoutSecretParameters } from './secret-names.ts';
import { signatureIn } from './signing.ts';

/** Keeps secrets out of what is captured. */
export interface Redaction {
  readonly text: (text: string) => string;
  readonly header: (name: string, value: string) => string;
}

const SIGNED = /^(SDK-HMAC-SHA256) Access=[^,]*, SignedHeaders=([a-z0-9;-]*), Signature=/;

/** Redaction by value, and by name for values that are unknown or too short to be looked for. */
export function redactionOf(secrets: readonly Secret[]): Redaction {
  const placeholders = new Map(secrets.map(({ value, placeholder }) => [value, placeholder]));
  const withoutValues = redactorOf(secrets);
  const text = (original: string): string => withoutSecretParameters(withoutValues(original));
  return {
    text,
    header: (name, value) => {
      if (!isSecretName(name)) return text(value);
      if (value === '' || value === WRONG_TOKEN) return value;
      const [, algorithm, names] = SIGNED.exec(value) ?? [];
      if (algorithm === undefined) return placeholders.get(value) ?? '[redacted]';
      return `${algorithm} Access=$FGS_AK, SignedHeaders=${names}, Signature=[redacted]`;
    },
  };
}

/** For a signed request, its signature is one of the secrets. */
export function redactionFor(
  { headers }: WireRequest,
  secrets: readonly Secret[],
  usual: Redaction,
): Redaction {
  const signature = signatureIn(headers);
  if (signature === undefined) return usual;
  return redactionOf([...secrets, { value: signature, placeholder: '[signature]' }]);
}

/**
 * The exchange as it may be stored: what was sent and what came back, without secrets.
 *
 * @param parts what was put on the wire, when that is not what a client makes of the request
 */
export function capture(
  origin: string,
  request: WireRequest,
  { response, failure, startedAt, durationMs }: WireAnswer,
  redaction: Redaction,
  parts?: readonly RawPart[],
): Exchange {
  const { text } = redaction;
  return {
    request: {
      ...captureRequest(origin, request, redaction),
      ...(parts === undefined ? {} : { wire: parts.map(part => wirePartOf(part, redaction)) }),
    },
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
    startedAt: new Date(startedAt).toISOString(),
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

function wirePartOf(part: RawPart, { text }: Redaction): WirePart {
  if (Buffer.isBuffer(part)) return { bytes: text(part.toString('latin1')) };
  if (typeof part === 'string') return { end: part };
  return { pauseMs: 'pauseMs' in part ? part.pauseMs : part.awaitContinueMs };
}

function captureHeaders(
  headers: Readonly<Record<string, string>>,
  { text, header }: Redaction,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [text(name), header(name, value)]),
  );
}
