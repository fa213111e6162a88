import { judgeBody } from '../judge/judge.ts';
import type { Evidence } from '../verdict/evidence.ts';
import type { Recording } from './read-recording.ts';
import { createSecretKeeper } from './secrets.ts';
import { createTrafficJudge } from './traffic-judge.ts';

/** What became of the exchanges of a recording. */
export interface RecordingCounts {
  readonly judged: number;
  /** Of this API, but not recorded completely. */
  readonly incomplete: number;
  /** Not of this API. */
  readonly foreign: number;
}

/** Judges every exchange of a recording; what is seen is added to the evidence, without credentials. */
export function judgeRecording(
  { exchanges, foreign, secrets }: Recording,
  options: { readonly evidence: Evidence; readonly projectId?: string },
): RecordingCounts {
  const keeper = createSecretKeeper();
  keeper.remember(secrets);
  const judge = createTrafficJudge({ ...options, secrets: keeper });
  let judged = 0;
  for (const recorded of exchanges) {
    if (judge.judge(recorded) !== undefined) judged++;
  }
  return { judged, incomplete: exchanges.length - judged, foreign };
}

/** Judges the body of a 200 answer alone: only clauses of the body itself are exercised. */
export function judgeRecordedBody(body: string, evidence: Evidence): void {
  const { exercised, findings } = judgeBody(body);
  const isOfBody = (id: string): boolean => id.startsWith('body.');
  const exchange = {
    request: { method: 'POST', url: '', headers: {} },
    response: { status: 200, headers: {}, body },
  };
  evidence.record(
    { exercised: exercised.filter(isOfBody), findings: findings.filter(({ clause }) => isOfBody(clause)) },
    exchange,
  );
}
