import type { CredentialOptions } from '../run/credential-options.ts';
import { throughout } from '../run/lifecycle.ts';
import { checkRunOptions, type RunOptions } from '../run/options.ts';
import type { Ending } from '../run/run-result.ts';
import { findPacts, type PactSourceOptions, type Publication } from './pact-source.ts';
import { noticesOn, publishResults, type ToldOfPact } from './publish-results.ts';
import type { VerifiedInteraction } from './verification.ts';
import { type Verified, verifyWithinReach } from './verify-within-reach.ts';

/** Which pacts are verified, and against what. Without `endpoint`, against the embedded mock server. */
export interface VerifyOptions
  extends PactSourceOptions,
    CredentialOptions,
    Pick<
      RunOptions,
      | 'endpoint'
      | 'projectId'
      | 'region'
      | 'functionUrn'
      | 'arrange'
      | 'statesUrl'
      | 'resources'
      | 'rate'
      | 'timeoutMs'
      | 'cacert'
      | 'journalPath'
      | 'signal'
      | 'watcher'
    > {
  /** States that this provider cannot be brought into: what needs them may be left out. */
  readonly unreachableState?: readonly string[];
}

/** What verifying came to. */
export interface VerifyResult extends Ending {
  readonly verdict: 'conformant' | 'nonconformant' | 'inconclusive';
  /** The verdict in a sentence. */
  readonly reason: string;
  readonly interactions: readonly VerifiedInteraction[];
  /** What a broker has to say, a line each. */
  readonly notices: readonly string[];
  /** What the broker was told of each pact, when it was to be told. */
  readonly told?: readonly ToldOfPact[];
  readonly wasInterrupted: boolean;
}

/** More than any number of pacts asks for. */
const MOST_REQUESTS = 1_000_000;

/**
 * Verifies that a provider honours its pacts, and deletes what was created for it.
 *
 * @throws UsageError when the options contradict each other, or there is no pact
 * @throws BrokerError when the broker is not reachable, refuses the credentials or has no pact
 */
export async function verifyPacts(options: VerifyOptions = {}): Promise<VerifyResult> {
  checkRunOptions(options);
  const { pacts, publication } = await findPacts(options);
  if (pacts.length === 0) return { ...NO_PACTS, wasInterrupted: false };
  const { used, ending } = await throughout({ ...options, maxRequests: MOST_REQUESTS }, async begun => {
    const { obstacle, settings } = begun;
    if (obstacle !== undefined) return { pacts: pacts.map(each => ({ ...each, verified: [] })), obstacle };
    return verifyWithinReach(options, pacts, settings);
  });
  const wasInterrupted = options.signal?.aborted ?? false;
  const obstacle = wasInterrupted ? 'the verification was interrupted' : used.obstacle;
  const verified = { ...used, ...(obstacle === undefined ? {} : { obstacle }) };
  const told = publication === undefined ? undefined : await tell(verified, publication);
  const all = verified.pacts.flatMap(each => each.verified);
  // Of a verification that did not come to its end, what it did not get to is no news.
  const interactions = obstacle === undefined ? all : all.filter(({ verdict }) => verdict !== 'left-out');
  return {
    ...conclusion(interactions, obstacle),
    interactions,
    notices: noticesOn(verified.pacts, told),
    ...(told === undefined ? {} : { told }),
    ...ending,
    wasInterrupted,
  };
}

const NO_PACTS = {
  verdict: 'conformant',
  reason: 'there is no pact to verify',
  interactions: [],
  notices: [],
  remaining: [],
} as const;

/** Of a verification that did not come to its end, nothing is told: what was seen may be nobody's fault. */
async function tell({ pacts, obstacle }: Verified, publication: Publication): Promise<readonly ToldOfPact[]> {
  if (obstacle === undefined) return publishResults(pacts, publication);
  return pacts.map(({ pact, isPending }) => ({
    consumer: pact.consumer,
    provider: pact.provider,
    told: 'nothing',
    reason: obstacle,
    isPending,
  }));
}

/** The verdict, in one word and in a sentence. */
function conclusion(
  interactions: readonly VerifiedInteraction[],
  obstacle: string | undefined,
): Pick<VerifyResult, 'verdict' | 'reason'> {
  if (obstacle !== undefined) return { verdict: 'inconclusive', reason: obstacle };
  const failed = interactions.filter(({ verdict }) => verdict === 'fail').length;
  const passed = interactions.filter(({ verdict }) => verdict === 'pass').length;
  const left = interactions.filter(isMissed).length;
  if (failed > 0) return { verdict: 'nonconformant', reason: `${failed} of the interactions failed` };
  if (interactions.every(({ verdict }) => verdict === 'left-out'))
    return { verdict: 'inconclusive', reason: 'nothing was verified' };
  if (left === 0) return { verdict: 'conformant', reason: holding(passed) };
  return {
    verdict: 'inconclusive',
    reason: `${holding(passed)}, but ${left} that count were left out (--unreachable-state NAME consents to that)`,
  };
}

/** Whether it should have been verified and was not. */
function isMissed({ verdict, isConsented, isPending }: VerifiedInteraction): boolean {
  return verdict === 'left-out' && !isConsented && !isPending;
}

function holding(passed: number): string {
  return passed === 1 ? '1 interaction holds' : `${passed} interactions hold`;
}
