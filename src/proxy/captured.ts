import type { Overlap } from '../judge/overlap.ts';
import type { Exchange, Failure } from '../page/exchange.ts';
import { captureBody, decodeBody } from '../target/bodies.ts';
import type { Missing, RecordedExchange } from '../traffic/recording.ts';
import { joinedHeaders } from './proxy-headers.ts';

/** An exchange as it passed the proxy: plain data, so that it can be judged in another thread. */
export interface CapturedExchange {
  readonly method: string;
  /** Where it was forwarded to. */
  readonly url: string;
  /** As they were forwarded: names and values in turn. */
  readonly rawHeaders: readonly string[];
  /** `undefined` when it was too large to be kept. */
  readonly body: Uint8Array | undefined;
  readonly answer?: CapturedAnswer;
  readonly failure?: Failure;
  /** The client went away before the end. */
  readonly isAbandoned: boolean;
  readonly overlap: Overlap;
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
}

export interface CapturedAnswer {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  /** As it passed, still compressed; `undefined` when it was too large to be kept. */
  readonly body: Uint8Array | undefined;
}

/** Reads what was captured: bodies decoded, names of headers in lower case. */
export async function recordedFrom(captured: CapturedExchange): Promise<RecordedExchange> {
  const { method, url, rawHeaders, body, answer, overlap } = captured;
  const request = { method, url, headers: joinedHeaders(rawHeaders), ...bodyOf(body) };
  const received = answer === undefined ? undefined : await responseFrom(answer);
  const failure = captured.failure ?? received?.failure;
  const missing = missingOf(captured);
  return {
    exchange: {
      request,
      ...(received === undefined ? {} : { response: received.response }),
      ...(failure === undefined ? {} : { failure }),
      durationMs: captured.durationMs,
    },
    overlap,
    ...(missing === undefined ? {} : { missing }),
  };
}

function missingOf({ isAbandoned, body, answer }: CapturedExchange): Missing | undefined {
  if (isAbandoned) return { of: 'request', reason: 'broken off by the client' };
  if (body === undefined) return { of: 'request', reason: 'with more than 4 MiB as the body of the request' };
  if (answer === undefined || answer.body !== undefined) return undefined;
  return { of: 'answer', reason: 'with more than 4 MiB as the body of the answer' };
}

async function responseFrom({
  status,
  rawHeaders,
  body = Buffer.alloc(0),
}: CapturedAnswer): Promise<{ response: NonNullable<Exchange['response']>; failure?: Failure }> {
  const headers = joinedHeaders(rawHeaders);
  const decoded = await decodeBody(Buffer.from(body), headers['content-encoding']);
  if ('failure' in decoded) return { response: { status, headers }, failure: decoded.failure };
  return { response: { status, headers, ...bodyOf(decoded.bytes) } };
}

function bodyOf(bytes: Uint8Array | undefined) {
  return captureBody(Buffer.from(bytes ?? []), text => text);
}
