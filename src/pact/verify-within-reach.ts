import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunSettings } from '../run/settings.ts';
import type { FoundPact } from './broker-pacts.ts';
import { runContracts } from './contract-engine.ts';
import { DEFAULT_NAMING } from './naming.ts';
import { type PactDocument, type PactInteraction, withInteractions } from './pact-document.ts';
import { type Obstacle, obstacleTo } from './reach.ts';
import { tokenUses } from './token-uses.ts';
import { type Outcome, type VerifiedInteraction, verdictOn } from './verification.ts';
import type { PactOutcome, VerificationOutcome, VerificationSettings } from './verifier.ts';

/** A pact, and what became of its interactions. */
export interface VerifiedPact extends FoundPact {
  readonly verified: readonly VerifiedInteraction[];
}

/** What became of the pacts. */
export interface Verified {
  readonly pacts: readonly VerifiedPact[];
  /** Why what was seen counts for nothing: the verifier could not run, or the target went away. */
  readonly obstacle?: string;
}

interface VerifyWithinReachOptions {
  readonly provider?: string;
  readonly unreachableState?: readonly string[];
  readonly signal?: AbortSignal;
}

/** Verifies the interactions whose states are within reach; the others are named. */
export async function verifyWithinReach(
  { provider = DEFAULT_NAMING.provider, unreachableState = [], signal }: VerifyWithinReachOptions,
  found: readonly FoundPact[],
  run: RunSettings,
): Promise<Verified> {
  const isWithinReach = (each: PactInteraction): boolean => obstacleTo(each, run) === undefined;
  const within = found.map(({ pact }) => withInteractions(pact, pact.interactions.filter(isWithinReach)));
  const asked = within.filter(pact => pact.interactions.length > 0);
  const { pacts, gone, failure } = await withFiles(asked, files => {
    const tokens = tokenUses(found.map(({ pact }) => pact));
    return runVerifier({ run, provider, pacts: files, tokens }, signal);
  });
  const outcomes = new Map(asked.map((pact, index) => [pact, outcomesOf(pact, pacts[index])]));
  const verified = found.map((each, index): VerifiedPact => {
    const { pact, isPending } = each;
    const terms = { consumer: pact.consumer, isPending, unreachable: unreachableState };
    const left = [...(outcomes.get(within[index] ?? pact) ?? [])];
    const outcomeOf = (interaction: PactInteraction): Outcome => {
      const obstacle = obstacleTo(interaction, run);
      return obstacle === undefined ? (left.shift() ?? NOT_REACHED) : notAsked(obstacle);
    };
    return { ...each, verified: pact.interactions.map(one => verdictOn(one, outcomeOf(one), terms)) };
  });
  const obstacle = gone === undefined ? failure : `the target went away: ${gone}`;
  return { pacts: verified, ...(obstacle === undefined ? {} : { obstacle }) };
}

function notAsked(obstacle: Obstacle): Outcome {
  return { isOk: false, reasons: [obstacle.reason], obstacle };
}

const NOT_REACHED = notAsked({ reason: 'the verifier did not get to it', isState: false });

/** The outcomes of the interactions of a pact, in order; those of none when it is not sure which is which. */
function outcomesOf({ interactions }: PactDocument, outcome: PactOutcome | undefined): readonly Outcome[] {
  if (outcome === undefined) return [];
  if ('outcomes' in outcome && outcome.outcomes.length === interactions.length) return outcome.outcomes;
  const reason =
    'trouble' in outcome
      ? `the verifier could not run: ${outcome.trouble}`
      : `the verifier went through ${outcome.outcomes.length} of ${interactions.length} interactions`;
  return interactions.map(() => notAsked({ reason, isState: false }));
}

/** The pacts as files, for as long as the work takes. */
async function withFiles(
  pacts: readonly PactDocument[],
  work: (files: readonly string[]) => Promise<VerifierRun>,
): Promise<VerifierRun> {
  if (pacts.length === 0) return { pacts: [] };
  const folder = await mkdtemp(join(tmpdir(), 'fgs-conformance-pacts-'));
  try {
    const files = pacts.map((_, index) => join(folder, `${index}.json`));
    await Promise.all(files.map((file, index) => writeFile(file, pacts[index]?.text ?? '')));
    return await work(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface VerifierRun extends VerificationOutcome {
  /** Why the verifier could not run at all. */
  readonly failure?: string;
}

async function runVerifier(
  verification: VerificationSettings,
  signal: AbortSignal | undefined,
): Promise<VerifierRun> {
  const { tests, failures } = await runContracts({
    file: 'provider.verification',
    provide: { verification },
    ...(signal === undefined ? {} : { signal }),
  });
  const outcome = tests[0]?.meta().verification ?? { pacts: [] };
  const [failure] = failures;
  return failure === undefined ? outcome : { ...outcome, failure: `the verifier could not run: ${failure}` };
}
