import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunSettings } from '../run/settings.ts';
import { runContracts } from './contract-engine.ts';
import { DEFAULT_NAMING } from './naming.ts';
import { type PactDocument, withInteractions } from './pact-document.ts';
import type { FoundPacts } from './pact-source.ts';
import { obstacleTo } from './reach.ts';
import { tokenUses } from './token-uses.ts';
import type { VerifiedInteraction } from './verification.ts';
import type { PactSource, VerificationOutcome, VerificationSettings } from './verifier.ts';

/** What became of the interactions. */
export interface Verified {
  readonly interactions: readonly VerifiedInteraction[];
  /** What a broker has to say, a line each. */
  readonly notices: readonly string[];
  /** Why the broker was not told, or not the same, though it should have been. */
  readonly publishingProblem?: string;
  /** Why the verifier could not run. */
  readonly trouble?: string;
}

export const NOTHING_VERIFIED: Verified = { interactions: [], notices: [] };

interface VerifyWithinReachOptions {
  readonly provider?: string;
  readonly publishResults?: boolean;
  readonly signal?: AbortSignal;
}

/** Verifies the interactions whose states are within reach; the others are named. */
export async function verifyWithinReach(
  options: VerifyWithinReachOptions,
  { pacts, atBroker }: FoundPacts,
  run: RunSettings,
): Promise<Verified> {
  const { provider = DEFAULT_NAMING.provider, publishResults = false, signal } = options;
  const leftOut = pacts.flatMap(pact => leftOutOf(pact, run));
  const within = pacts
    .map(pact => withInteractions(pact, each => obstacleTo(each, run) === undefined))
    .filter(pact => pact.interactions.length > 0);
  const verifyFrom = async (source: PactSource): Promise<VerificationOutcome> => {
    const outcome = await runVerifier({ run, provider, source, tokens: tokenUses(pacts) }, signal);
    const expected = within.reduce((sum, pact) => sum + pact.interactions.length, 0);
    const seen = outcome.interactions.length;
    if (seen === expected || outcome.trouble !== undefined) return outcome;
    return { ...outcome, trouble: `the verifier went through ${seen} of ${expected} interactions` };
  };
  if (atBroker !== undefined && leftOut.length === 0) {
    const { unpublished, ...verified } = await verifyFrom(atBroker);
    const problem = publishResults ? problemOf(verified.interactions, unpublished) : undefined;
    return problem === undefined ? verified : { ...verified, publishingProblem: problem };
  }
  const { interactions, ...verified } =
    within.length === 0 ? NOTHING_VERIFIED : await withFiles(within, pactUrls => verifyFrom({ pactUrls }));
  return {
    ...verified,
    interactions: [...interactions, ...leftOut],
    ...(publishResults ? { publishingProblem: NOT_PUBLISHED } : {}),
  };
}

/** As everywhere in Pact: what was not verified as a whole is not published. */
const NOT_PUBLISHED = 'the results are not published, since interactions were left out';

/** The verifier counts what could not be asked of the target as failed. */
function problemOf(
  interactions: readonly VerifiedInteraction[],
  unpublished: string | undefined,
): string | undefined {
  if (unpublished !== undefined) return `the broker did not take the results: ${unpublished}`;
  const isLeftOut = interactions.some(({ verdict }) => verdict === 'left-out');
  return isLeftOut ? 'the broker was told of a failure, since interactions were left out' : undefined;
}

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
  const outcome = tests[0]?.meta().verification ?? NOTHING_VERIFIED;
  const [failure] = failures;
  return failure === undefined ? outcome : { ...outcome, trouble: failure };
}
