import { BrokerError } from './broker.ts';
import { openBroker } from './broker-client.ts';
import { applyingNotices } from './broker-notices.ts';
import { publishResult } from './broker-results.ts';
import type { Publication } from './pact-source.ts';
import type { VerifiedPact } from './verify-within-reach.ts';

/** What a broker was told of a pact. */
export interface ToldOfPact {
  readonly consumer: string;
  readonly provider: string;
  readonly told: 'success' | 'failure' | 'nothing';
  /** Why it was told nothing. */
  readonly reason?: string;
  /** Whether the pact does not count yet. */
  readonly isPending: boolean;
}

/** What a broker is to be told of a pact. */
type Tellable = { readonly success: boolean } | { readonly withheld: string };

/**
 * What is true of a pact: it failed when an interaction did that is not itself marked as pending, whatever was
 * left out; it holds when everything does but what the user consented to leaving out.
 */
export function tellable({ pact, verified }: VerifiedPact): Tellable {
  const isFailure = verified.some(
    ({ verdict }, index) =>
      (verdict === 'fail' || verdict === 'pending') && pact.interactions[index]?.isPending !== true,
  );
  if (isFailure) return { success: false };
  const left = verified.filter(({ verdict, isConsented }) => verdict === 'left-out' && !isConsented).length;
  if (left > 0) return { withheld: `${left} of its ${verified.length} interactions were left out` };
  const isSomething = verified.some(({ verdict }) => verdict === 'pass');
  return isSomething ? { success: true } : { withheld: 'nothing of it was verified' };
}

/** Tells a broker what became of each pact; one that it does not take holds up no other. */
export async function publishResults(
  pacts: readonly VerifiedPact[],
  { broker, provider }: Publication,
): Promise<readonly ToldOfPact[]> {
  const client = openBroker(broker);
  const told: ToldOfPact[] = [];
  let isReachable = true;
  const tell = async (each: VerifiedPact): Promise<Pick<ToldOfPact, 'told' | 'reason'>> => {
    const result = tellable(each);
    if ('withheld' in result) return { told: 'nothing', reason: result.withheld };
    if (!isReachable) return { told: 'nothing', reason: 'the broker is not reachable any more' };
    try {
      const { success } = result;
      await publishResult(
        client,
        { pact: each.pact.content, success, interactions: each.verified },
        provider,
      );
      return { told: success ? 'success' : 'failure' };
    } catch (error) {
      if (!(error instanceof BrokerError)) throw error;
      isReachable = error.trouble !== 'not reachable';
      return { told: 'nothing', reason: `the broker did not take the result: ${error.message}` };
    }
  };
  try {
    for (const each of pacts) {
      const { pact, isPending } = each;
      told.push({ consumer: pact.consumer, provider: pact.provider, isPending, ...(await tell(each)) });
    }
  } finally {
    await client.close();
  }
  return told;
}

/** What the broker has to say now that its pacts are verified, each once. */
export function noticesOn(
  pacts: readonly VerifiedPact[],
  told: readonly ToldOfPact[] | undefined,
): readonly string[] {
  const texts = pacts.flatMap((each, index) => {
    const result = tellable(each);
    const success = 'success' in result ? result.success : undefined;
    const published = told !== undefined && told[index]?.told !== 'nothing';
    return applyingNotices(each.notices, success === undefined ? undefined : { success, published });
  });
  return [...new Set(texts)];
}
