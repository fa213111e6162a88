import type { CredentialOptions } from '../run/credential-options.ts';
import { type Ending, throughout } from '../run/lifecycle.ts';
import { checkRunOptions, type RunOptions } from '../run/options.ts';
import { findPacts, type PactSourceOptions } from './pact-source.ts';
import type { VerifiedInteraction } from './verification.ts';
import { NOTHING_VERIFIED, verifyWithinReach } from './verify-within-reach.ts';

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
      | 'rate'
      | 'timeoutMs'
      | 'cacert'
      | 'journalPath'
      | 'signal'
      | 'watcher'
    > {}

/** What verifying came to. */
export interface VerifyResult extends Ending {
  readonly verdict: 'conformant' | 'nonconformant' | 'inconclusive';
  /** The verdict in a sentence. */
  readonly reason: string;
  readonly interactions: readonly VerifiedInteraction[];
  /** What a broker has to say, a line each. */
  readonly notices: readonly string[];
  /** Why the broker was not told, or not the same, though it should have been. */
  readonly publishingProblem?: string;
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
  const found = await findPacts(options);
  const { used, ending } = await throughout({ ...options, maxRequests: MOST_REQUESTS }, async begun => {
    const { obstacle, settings } = begun;
    if (obstacle !== undefined) return { verified: NOTHING_VERIFIED, obstacle };
    const { trouble, ...verified } = await verifyWithinReach(options, found, settings);
    return {
      verified,
      obstacle: trouble === undefined ? undefined : `the verifier could not run: ${trouble}`,
    };
  });
  const { verified, obstacle } = used;
  const wasInterrupted = options.signal?.aborted ?? false;
  const reason = wasInterrupted ? 'the verification was interrupted' : obstacle;
  return { ...verified, ...conclusion(verified.interactions, reason), ...ending, wasInterrupted };
}

/** The verdict, in one word and in a sentence. */
function conclusion(
  interactions: readonly VerifiedInteraction[],
  obstacle: string | undefined,
): Pick<VerifyResult, 'verdict' | 'reason'> {
  const failed = interactions.filter(({ verdict }) => verdict === 'fail').length;
  const passed = interactions.filter(({ verdict }) => verdict === 'pass').length;
  if (failed > 0) return { verdict: 'nonconformant', reason: `${failed} of the interactions failed` };
  if (obstacle !== undefined) return { verdict: 'inconclusive', reason: obstacle };
  if (passed === 0) return { verdict: 'inconclusive', reason: 'nothing was verified' };
  return { verdict: 'conformant', reason: `${passed} interactions hold` };
}
