import type { Failure } from '../page/exchange.ts';

/** What is known of an exchange when it fails. */
export interface Situation {
  readonly origin: string;
  /** A proxy stands between. */
  readonly isProxied: boolean;
  readonly timeoutMs: number;
  readonly timedOut: boolean;
  /** The connection could not be made, for this reason. */
  readonly connectError: unknown;
  readonly connected: boolean;
  /** Status line and headers have arrived. */
  readonly answering: boolean;
}

/** The body of an answer is longer than what is read. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge';
}

/** Errors of undici that say that the request was not sendable: a mistake of the caller's. */
const CALLER_MISTAKES: ReadonlySet<string> = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'the network is not reachable',
  ETIMEDOUT: 'connecting took too long',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  ECONNRESET: 'the connection was closed while it was being made',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not trusted (see --cacert)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is not trusted (see --cacert)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted (see --cacert)',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted (see --cacert)',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there',
};

/**
 * Puts what went wrong on the network into a sentence.
 *
 * @throws the error itself when the caller made a request that cannot be sent
 */
export function failureOf(error: unknown, situation: Situation): Failure {
  const code = failureCode(error);
  const { connectError, timedOut, connected } = situation;
  if (isProxyRefusal(error)) return unreachable(situation, reasonOf(error));
  if (CALLER_MISTAKES.has(code)) throw error;
  if (connectError !== undefined && (error === connectError || !connected)) {
    return unreachable(situation, reasonOf(connectError));
  }
  if (timedOut) return timeout(situation);
  if (error instanceof AnswerTooLarge) {
    return { kind: 'too-large', message: 'the answer is larger than 4 MiB' };
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return { kind: 'too-large', message: 'the headers of the answer are larger than 16 KiB' };
  }
  return closedOrMalformed(error, code, situation);
}

function unreachable({ origin, isProxied }: Situation, reason: string): Failure {
  const way = isProxied ? ' through the proxy (see HTTP_PROXY, HTTPS_PROXY, NO_PROXY)' : '';
  return { kind: 'unreachable', message: `no connection to ${origin}${way}: ${reason}` };
}

/** undici says with an error of the caller's that a proxy which forwards requests wants credentials. */
function isProxyRefusal(error: unknown): boolean {
  return error instanceof Error && /^Proxy Authentication Required/.test(error.message);
}

function timeout(situation: Situation): Failure {
  const { timeoutMs, connected, answering } = situation;
  if (!connected) return unreachable(situation, `connecting took more than ${timeoutMs} ms`);
  return {
    kind: 'timeout',
    message: answering
      ? `the answer was not complete after ${timeoutMs} ms`
      : `no answer came within ${timeoutMs} ms`,
  };
}

function closedOrMalformed(error: unknown, code: string, { answering }: Situation): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (message === 'bad upgrade') {
    return { kind: 'malformed', message: 'an interim answer (101) came that nobody asked for' };
  }
  const isEnd = message.includes('Invalid EOF state') || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  if (code === 'UND_ERR_SOCKET' || /^E[A-Z]+$/.test(code) || (isEnd && answering)) {
    return {
      kind: 'reset',
      message: answering
        ? 'the connection was closed in the middle of the answer'
        : 'the connection was closed without a complete answer',
    };
  }
  return { kind: 'malformed', message: `what came is not HTTP: ${message}` };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const status =
    /^Proxy response \((\d+)\)/.exec(message)?.[1] ?? (isProxyRefusal(error) ? '407' : undefined);
  if (status !== undefined) return `the proxy answered ${status}`;
  return UNREACHABLE[failureCode(error)] ?? message;
}

function failureCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
