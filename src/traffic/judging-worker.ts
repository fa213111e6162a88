/** The thread that judges what passes a proxy, so that forwarding never waits for judging. */

import { parentPort, workerData } from 'node:worker_threads';
import { createCapturedJudge } from './captured-judge.ts';
import type { JudgingAnswer, JudgingRequest, JudgingSettings } from './judging-messages.ts';

if (parentPort !== null) {
  const port = parentPort;
  // At the edge: only judging-thread.ts starts this file.
  const { projectId } = workerData as JudgingSettings;
  const judge = createCapturedJudge(projectId);
  const answer = (message: JudgingAnswer): void => port.postMessage(message);
  let last = Promise.resolve();
  port.on('message', (request: JudgingRequest) => {
    last = last.then(async () => {
      if (request === 'end') {
        answer({ evidence: judge.evidence() });
        port.close();
      } else if (request === 'gap') {
        judge.forget();
      } else {
        answer({ judged: await judge.judge(request) });
      }
    });
  });
}
