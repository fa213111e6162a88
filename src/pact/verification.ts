import { isGatewayStatus } from '../page/rules/answers.ts';
import type { Episode } from './episode.ts';
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
  readonly consumer?: string;
  readonly description: string;
  readonly states: readonly string[];
  readonly verdict: InteractionVerdict;
  /** What differs, or why it was left out; a sentence each. */
  readonly reasons: readonly string[];
}

/** Puts together what the verifier says and what the door saw: one episode for each interaction, in order. */
export function verifiedInteractions(
  result: VerifierResult,
  episodes: readonly Episode[],
): readonly VerifiedInteraction[] {
  const findings = [...result.errors, ...result.pendingErrors];
  const pending = new Set(result.pendingErrors);
  return result.interactions.map(({ description, isOk }, index): VerifiedInteraction => {
    const episode: Episode = episodes[index] ?? { states: [] };
    const known = { description, states: episode.states.filter(name => name !== '') };
    const finding = isOk ? undefined : takeFinding(findings, description);
    const obstacle = obstacleIn(episode);
    if (obstacle !== undefined) return { ...known, verdict: 'left-out', reasons: [obstacle] };
    if (isOk) return { ...known, verdict: 'pass', reasons: [] };
    const reasons = noAnswer(episode) ?? finding?.mismatches ?? ['the verifier gave no reason'];
    return { ...known, verdict: finding !== undefined && pending.has(finding) ? 'pending' : 'fail', reasons };
  });
}

function takeFinding(findings: VerifierFinding[], description: string): VerifierFinding | undefined {
  const index = findings.findIndex(({ interaction }) => interaction.endsWith(` - ${description}`));
  return index === -1 ? undefined : findings.splice(index, 1)[0];
}

function obstacleIn({ problem, exchange }: Episode): string | undefined {
  if (problem !== undefined) return problem;
  const status = exchange?.response?.status;
  return status !== undefined && isGatewayStatus(status)
    ? `only a gateway answered, with ${status}`
    : undefined;
}

function noAnswer({ exchange }: Episode): readonly string[] | undefined {
  return exchange?.failure === undefined ? undefined : [`no complete answer: ${exchange.failure.message}`];
}
