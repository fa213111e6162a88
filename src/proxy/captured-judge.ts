import { clauses } from '../page/catalogue.ts';
import { createTrafficJudge, type JudgedExchange, type LeftAlone } from '../traffic/traffic-judge.ts';
import { createEvidence, type EvidenceData } from '../verdict/evidence.ts';
import { type CapturedExchange, recordedFrom } from './captured.ts';

/** Judges what passes a proxy. */
export interface CapturedJudge {
  /** Judges the next exchange, or says why it is left alone. Wait for one before the next. */
  judge(captured: CapturedExchange): Promise<JudgedExchange | LeftAlone>;
  /** Forgets what was followed: exchanges may have been missed. */
  forget(): void;
  /** What all exchanges said. */
  evidence(): EvidenceData;
}

export function createCapturedJudge(projectId?: string): CapturedJudge {
  const evidence = createEvidence(clauses.map(({ id }) => id));
  const traffic = createTrafficJudge({ evidence, ...(projectId === undefined ? {} : { projectId }) });
  return {
    judge: async captured => traffic.judge(await recordedFrom(captured)),
    forget: () => traffic.forget(),
    evidence: () => evidence.take(),
  };
}
