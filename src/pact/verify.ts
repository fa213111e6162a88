import { rm } from 'node:fs/promises';
import type { CredentialOptions } from '../run/credential-options.ts';
import { connectCredentials } from '../run/credentials.ts';
import {
  checkRunOptions,
  type ResolvedTarget,
  type RunOptions,
  settingsOf,
  targetOfMock,
} from '../run/options.ts';
import { preflight } from '../run/preflight.ts';
import { clean } from '../run/run.ts';
import type { RunSettings } from '../run/settings.ts';
import { type CleanedUp, createTarget, openJournal } from '../target/index.ts';
import { type FoundPacts, findPacts, type PactSourceOptions } from './pact-source.ts';
import type { VerifiedInteraction } from './verification.ts';
import { NOTHING_VERIFIED, type Verified, verifyWithinReach } from './verify-within-reach.ts';

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
    > {}

/** What verifying came to. */
export interface VerifyResult {
  readonly verdict: 'conformant' | 'nonconformant' | 'inconclusive';
  /** The verdict in a sentence. */
  readonly reason: string;
  readonly interactions: readonly VerifiedInteraction[];
  /** What a broker has to say, a line each. */
  readonly notices: readonly string[];
  /** Why the broker was not told, or not the same, though it should have been. */
  readonly publishingProblem?: string;
  /** What was created and could not be deleted. */
  readonly remaining: CleanedUp['remaining'];
  /** The journal of what remains, when something does. */
  readonly journalPath?: string;
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
  const { endpoint } = options;
  const found = await findPacts(options);
  if (endpoint !== undefined) {
    const connected = await connectCredentials(options);
    if (connected.ok) return verifyAgainst(options, found, { ...options, endpoint, ...connected });
    return { ...NOTHING_VERIFIED, ...conclusion([], connected.reason), remaining: [], wasInterrupted: false };
  }
  const { startMock } = await import('../mock/index.ts');
  const mock = await startMock();
  try {
    return await verifyAgainst(options, found, targetOfMock(mock));
  } finally {
    await mock.close();
  }
}

async function verifyAgainst(
  options: VerifyOptions,
  found: FoundPacts,
  resolved: ResolvedTarget,
): Promise<VerifyResult> {
  const settings = settingsOf({ ...options, maxRequests: MOST_REQUESTS }, resolved);
  let remaining: CleanedUp['remaining'] = [];
  let verified: Verified = NOTHING_VERIFIED;
  let refusal: string | undefined;
  try {
    refusal = await refusalOf(settings);
    if (refusal === undefined) verified = await verifyWithinReach(options, found, settings);
  } finally {
    ({ remaining } = await clean(settings, MOST_REQUESTS));
    if (remaining.length === 0) await rm(settings.journalPath, { force: true });
  }
  const { trouble, ...rest } = verified;
  const wasInterrupted = options.signal?.aborted ?? false;
  const obstacle = refusal ?? (trouble === undefined ? undefined : `the verifier could not run: ${trouble}`);
  return {
    ...rest,
    ...conclusion(rest.interactions, wasInterrupted ? 'the verification was interrupted' : obstacle),
    remaining,
    ...(remaining.length === 0 ? {} : { journalPath: settings.journalPath }),
    wasInterrupted,
  };
}

/** Why verifying would be pointless. */
async function refusalOf(settings: RunSettings): Promise<string | undefined> {
  const target = createTarget(settings);
  const journal = openJournal(settings.journalPath);
  try {
    return await preflight(target, journal, settings);
  } finally {
    journal.close();
    await target.close();
  }
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
