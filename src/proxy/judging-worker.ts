/** The thread that judges what passes a proxy, so that forwarding never waits for judging. */

import { parentPort, workerData } from 'node:worker_threads';
import { inBatches } from './batches.ts';
import { createCapturedJudge } from './captured-judge.ts';
import type { JudgingAnswer, JudgingRequest, JudgingSettings } from './judging-messages.ts';

if (parentPort !== null) {
  const port = parentPort;
  // At the edge: only judging-thread.ts starts this file.
  const { projectId } = workerData as JudgingSettings;
  const judge = createCapturedJudge(projectId);
  const answers = inBatches<JudgingAnswer>(batch => port.postMessage(batch));
  const take = async (request: JudgingRequest): Promise<void> => {
    if (request === 'gap') {
      judge.forget();
    } else if (request === 'end') {
      answers.add({ evidence: judge.evidence() });
      answers.flush();
      port.close();
    } else {
      answers.add({ judged: await judge.judge(request) });
    }
  };
  let last = Promise.resolve();
  port.on('message', (batch: readonly JudgingRequest[]) => {
    last = last.then(async () => {
      for (const request of batch) await take(request);
    });
  });
}
