import { isObject } from '../page/formats.ts';
import type { Broker } from './broker.ts';
import { type BrokerClient, linkIn, notABroker, openBroker } from './broker-client.ts';
import { type PactDocument, pactIn } from './pact-document.ts';

/** Which pacts of a provider are verified. */
export interface PactSelection {
  /** In the form that brokers take; without any, the latest pact of each consumer. */
  readonly consumerVersionSelectors: readonly unknown[];
  /** Whether pacts that the provider's branch never honoured count. */
  readonly enablePending: boolean;
  /** `YYYY-MM-DD`: pacts in progress since then are verified too, as pending ones. */
  readonly includeWipPactsSince?: string;
  readonly providerBranch?: string;
}

/** A pact of a broker, and whether it does not count yet. */
export interface BrokerPact {
  readonly pact: PactDocument;
  readonly isPending: boolean;
}

const FOR_VERIFICATION = 'pb:provider-pacts-for-verification';

/**
 * The pacts that a broker wants a provider to be verified against.
 *
 * @throws BrokerError when the broker is not reachable, or does not answer as one
 */
export async function pactsForVerification(
  broker: Broker,
  provider: string,
  selection: PactSelection,
): Promise<readonly BrokerPact[]> {
  const client = openBroker(broker);
  try {
    const link = linkIn(await client.index(), FOR_VERIFICATION, { provider });
    if (link === undefined) throw notABroker(broker);
    const { _embedded: embedded } = await client.post(link, criteria(selection));
    const found = isObject(embedded) ? embedded.pacts : undefined;
    if (!Array.isArray(found)) throw notABroker(broker);
    const pacts: BrokerPact[] = [];
    for (const each of found) pacts.push(await fetchPact(client, each));
    return pacts;
  } finally {
    await client.close();
  }
}

async function fetchPact(client: BrokerClient, listed: unknown): Promise<BrokerPact> {
  const href = isObject(listed) ? linkIn(listed, 'self') : undefined;
  if (href === undefined) throw notABroker(client);
  const { verificationProperties: properties } = isObject(listed) ? listed : {};
  const content = await client.get(href);
  return { pact: pactIn(content, href), isPending: isObject(properties) && properties.pending === true };
}

function criteria(selection: PactSelection): Readonly<Record<string, unknown>> {
  const { consumerVersionSelectors, enablePending, includeWipPactsSince, providerBranch } = selection;
  return {
    consumerVersionSelectors,
    includePendingStatus: enablePending,
    ...(includeWipPactsSince === undefined ? {} : { includeWipPactsSince }),
    ...(providerBranch === undefined ? {} : { providerVersionBranch: providerBranch }),
  };
}
