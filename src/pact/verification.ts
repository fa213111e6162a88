import { isGatewayStatus } from '../page/rules/answers.ts';
import type { Episode } from './episode.ts';
import type { PactInteraction, PactState } from './pact-document.ts';
import type { Obstacle } from './reach.ts';
import type { VerifierFinding, VerifierResult } from './verifier-result.ts';

/**
 * What became of an interaction.
 *
 * - `pass`, `fail`: the target was asked
 * - `pending`: it failed, but does not count yet
 * - `left-out`: a state of it could not be reached, or only a gateway answered
 */
export type InteractionVerdict = 'pass' | 'fail' | 'pending' | 'left-out';

/** One interaction, verified or left out. */
export interface VerifiedInteraction {
  readonly consumer: string;
  readonly description: string;
  readonly states: readonly string[];
  readonly verdict: InteractionVerdict;
  /** What differs, or why it was left out; a sentence each. */
  readonly reasons: readonly string[];
  /** Whether its failure would not count: it is pending, or its pact is. */
  readonly isPending: boolean;
  /** Left out for want of a state that, as the user said, this provider cannot be brought into. */
  readonly isConsented: boolean;
  /** By which a broker knows it. */
  readonly id?: string;
}

/** What came of asking the target. */
export interface Outcome {
  readonly isOk: boolean;
  readonly reasons: readonly string[];
  /** Why it could not be asked after all. */
  readonly obstacle?: Obstacle;
}

/** Puts together what the verifier says and what the door saw: one episode for each interaction, in order. */
export function outcomesIn(result: VerifierResult, episodes: readonly Episode[]): readonly Outcome[] {
  const findings = [...result.errors, ...result.pendingErrors];
  return result.interactions.map(({ description, isOk }, index): Outcome => {
    const episode: Episode = episodes[index] ?? { states: [] };
    const finding = isOk ? undefined : takeFinding(findings, description);
    const obstacle = obstacleIn(episode);
    if (obstacle !== undefined) return { isOk: false, reasons: [obstacle.reason], obstacle };
    if (isOk) return { isOk, reasons: [] };
    return { isOk, reasons: noAnswer(episode) ?? finding?.mismatches ?? ['the verifier gave no reason'] };
  });
}

function takeFinding(findings: VerifierFinding[], description: string): VerifierFinding | undefined {
  const index = findings.findIndex(({ interaction }) => interaction.endsWith(` - ${description}`));
  return index === -1 ? undefined : findings.splice(index, 1)[0];
}

function obstacleIn({ obstacle, exchange }: Episode): Obstacle | undefined {
  if (obstacle !== undefined) return obstacle;
  const { response, failure } = exchange ?? {};
  if (failure?.kind === 'unreachable') return { reason: failure.message, isState: false };
  if (response === undefined || !isGatewayStatus(response.status)) return undefined;
  return { reason: `only a gateway answered, with ${response.status}`, isState: false };
}

function noAnswer({ exchange }: Episode): readonly string[] | undefined {
  return exchange?.failure === undefined ? undefined : [`no complete answer: ${exchange.failure.message}`];
}

/** What a verdict depends on besides the outcome. */
export interface Terms {
  readonly consumer: string;
  /** Whether the pact as a whole does not count yet. */
  readonly isPending: boolean;
  /** States that, as the user said, this provider cannot be brought into. */
  readonly unreachable: readonly string[];
}

/** How a user may name a state: `a function exists`, or by a parameter of it: `a function exists (dependencies)`. */
function namesOf({ name, params }: PactState): readonly string[] {
  return [name, ...Object.keys(params).map(param => `${name} (${param})`)];
}

/** The verdict on an interaction. */
export function verdictOn(
  interaction: PactInteraction,
  { isOk, reasons, obstacle }: Outcome,
  { consumer, isPending: isPactPending, unreachable }: Terms,
): VerifiedInteraction {
  const { id, description, states } = interaction;
  const isPending = isPactPending || interaction.isPending;
  const isNamed = states.flatMap(namesOf).some(name => unreachable.includes(name));
  return {
    consumer,
    description,
    states: states.map(({ name }) => name),
    verdict: obstacle !== undefined ? 'left-out' : isOk ? 'pass' : isPending ? 'pending' : 'fail',
    reasons,
    isPending,
    isConsented: obstacle?.isState === true && isNamed,
    ...(id === undefined ? {} : { id }),
  };
}
