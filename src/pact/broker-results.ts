import { tool } from '../run/tool.ts';
import { BrokerError } from './broker.ts';
import { type BrokerClient, linkIn, notABroker, type Resource } from './broker-client.ts';
import type { VerifiedInteraction } from './verification.ts';

/** As what the provider was verified. */
export interface ProviderVersion {
  readonly version: string;
  readonly branch?: string;
  readonly tags: readonly string[];
  /** The build, linked from the results. */
  readonly buildUrl?: string;
}

/** The result of a pact, as it is told to a broker. */
export interface PactResult {
  /** The pact as the broker served it. */
  readonly pact: Resource;
  readonly success: boolean;
  readonly interactions: readonly VerifiedInteraction[];
}

/**
 * Tells a broker what became of a pact: first where the provider's version is, then the result.
 *
 * @throws BrokerError when the broker does not take it
 */
export async function publishResult(
  client: BrokerClient,
  { pact, success, interactions }: PactResult,
  provider: ProviderVersion,
): Promise<void> {
  const link = linkIn(pact, 'pb:publish-verification-results');
  if (link === undefined) throw notABroker(client);
  await placeVersion(client, pact, provider);
  const { version, buildUrl } = provider;
  await client.post(link, {
    success,
    providerApplicationVersion: version,
    ...(buildUrl === undefined ? {} : { buildUrl }),
    verifiedBy: { implementation: tool.name, version: tool.version },
    testResults: interactions.filter(({ verdict }) => verdict !== 'left-out').map(testResultOf),
  });
}

async function placeVersion(
  client: BrokerClient,
  pact: Resource,
  { version, branch, tags }: ProviderVersion,
): Promise<void> {
  if (branch === undefined && tags.length === 0) return;
  const provider = linkIn(pact, 'pb:provider');
  if (provider === undefined) throw notABroker(client);
  const pacticipant = await client.get(provider);
  const places = [
    ...(branch === undefined ? [] : [linkIn(pacticipant, 'pb:branch-version', { branch, version })]),
    ...tags.map(tag => linkIn(pacticipant, 'pb:version-tag', { tag, version })),
  ];
  for (const place of places) {
    if (place === undefined)
      throw new BrokerError(
        'failed',
        `The broker at ${client.baseUrl} is too old to know branches: it must be 2.86 or newer.`,
      );
    await client.put(place, {});
  }
}

/** In the form of Pact's own verifier. */
function testResultOf({ id, description, verdict, reasons }: VerifiedInteraction): Resource {
  return {
    ...(id === undefined ? {} : { interactionId: id }),
    interactionDescription: description,
    success: verdict === 'pass',
    ...(verdict === 'pass' ? {} : { mismatches: reasons.map(reason => ({ description: reason })) }),
  };
}
