import { clauses } from '../page/catalogue.ts';
import type { Exchange } from '../page/exchange.ts';
import { page } from '../page/title.ts';
import type { EvidenceData } from '../verdict/evidence.ts';
import type { Report } from '../verdict/report.ts';
import { reportedChoices } from '../verdict/reported-choices.ts';
import {
  clauseVerdicts,
  type FailOn,
  NOTHING_EXERCISED,
  type Reproduce,
  summarize,
} from '../verdict/verdict.ts';
import { shortened } from './redacted-exchange.ts';
import { type Tally, tallyInWords, totalOf } from './tally.ts';

/** What a report on traffic is made of. */
export interface TrafficReportParts {
  readonly tool: Report['tool'];
  /** Where the exchanges went, or the file that they were recorded in. */
  readonly endpoint: string;
  /** How they came to be judged. */
  readonly profile: 'recorded' | 'proxied';
  readonly evidence: EvidenceData;
  /** What was left alone since something else than the API answered. */
  readonly byAnother: Tally;
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
  byAnother,
  failOn,
  startedAt,
  reproduce,
}: TrafficReportParts): Report {
  const isNobodyThere = evidence.exchanges === 0 && totalOf(byAnother) > 0;
  const obstacle = `${NOTHING_EXERCISED}: the API did not answer (${tallyInWords(byAnother)})`;
  const verdicts = clauseVerdicts(clauses, withinSize(evidence), reproduce, NOT_SEEN[profile]);
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
    summary: summarize(verdicts, failOn, isNobodyThere ? obstacle : undefined),
    clauses: verdicts,
    choices: reportedChoices(evidence.choices),
  };
}

/** Characters of bodies in a report; beyond it each is kept only in part. */
const MOST_CHARACTERS = 2 * 1024 * 1024;
const KEPT_OF_BODY = 1024;

/** The evidence with shorter bodies, when together they are too many. */
function withinSize(evidence: EvidenceData): EvidenceData {
  const seen = Object.values(evidence.clauses).flatMap(({ findings }) => findings);
  const lengths = seen.map(({ exchange: { request, response } }) => lengthOf(request) + lengthOf(response));
  if (lengths.reduce((sum, length) => sum + length, 0) <= MOST_CHARACTERS) return evidence;
  const clauses = Object.entries(evidence.clauses).map(([id, clause]) => [
    id,
    {
      ...clause,
      findings: clause.findings.map(finding => ({ ...finding, exchange: withShortBodies(finding.exchange) })),
    },
  ]);
  return { ...evidence, clauses: Object.fromEntries(clauses) };
}

function lengthOf({ body = '' }: { readonly body?: string } = {}): number {
  return body.length;
}

function withShortBodies({ request, response, ...rest }: Exchange): Exchange {
  return {
    ...rest,
    request: withShortBody(request),
    ...(response === undefined ? {} : { response: withShortBody(response) }),
  };
}

function withShortBody<Message extends { readonly body?: string; readonly bodyEncoding?: 'base64' }>(
  message: Message,
): Message {
  const { body, bodyEncoding } = message;
  if (body === undefined) return message;
  // What is in base64 must stay that.
  return { ...message, body: bodyEncoding ? body.slice(0, KEPT_OF_BODY) : shortened(body, KEPT_OF_BODY) };
}
