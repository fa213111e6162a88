import type { Finding } from '../judge/finding.ts';
import { judge } from '../judge/judge.ts';
import { pathOf } from '../page/operations.ts';
import type { Evidence } from '../verdict/evidence.ts';
import type { RecordedExchange } from './recording.ts';
import { redactedExchange, redactedFinding } from './redacted-exchange.ts';
import { createSecretKeeper, type SecretKeeper, secretsIn } from './secrets.ts';
import { createTimeline } from './timeline.ts';

export interface TrafficJudgeOptions {
  /** The project of the credentials, when it is known. */
  readonly projectId?: string;
  /** Where what the exchanges say is collected, without credentials. */
  readonly evidence: Evidence;
  /** Credentials that are known already. */
  readonly secrets?: SecretKeeper;
}

/** What is said of an exchange that was judged, without credentials. */
export interface JudgedExchange {
  readonly method: string;
  readonly path: string;
  /** `undefined` when no answer came. */
  readonly status: number | undefined;
  readonly durationMs: number | undefined;
  /** How many clauses it was evidence for. */
  readonly exercised: number;
  readonly findings: readonly Finding[];
}

/** Judges exchanges that were made elsewhere, in their order. */
export interface TrafficJudge {
  /** Judges the next exchange; `undefined` when not all of it was recorded. */
  judge(recorded: RecordedExchange): JudgedExchange | undefined;
  /** Forgets what was followed: exchanges may have been missed. */
  forget(): void;
}

/**
 * Makes a judge that follows what the exchanges show of each function, so that an exchange is also held
 * against the ones before it.
 *
 * @example
 * const { judge } = createTrafficJudge({ evidence });
 * judge({ exchange, isEntangled: false })?.judgement.findings
 */
export function createTrafficJudge({
  projectId,
  evidence,
  secrets = createSecretKeeper(),
}: TrafficJudgeOptions): TrafficJudge {
  let timeline = createTimeline(projectId);
  return {
    judge(recorded) {
      const { exchange, missing } = recorded;
      secrets.remember(secretsIn(exchange));
      const context = timeline.next(recorded);
      if (missing !== undefined) return undefined;
      // Judged as it was: what stands in for a secret is no value of the target's.
      const { exercised, findings: found } = judge(exchange, context);
      const redaction = secrets.redactionFor(exchange);
      const findings = found.map(finding => redactedFinding(finding, redaction));
      // Of an exchange without findings nothing is kept.
      const kept = findings.length === 0 ? exchange : redactedExchange(exchange, redaction);
      evidence.record({ exercised, findings }, kept);
      const { request, response, durationMs } = exchange;
      return {
        method: redaction.text(request.method),
        path: redaction.text(pathOf(request.url)),
        status: response?.status,
        durationMs,
        exercised: exercised.length,
        findings,
      };
    },
    forget() {
      timeline = createTimeline(projectId);
    },
  };
}
