import { isObject } from '../page/formats.ts';
import type { Broker } from './broker.ts';
import { type BrokerClient, linkIn, notABroker, openBroker } from './broker-client.ts';
import { type BrokerNotice, noticesIn } from './broker-notices.ts';
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
  readonly providerTags: readonly string[];
}

/** A pact that is to be verified. */
export interface FoundPact {
  readonly pact: PactDocument;
  /** Whether it does not count yet. */
  readonly isPending: boolean;
  /** What its broker has to say about it. */
  readonly notices: readonly BrokerNotice[];
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
): Promise<readonly FoundPact[]> {
  const client = openBroker(broker);
  try {
    const link = linkIn(await client.index(), FOR_VERIFICATION, { provider });
    if (link === undefined) throw notABroker(broker);
    const { _embedded: embedded } = await client.post(link, criteria(selection));
    const found = isObject(embedded) ? embedded.pacts : undefined;
    if (!Array.isArray(found)) throw notABroker(broker);
    const pacts: FoundPact[] = [];
    for (const each of found) pacts.push(await listedPact(client, each));
    return pacts;
  } finally {
    await client.close();
  }
}

async function listedPact(client: BrokerClient, listed: unknown): Promise<FoundPact> {
  const href = isObject(listed) ? linkIn(listed, 'self') : undefined;
  if (!isObject(listed) || href === undefined) throw notABroker(client);
  const { verificationProperties } = listed;
  const properties = isObject(verificationProperties) ? verificationProperties : {};
  return {
    pact: pactIn(await client.getText(href), href),
    isPending: properties.pending === true,
    notices: noticesIn(properties.notices),
  };
}

/**
 * One pact of a broker, by its address.
 *
 * @throws BrokerError when the broker is not reachable, or has no such pact
 */
export async function pactAt(broker: Broker, url: string): Promise<FoundPact> {
  const client = openBroker(broker);
  try {
    return { pact: pactIn(await client.getText(url), url), isPending: false, notices: [] };
  } finally {
    await client.close();
  }
}

function criteria(selection: PactSelection): Readonly<Record<string, unknown>> {
  const { consumerVersionSelectors, enablePending, includeWipPactsSince, providerBranch, providerTags } =
    selection;
  return {
    consumerVersionSelectors,
    includePendingStatus: enablePending,
    ...(includeWipPactsSince === undefined ? {} : { includeWipPactsSince }),
    ...(providerBranch === undefined ? {} : { providerVersionBranch: providerBranch }),
    ...(providerTags.length === 0 ? {} : { providerVersionTags: providerTags }),
  };
}
