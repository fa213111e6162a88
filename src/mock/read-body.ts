import type { IncomingMessage } from 'node:http';
import { refusal } from './refusals.ts';

/**
 * A package of 50 MB in base64, and what is around it. Smaller limits are held against bodies that were read,
 * so that the connection survives.
 */
const READ_LIMIT_BYTES = 70 * 1024 * 1024;

/** A body from this size on waits for its turn to be read. */
const LARGE_BYTES = 1024 * 1024;

/** Large bodies that are read at a time; the others wait in their connections. */
const MOST_LARGE = 16;

/**
 * Makes what reads bodies for one server: it holds few large ones at a time, however many connections send some.
 *
 * @returns a function that reads the body of a request. @throws a refusal: 413 when it is too large
 */
export function createBodyReader(): (request: IncomingMessage) => Promise<Buffer> {
  const turns = createTurns(MOST_LARGE);
  return async request => {
    const announced = Number(request.headers['content-length'] ?? 0);
    const chunks: Buffer[] = [];
    let size = 0;
    let isLarge = false;
    try {
      // A request that is destroyed takes its connection with it.
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        size += chunk.length;
        if (Math.max(size, announced) > READ_LIMIT_BYTES) {
          request.resume();
          throw refusal(413, 'FSS.0413', 'The body is too large');
        }
        if (!isLarge && size > LARGE_BYTES) {
          await turns.take();
          isLarge = true;
        }
        chunks.push(chunk);
      }
      return Buffer.concat(chunks, size);
    } finally {
      if (isLarge) turns.giveBack();
    }
  };
}

interface Turns {
  take(): Promise<void>;
  giveBack(): void;
}

function createTurns(count: number): Turns {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    take: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>(resolve => waiting.push(resolve));
    },
    giveBack: () => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
