import { Worker } from 'node:worker_threads';
import { type Tally, tallied } from '../traffic/tally.ts';
import { isLeftAlone, type JudgedExchange } from '../traffic/traffic-judge.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import { inBatches } from './batches.ts';
import type { CapturedExchange } from './captured.ts';
import type { JudgingAnswer, JudgingRequest, JudgingSettings } from './judging-messages.ts';

/** What a thread judged in all. */
export interface JudgingOutcome {
  readonly evidence: EvidenceData;
  /** Exchanges of this API that were not judged, since not all of them was kept. */
  readonly incomplete: number;
  /** Exchanges that something else than the API answered, by what did. */
  readonly byAnother: Tally;
  /** Exchanges of this API's operations that are not judged. */
  readonly other: number;
  /** Exchanges that were not judged, since judging fell behind. */
  readonly skipped: number;
}

/** Judges in a thread of its own. */
export interface JudgingThread {
  /** Hands over an exchange, in the order in which they ended. */
  judge(captured: CapturedExchange): void;
  /**
   * Waits for what was handed over, and ends the thread.
   *
   * @throws Error when the thread broke down
   */
  end(): Promise<JudgingOutcome>;
}

/** What may wait for the judge; beyond it exchanges are forwarded without being judged. */
const MOST_WAITING = 10_000;
const MOST_WAITING_BYTES = 128 * 1024 * 1024;

/**
 * Starts a thread that judges. Needs the built package: a thread cannot load TypeScript.
 *
 * @param onJudged told of each exchange that was judged
 */
export function startJudgingThread(
  settings: JudgingSettings,
  onJudged: (judged: JudgedExchange) => void,
): JudgingThread {
  const worker = new Worker(new URL('./judging-worker.js', import.meta.url), { workerData: settings });
  const requests = inBatches<JudgingRequest>(batch => worker.postMessage(batch));
  const waiting: number[] = [];
  let isInGap = false;
  let waitingBytes = 0;
  let incomplete = 0;
  let byAnother: Tally = {};
  let other = 0;
  let skipped = 0;
  const evidence = new Promise<EvidenceData>((resolve, reject) => {
    worker.once('error', error =>
      reject(new Error(`Judging broke down: ${error.message}`, { cause: error })),
    );
    const take = (answer: JudgingAnswer): void => {
      if ('evidence' in answer) {
        resolve(answer.evidence);
        return;
      }
      waitingBytes -= waiting.shift() ?? 0;
      const { judged } = answer;
      if (!isLeftAlone(judged)) onJudged(judged);
      else if (judged === 'incomplete') incomplete++;
      else if (judged === 'other operation') other++;
      else byAnother = tallied(byAnother, judged.another);
    };
    worker.on('message', (batch: readonly JudgingAnswer[]) => batch.forEach(take));
  });
  // Told by end(); until then forwarding goes on.
  evidence.catch(() => undefined);
  return {
    judge(captured) {
      const bytes = (captured.body?.byteLength ?? 0) + (captured.answer?.body?.byteLength ?? 0);
      if (waiting.length >= MOST_WAITING || waitingBytes + bytes > MOST_WAITING_BYTES) {
        if (!isInGap) requests.add('gap');
        isInGap = true;
        skipped++;
        return;
      }
      isInGap = false;
      waiting.push(bytes);
      waitingBytes += bytes;
      requests.add(captured);
    },
    async end() {
      requests.add('end');
      requests.flush();
      return { evidence: await evidence, incomplete, byAnother, other, skipped };
    },
  };
}
