/** Raw bytes over a connection of their own, for requests that no HTTP client would make. */

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildConnector } from 'undici';
import type { Failure } from '../page/exchange.ts';
import { type AnswerReader, type AnswerSoFar, createAnswerReader } from './answer-reader.ts';
import type { WireRequest } from './connection.ts';
import { type ConnectionOptions, complete, cut, type WireAnswer } from './connection.ts';
import { failureOf } from './failures.ts';
import { bytesOf } from './request-bytes.ts';
import { trustedCertificates } from './trusted-certificates.ts';

/**
 * What is put on the wire, in order, until the answer is there.
 *
 * - `half-close`: nothing more is sent; the answer is still read
 * - `abandon`: the client goes away without waiting for an answer
 * - `awaitContinueMs`: the client waits for a 100 at most so long
 */
export type RawPart =
  | Buffer
  | { readonly pauseMs: number }
  | { readonly awaitContinueMs: number }
  | 'half-close'
  | 'abandon';

/** Why the conversation is over. */
type End = 'answered' | 'malformed' | 'too-large' | 'closed' | 'abandoned' | 'timeout';

/** Sends the parts and reads one answer. */
export async function exchangeRaw(
  options: ConnectionOptions,
  parts: readonly RawPart[],
): Promise<WireAnswer> {
  const answerTo = await converse(options, parts, 1);
  return answerTo(0);
}

/** Sends requests in one go and reads their answers, in order. */
export async function exchangePipelined(
  options: ConnectionOptions,
  requests: readonly WireRequest[],
): Promise<readonly { readonly request: WireRequest; readonly answer: WireAnswer }[]> {
  const answerTo = await converse(options, [Buffer.concat(requests.map(bytesOf))], requests.length);
  return Promise.all(requests.map(async (request, index) => ({ request, answer: await answerTo(index) })));
}

/** Answers what came in answer to each request; an answer that never came is a failure. */
async function converse(
  options: ConnectionOptions,
  parts: readonly RawPart[],
  expected: number,
): Promise<(index: number) => Promise<WireAnswer>> {
  const started = performance.now();
  const reader = createAnswerReader(expected);
  const end = await connect(options).then(
    socket => talk(socket, parts, reader, options.timeoutMs - (performance.now() - started)),
    (error: unknown) => unreachable(error, options),
  );
  const times = { startedAt: performance.timeOrigin + started, durationMs: performance.now() - started };
  return async index => ({ ...(await answerOf(reader.answers[index], end, options)), ...times });
}

function connect({ origin, timeoutMs, cacert }: ConnectionOptions): Promise<Socket> {
  const { protocol, host, hostname, port } = new URL(origin);
  // An IPv6 address stands in brackets in a URL, and nowhere else.
  const address = hostname.replace(/^\[|\]$/g, '');
  const trusted = cacert === undefined ? {} : { ca: trustedCertificates(cacert) };
  const connector = buildConnector({ timeout: timeoutMs, ...trusted });
  return new Promise((resolve, reject) => {
    connector({ protocol, host, hostname: address, port }, (error, socket) =>
      error ? reject(error) : resolve(socket),
    );
  });
}

function unreachable(error: unknown, { origin, timeoutMs }: ConnectionOptions): Failure {
  return failureOf(error, {
    origin,
    timeoutMs,
    isProxied: false,
    timedOut: false,
    connectError: error,
    connected: false,
    answering: false,
  });
}

async function talk(
  socket: Socket,
  parts: readonly RawPart[],
  reader: AnswerReader,
  timeoutMs: number,
): Promise<End> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort('timeout' satisfies End), timeoutMs);
  socket.on('data', (chunk: Buffer) => {
    reader.read(chunk);
    if (reader.end !== undefined) over.abort(reader.end satisfies End);
  });
  // What a connection that breaks has sent so far stands; that it is closed is told by "close".
  socket.on('error', () => {});
  socket.on('close', () => {
    reader.close();
    over.abort((reader.end ?? 'closed') satisfies End);
  });
  try {
    const isAbandoned = await write(socket, parts, reader, over.signal);
    if (isAbandoned) return 'abandoned';
    if (!over.signal.aborted) await once(over.signal, 'abort');
    return over.signal.reason as End; // the only reasons that are given
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** Answers whether the client went away. */
async function write(
  socket: Socket,
  parts: readonly RawPart[],
  reader: AnswerReader,
  over: AbortSignal,
): Promise<boolean> {
  const pause = (ms: number) => sleep(ms, undefined, { signal: over }).catch(() => undefined);
  for (const part of parts) {
    if (over.aborted) return false;
    if (Buffer.isBuffer(part)) socket.write(part);
    else if (part === 'half-close') socket.end();
    else if (part === 'abandon') {
      // An empty write is done when all before it are.
      await new Promise(resolve => socket.write('', resolve));
      return true;
    } else if ('pauseMs' in part) await pause(part.pauseMs);
    else await continued(socket, reader, () => pause(part.awaitContinueMs));
  }
  return false;
}

async function continued(socket: Socket, reader: AnswerReader, limit: () => Promise<unknown>): Promise<void> {
  const told = new Promise<void>(resolve => {
    const look = (): void => {
      if (!reader.mayContinue) return;
      socket.off('data', look);
      resolve();
    };
    socket.on('data', look);
    look();
  });
  await Promise.race([told, limit()]);
}

async function answerOf(
  answer: AnswerSoFar | undefined,
  end: End | Failure,
  options: ConnectionOptions,
): Promise<Omit<WireAnswer, 'startedAt' | 'durationMs'>> {
  if (typeof end === 'object') return { failure: end };
  if (answer === undefined) return { failure: failure(end, false, options) };
  const { isWhole, ...response } = answer;
  return isWhole ? complete(response) : { response: cut(response), failure: failure(end, true, options) };
}

function failure(end: End, answering: boolean, { timeoutMs }: ConnectionOptions): Failure {
  switch (end) {
    case 'timeout':
      return {
        kind: 'timeout',
        message: answering
          ? `the answer was not complete after ${timeoutMs} ms`
          : `no answer came within ${timeoutMs} ms`,
      };
    case 'malformed':
      return { kind: 'malformed', message: 'what came is not HTTP' };
    case 'too-large':
      return { kind: 'too-large', message: 'the answer is larger than the suite reads' };
    case 'abandoned':
      return { kind: 'reset', message: 'the client went away' };
    case 'closed':
    case 'answered':
      return {
        kind: 'reset',
        message: answering
          ? 'the connection was closed in the middle of the answer'
          : 'the connection was closed without a complete answer',
      };
  }
}
