/** Messages between threads travel together: waking a thread costs more than most messages. */

/** How long a message waits for company, in milliseconds. */
const PAUSE_MS = 20;

const MOST_TOGETHER = 64;

export interface Batches<Message> {
  add(message: Message): void;
  /** Sends what waits. */
  flush(): void;
}

/** Collects messages and sends them in batches, in order. */
export function inBatches<Message>(send: (batch: readonly Message[]) => void): Batches<Message> {
  let batch: Message[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length > 0) send(batch);
    batch = [];
  };
  return {
    add(message) {
      batch.push(message);
      if (batch.length >= MOST_TOGETHER) flush();
      else timer ??= setTimeout(flush, PAUSE_MS);
    },
    flush,
  };
}
