import type { Finding, Judgement } from '../judge/finding.ts';
import { foreignAnswerIn } from '../judge/foreign-answer.ts';
import { judge } from '../judge/judge.ts';
import { createFollower } from '../judge/past.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { pathOf } from '../page/operations.ts';
import { NOT_SHOWN } from '../verdict/choice-evidence.ts';
import { type Evidence, KEPT_FINDINGS } from '../verdict/evidence.ts';
import { createAcquaintance } from './acquaintance.ts';
import { concernOf, type Missing, type RecordedExchange } from './recording.ts';
import { redactedChoice, redactedExchange, redactedFinding } from './redacted-exchange.ts';
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

/**
 * Why an exchange is not judged: it is of another operation of this API, was not recorded completely, or something
 * else than the API answered.
 */
export type LeftAlone = 'other operation' | 'incomplete' | AnsweredByAnother;

export interface AnsweredByAnother {
  /** Completes a count, without credentials: `where something redirects to https://login.example.com/sso (302)`. */
  readonly another: string;
}

export function isLeftAlone(outcome: JudgedExchange | LeftAlone): outcome is LeftAlone {
  return typeof outcome === 'string' || 'another' in outcome;
}

/** Judges exchanges that were made elsewhere, in their order. */
export interface TrafficJudge {
  /** Judges the next exchange, or follows what it changes and leaves it alone. */
  judge(recorded: RecordedExchange): JudgedExchange | LeftAlone;
  /** Forgets what was followed: exchanges may have been missed. */
  forget(): void;
}

/**
 * Makes a judge that follows what the exchanges show of each function, so that an exchange is also held
 * against the ones before it.
 *
 * @example
 * const { judge } = createTrafficJudge({ evidence });
 * judge({ exchange }).findings
 */
export function createTrafficJudge({
  projectId,
  evidence,
  secrets = createSecretKeeper(),
}: TrafficJudgeOptions): TrafficJudge {
  let timeline = createTimeline(projectId);
  let follower = createFollower();
  const acquaintance = createAcquaintance();
  const shown = new Map<string, Set<string>>();

  /** Whether a finding is among those that are kept of its clause: a few, each with a message of its own. */
  const isNew = ({ clause, message }: Finding): boolean => {
    const messages = shown.get(clause) ?? new Set();
    if (messages.size >= KEPT_FINDINGS || messages.has(message)) return false;
    shown.set(clause, messages.add(message));
    return true;
  };

  return {
    judge(recorded) {
      const { exchange, missing, overlap = 'nothing' } = recorded;
      secrets.remember(secretsIn(exchange));
      const another = foreignAnswerIn(exchange);
      const isAnswered =
        another === undefined || (another.kind === 'page' && acquaintance.includes(exchange));
      if (another === undefined) acquaintance.meet(exchange);
      const context = timeline.next(recorded);
      const concern = concernOf(exchange.request);
      const past = concern === 'unjudged' ? undefined : follower.next(exchange, overlap !== 'nothing');
      if (concern !== 'judged') return 'other operation';
      if (!isAnswered) {
        return { another: secrets.redactionFor(exchange).text(`where something ${another.does}`) };
      }
      // Judged as it was: what stands in for a secret is no value of the target's.
      const {
        exercised,
        findings: found,
        choices,
      } = missing === undefined ? judge(exchange, context, past) : judgeStatus(exchange, context, missing);
      if (missing !== undefined && found.length === 0) return 'incomplete';
      const redaction = secrets.redactionFor(exchange);
      const findings = found.map(finding => redactedFinding(finding, redaction));
      // Only what a report shows is worth the search for secrets; nothing else is kept.
      const isShown =
        findings.filter(isNew).length > 0 ||
        choices.some(choice => evidence.choices.isExample(choice, exchange));
      const kept = isShown ? redactedExchange(exchange, redaction) : NOT_SHOWN;
      const told = isShown ? choices.map(each => redactedChoice(each, redaction)) : choices;
      evidence.record({ exercised, findings, choices: told }, kept);
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
      follower = createFollower();
    },
  };
}

const STATUS = 'status.documented';

/**
 * Holds no more than the status against the page, of an exchange that was not recorded completely. What a
 * refusal says decides whether it is one, so a 4xx without its body says nothing.
 */
function judgeStatus(exchange: Exchange, context: Context, { of }: Missing): Judgement {
  const { response } = exchange;
  if (of === 'request' || response === undefined || (response.status >= 400 && response.status < 500))
    return { exercised: [], findings: [], choices: [] };
  const { findings } = judge(exchange, context);
  return { exercised: [STATUS], findings: findings.filter(({ clause }) => clause === STATUS), choices: [] };
}
