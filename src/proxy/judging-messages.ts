import type { JudgedExchange, LeftAlone } from '../traffic/traffic-judge.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import type { CapturedExchange } from './captured.ts';

/** What the thread that judges is started with. */
export interface JudgingSettings {
  readonly projectId?: string;
}

/** What it is sent: exchanges in the order in which they ended, `gap` where some are left out, then `end`. */
export type JudgingRequest = CapturedExchange | 'gap' | 'end';

/** What it answers, in order: for each exchange what is said of it, and at the end the evidence. */
export type JudgingAnswer =
  | { readonly judged: JudgedExchange | LeftAlone }
  | { readonly evidence: EvidenceData };
