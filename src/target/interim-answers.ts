import type { Socket } from 'node:net';

/** `HTTP/1.1 100`, in bytes: the beginning of an answer that tells the client to go on. */
const CONTINUE = Buffer.from('HTTP/1.1 100');

/** An interim answer that undici passes over, as HTTP says that every one of them may be. */
const EARLY_HINTS = Buffer.from('HTTP/1.1 103');

const END_OF_HEAD = '\r\n\r\n';

/** Reads a connection on which a 100 that nobody asked for means nothing. */
export interface InterimAnswers {
  /** A request is about to be sent: what comes next is the head of an answer. */
  expectHead(): void;
}

/**
 * HTTP has clients ignore a 100 that they did not ask for, and gateways send some; undici ends the connection
 * over it. So it reads a 103 in its place.
 */
export function passingOverContinue(socket: Socket): InterimAnswers {
  let isHeadDue = true;
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (!isHeadDue || !Buffer.isBuffer(chunk)) return chunk;
    let at = 0;
    while (chunk.subarray(at, at + CONTINUE.length).equals(CONTINUE)) {
      EARLY_HINTS.copy(chunk, at);
      const end = chunk.indexOf(END_OF_HEAD, at);
      at = end === -1 ? chunk.length : end + END_OF_HEAD.length;
    }
    if (at < chunk.length) isHeadDue = false;
    return chunk;
  };
  return {
    expectHead: () => {
      isHeadDue = true;
    },
  };
}
