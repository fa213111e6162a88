import { BODY_LIMIT } from '../target/bodies.ts';

/** Bytes that captures may hold together; what exceeds it is forwarded without being kept. */
export interface CaptureBudget {
  left: number;
}

/** What passed by of a body. */
export interface BodyCapture {
  add(chunk: Uint8Array): void;
  /** The whole body; `undefined` when it was too large to be kept. Frees what is held. */
  take(): Uint8Array | undefined;
}

/** Makes a capture that keeps at most 4 MiB, and no more than the budget has left. */
export function captureBytes(budget: CaptureBudget): BodyCapture {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let isWhole = true;
  const release = (): void => {
    budget.left += size;
    chunks = [];
    size = 0;
  };
  return {
    add(chunk) {
      if (!isWhole) return;
      isWhole = size + chunk.length <= BODY_LIMIT && chunk.length <= budget.left;
      if (!isWhole) return release();
      chunks.push(chunk);
      size += chunk.length;
      budget.left -= chunk.length;
    },
    take() {
      const bytes = isWhole ? joinedChunks(chunks, size) : undefined;
      release();
      return bytes;
    },
  };
}

/** Bytes of their own: a view of a pool would take all of it to another thread. */
function joinedChunks(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
