import { judgeBody } from '../judge/judge.ts';
import type { Evidence } from '../verdict/evidence.ts';
import type { Recording } from './read-recording.ts';
import { redactedChoice, redactedExchange, redactedFinding } from './redacted-exchange.ts';
import { createSecretKeeper } from './secrets.ts';
import { type Tally, tallied } from './tally.ts';
import { createTrafficJudge, isLeftAlone } from './traffic-judge.ts';

/** What became of the items of a recording. */
export interface RecordingCounts {
  readonly judged: number;
  /** Of this API, but not recorded completely: how many, by what is the matter. */
  readonly incomplete: Tally;
  /** Of this API, but answered by something else: how many, by what did. */
  readonly byAnother: Tally;
  /** Of this API, but of operations that are not judged. */
  readonly other: number;
  /** Not of this API. */
  readonly foreign: number;
  /** Not readable as an exchange. */
  readonly broken: number;
}

/** Judges every exchange of a recording; what is seen is added to the evidence, without credentials. */
export async function judgeRecording(
  { exchanges, foreign, unjudged, broken, secrets }: Recording,
  options: { readonly evidence: Evidence; readonly projectId?: string },
): Promise<RecordingCounts> {
  const judge = createTrafficJudge({ ...options, secrets });
  let incomplete: Tally = {};
  let byAnother: Tally = {};
  let judged = 0;
  let other = unjudged;
  for await (const recorded of exchanges()) {
    const outcome = judge.judge(recorded);
    if (!isLeftAlone(outcome)) judged++;
    else if (outcome === 'other operation') other++;
    else if (outcome === 'incomplete') incomplete = tallied(incomplete, recorded.missing?.reason ?? '');
    else byAnother = tallied(byAnother, outcome.another);
  }
  return { judged, incomplete, byAnother, other, foreign, broken };
}

/** Judges the body of a 200 answer alone: only clauses of the body itself are exercised. */
export function judgeRecordedBody(body: string, evidence: Evidence): void {
  const isOfBody = (id: string): boolean => id.startsWith('body.');
  const { exercised, findings, choices } = judgeBody(body);
  const exchange = {
    request: { method: 'POST', url: '', headers: {} },
    response: { status: 200, headers: {}, body },
  };
  const redaction = createSecretKeeper().redactionFor(exchange);
  evidence.record(
    {
      exercised: exercised.filter(isOfBody),
      findings: findings
        .filter(({ clause }) => isOfBody(clause))
        .map(finding => redactedFinding(finding, redaction)),
      choices: choices.map(shown => redactedChoice(shown, redaction)),
    },
    redactedExchange(exchange, redaction),
  );
}
