import { clauses } from '../page/catalogue.ts';
import { page } from '../page/title.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import type { Report } from '../verdict/report.ts';
import { clauseVerdicts, type FailOn, type Reproduce, summarize } from '../verdict/verdict.ts';

/** What a report on traffic is made of. */
export interface TrafficReportParts {
  readonly tool: Report['tool'];
  /** Where the exchanges went, or the file that they were recorded in. */
  readonly endpoint: string;
  /** How they came to be judged. */
  readonly profile: 'recorded' | 'proxied';
  readonly evidence: EvidenceData;
  readonly failOn: FailOn;
  readonly startedAt: Date;
  readonly reproduce: Reproduce;
}

/** Why a clause was not exercised: nobody chose what was sent. */
const NOT_SEEN = {
  recorded: 'no exchange of the recording is evidence for it',
  proxied: 'no exchange that passed the proxy was evidence for it',
} as const;

/** The report on exchanges that were made elsewhere. */
export function trafficReport({
  tool,
  endpoint,
  profile,
  evidence,
  failOn,
  startedAt,
  reproduce,
}: TrafficReportParts): Report {
  const verdicts = clauseVerdicts(clauses, evidence, reproduce, NOT_SEEN[profile]);
  return {
    tool,
    page,
    target: { endpoint, arranged: 'the client' },
    run: {
      profile,
      seed: 0,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      exchanges: evidence.exchanges,
      failOn,
    },
    summary: summarize(verdicts, failOn),
    clauses: verdicts,
  };
}
