import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { runContracts } from './contract-engine.ts';
import { DEFAULT_NAMING } from './naming.ts';
import { type PactDocument, withInteractions } from './pact-document.ts';
import { type FoundPacts, findPacts, type PactSourceOptions } from './pact-source.ts';
import { obstacleTo } from './reach.ts';
import { tokenUses } from './token-uses.ts';
import type { VerifiedInteraction } from './verification.ts';
import type { PactSource, VerificationOutcome, VerificationSettings } from './verifier.ts';

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
 * @throws Error when the verifier cannot run
 */
export async function verifyPacts(options: VerifyOptions = {}): Promise<VerifyResult> {
  checkRunOptions(options);
  const { endpoint } = options;
  const found = await findPacts(options);
  if (endpoint !== undefined) {
    const connected = await connectCredentials(options);
    if (connected.ok) return verifyAgainst(options, found, { ...options, endpoint, ...connected });
    const { reason } = connected;
    return { ...NOTHING, ...conclusion([], reason), remaining: [], wasInterrupted: false };
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
  let outcome = NOTHING;
  let refusal: string | undefined;
  try {
    refusal = await refusalOf(settings);
    if (refusal === undefined) outcome = await verifyReachable(options, found, settings);
  } finally {
    ({ remaining } = await clean(settings, MOST_REQUESTS));
    if (remaining.length === 0) await rm(settings.journalPath, { force: true });
  }
  const wasInterrupted = options.signal?.aborted ?? false;
  return {
    ...outcome,
    ...conclusion(outcome.interactions, wasInterrupted ? 'the verification was interrupted' : refusal),
    remaining,
    ...(remaining.length === 0 ? {} : { journalPath: settings.journalPath }),
    wasInterrupted,
  };
}

type Outcome = Omit<VerificationOutcome, 'trouble'>;

const NOTHING: Outcome = { interactions: [], notices: [] };

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

/** Verifies the interactions whose states are within reach; the others are named. */
async function verifyReachable(
  options: VerifyOptions,
  { pacts, atBroker }: FoundPacts,
  settings: RunSettings,
): Promise<Outcome> {
  const leftOut = pacts.flatMap(pact => leftOutOf(pact, settings));
  const within = pacts
    .map(pact => withInteractions(pact, each => obstacleTo(each, settings) === undefined))
    .filter(pact => pact.interactions.length > 0);
  if (within.length === 0) return { interactions: leftOut, notices: [] };
  const { provider = DEFAULT_NAMING.provider, signal, publishResults = false } = options;
  const verifyFrom = async (source: PactSource): Promise<Outcome> => {
    const verification = { run: settings, provider, source, tokens: tokenUses(pacts) };
    const outcome = await runVerifier(verification, signal);
    const expected = within.reduce((sum, pact) => sum + pact.interactions.length, 0);
    const seen = outcome.interactions.length;
    if (seen !== expected && signal?.aborted !== true)
      throw new Error(`The verifier went through ${seen} of ${expected} interactions.`);
    return outcome;
  };
  if (atBroker !== undefined && leftOut.length === 0) return verifyFrom(atBroker);
  const outcome = await withFiles(within, pactUrls => verifyFrom({ pactUrls }));
  return {
    interactions: [...outcome.interactions, ...leftOut],
    notices: [...outcome.notices, ...(publishResults ? [NOT_PUBLISHED] : [])],
  };
}

/** As everywhere in Pact: what was not verified as a whole is not published. */
const NOT_PUBLISHED = 'The results are not published, since interactions were left out.';

/** The pacts as files, for as long as the work takes. */
async function withFiles<Result>(
  pacts: readonly PactDocument[],
  work: (files: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-conformance-pacts-'));
  try {
    const files = pacts.map((_, index) => join(folder, `${index}.json`));
    await Promise.all(files.map((file, index) => writeFile(file, JSON.stringify(pacts[index]?.content))));
    return await work(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function leftOutOf({ interactions }: PactDocument, settings: RunSettings): readonly VerifiedInteraction[] {
  return interactions.flatMap((interaction): VerifiedInteraction[] => {
    const obstacle = obstacleTo(interaction, settings);
    if (obstacle === undefined) return [];
    const { description, states } = interaction;
    return [
      { description, states: states.map(({ name }) => name), verdict: 'left-out', reasons: [obstacle] },
    ];
  });
}

async function runVerifier(
  verification: VerificationSettings,
  signal: AbortSignal | undefined,
): Promise<VerificationOutcome> {
  const { tests, failures } = await runContracts({
    file: 'provider.verification',
    provide: { verification },
    ...(signal === undefined ? {} : { signal }),
  });
  const outcome = tests[0]?.meta().verification;
  const trouble = outcome?.trouble ?? failures[0];
  if (trouble !== undefined) throw new Error(`The verifier could not run: ${trouble}`);
  return outcome ?? NOTHING;
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
