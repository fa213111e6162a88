/**
 * What happened on the wire: a request, and the response or the way it failed. Plain JSON, so that an
 * exchange can be stored, sent and judged anywhere.
 */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response?: HttpResponse;
  /** Why there is no complete response. A response that broke off may stand beside it. */
  readonly failure?: Failure;
  /** When it began, ISO 8601. */
  readonly startedAt?: string;
  /** How long it took, in milliseconds. */
  readonly durationMs?: number;
  /** What its judgement hangs on and it does not show: a request in pieces, a target that was told to fail. */
  readonly circumstance?: string;
}

export interface HttpRequest {
  readonly method: string;
  /** An absolute URL, or a path with its query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Set when the bytes of the body are no UTF-8 text: `body` holds them in base64 then. */
  readonly bodyEncoding?: 'base64';
  /** What was put on the wire, in order, when it is not what a client makes of the rest. */
  readonly wire?: readonly WirePart[];
}

/** Bytes as a text of one character a byte, a pause, or the end of what the client sends. */
export type WirePart =
  | { readonly bytes: string }
  | { readonly pauseMs: number }
  | { readonly end: 'half-close' | 'abandon' };

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; values of a repeated header joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Set when the bytes of the body are no UTF-8 text: `body` holds them in base64 then. */
  readonly bodyEncoding?: 'base64';
}

/**
 * How an exchange failed to complete.
 *
 * - `timeout`: no complete answer in time
 * - `reset`: the connection was closed or reset before the answer was complete
 * - `malformed`: what came is not HTTP
 * - `too-large`: the answer is larger than the suite reads
 * - `undecodable`: the content encoding that was announced does not fit the bytes
 * - `unreachable`: no connection could be made; says nothing about the target's answers
 */
export type FailureKind = 'timeout' | 'reset' | 'malformed' | 'too-large' | 'undecodable' | 'unreachable';

export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
}
