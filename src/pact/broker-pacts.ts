import { EnvHttpProxyAgent, request } from 'undici';
import { isObject, jsonObjectIn } from '../page/formats.ts';
import { type Broker, BrokerError } from './broker.ts';
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
 * The pacts that a broker wants a provider to be verified against: what the verifier will fetch again.
 *
 * @throws BrokerError when the broker is not reachable, or does not answer as one
 */
export async function pactsForVerification(
  broker: Broker,
  provider: string,
  selection: PactSelection,
): Promise<readonly BrokerPact[]> {
  const session = openBroker(broker);
  try {
    const index = await session.ask('GET', broker.baseUrl);
    const link = hrefIn(index, FOR_VERIFICATION)?.replace('{provider}', encodeURIComponent(provider));
    if (link === undefined) throw notABroker(broker);
    const answer = await session.ask('POST', link, criteria(selection));
    const found = isObject(answer._embedded) ? answer._embedded.pacts : undefined;
    if (!Array.isArray(found)) throw notABroker(broker);
    return await Promise.all(found.map(each => fetchPact(each)));
  } finally {
    await session.close();
  }

  async function fetchPact(listed: unknown): Promise<BrokerPact> {
    const href = isObject(listed) ? hrefIn(listed, 'self') : undefined;
    if (href === undefined) throw notABroker(broker);
    const { verificationProperties: properties } = isObject(listed) ? listed : {};
    const content = await session.ask('GET', href);
    return { pact: pactIn(content, href), isPending: isObject(properties) && properties.pending === true };
  }
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

function hrefIn({ _links: links }: Record<string, unknown>, name: string): string | undefined {
  const link = isObject(links) ? links[name] : undefined;
  return isObject(link) && typeof link.href === 'string' ? link.href : undefined;
}

function notABroker({ baseUrl }: Broker): BrokerError {
  return new BrokerError('failed', `What is at ${baseUrl} does not answer as a Pact broker does.`);
}

interface BrokerSession {
  ask(method: 'GET' | 'POST', url: string, body?: unknown): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 30_000;

function openBroker(broker: Broker): BrokerSession {
  const dispatcher = new EnvHttpProxyAgent();
  const { origin } = new URL(broker.baseUrl);
  return {
    ask: async (method, url, body) => {
      // A link to elsewhere gets no credentials.
      const credentials = new URL(url, origin).origin === origin ? authorizationFor(broker) : {};
      const answered = await request(url, {
        method,
        dispatcher,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
        headers: { accept: 'application/hal+json, application/json', ...credentials, ...JSON_BODY },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        throw new BrokerError('not reachable', `The broker at ${broker.baseUrl} is not reachable.`, error);
      });
      const text = await answered.body.text();
      const { statusCode: status } = answered;
      if (status === 401 || status === 403)
        throw new BrokerError(
          'refused',
          `The broker at ${broker.baseUrl} refused the credentials (${status}).`,
        );
      const value = jsonObjectIn(text);
      if (status < 200 || status > 299 || value === undefined) throw notABroker(broker);
      return value;
    },
    close: () => dispatcher.close(),
  };
}

const JSON_BODY = { 'content-type': 'application/json' };

function authorizationFor({ token, username, password }: Broker): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (username === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
