import { UsageError } from '../run/options.ts';
import { type Broker, BrokerError, type BrokerOptions, brokerOf, needBroker } from './broker.ts';
import { type BrokerPact, pactsForVerification } from './broker-pacts.ts';
import { DEFAULT_NAMING } from './naming.ts';
import { type PactDocument, readPacts } from './pact-document.ts';
import { sourceVersion } from './source-version.ts';
import type { PactSource } from './verifier.ts';

/** Where the pacts come from, and whether a broker is told what became of them. */
export interface PactSourceOptions extends BrokerOptions {
  /** A folder of pacts, or one file. Default: `pacts`, unless a broker is named. */
  readonly dir?: string;
  /** The name of the service in the pacts. Default: `functiongraph`. */
  readonly provider?: string;
  /** Which pacts of the broker, in its own form. Default: the latest one of each consumer. */
  readonly consumerVersionSelector?: readonly unknown[];
  /** Pacts that the provider’s branch never honoured do not count. */
  readonly enablePending?: boolean;
  /** `YYYY-MM-DD`: pacts in progress since then are verified too, as pending ones. */
  readonly includeWipPactsSince?: string;
  /** Tells the broker what became of its pacts. */
  readonly publishResults?: boolean;
  /** Default: the commit that git names. */
  readonly providerAppVersion?: string;
  /** Default: the branch that git or the CI service names. */
  readonly providerBranch?: string;
  /** The build, linked from the results. */
  readonly buildUrl?: string;
}

/** The pacts of a provider. */
export interface FoundPacts {
  readonly pacts: readonly PactDocument[];
  /** How the verifier gets all of them from their broker by itself. */
  readonly atBroker?: PactSource;
}

/**
 * Finds the pacts of a provider.
 *
 * @throws UsageError when there is none, or the options contradict each other
 * @throws BrokerError when the broker is not reachable, or has none
 */
export async function findPacts(options: PactSourceOptions): Promise<FoundPacts> {
  const { dir, brokerBaseUrl, provider = DEFAULT_NAMING.provider } = options;
  if (dir !== undefined && brokerBaseUrl !== undefined)
    throw new UsageError('Pacts come from --dir or from --broker-base-url, not from both.');
  // A folder that is named wins over a broker that only the environment names.
  const broker = dir === undefined ? brokerOf(options) : undefined;
  if (broker !== undefined) return pactsAtBroker(broker, provider, options);
  if (options.publishResults === true) needBroker({}, {});
  return { pacts: await pactsIn(dir ?? DEFAULT_NAMING.dir, provider) };
}

async function pactsIn(path: string, provider: string): Promise<readonly PactDocument[]> {
  const pacts = await readPacts(path);
  const own = pacts.filter(pact => pact.provider === provider);
  if (own.length > 0) return own;
  const others = [...new Set(pacts.map(pact => pact.provider))].join(', ');
  throw new UsageError(`No pact in ${path} is with ${provider}, but with ${others}: see --provider.`);
}

async function pactsAtBroker(
  broker: Broker,
  provider: string,
  options: PactSourceOptions,
): Promise<FoundPacts> {
  const { consumerVersionSelector = [], enablePending = false, includeWipPactsSince } = options;
  const { publishResults = false, providerAppVersion: version, providerBranch, buildUrl } = options;
  const needsVersion = publishResults || enablePending || includeWipPactsSince !== undefined;
  const named = {
    ...(version === undefined ? {} : { version }),
    ...(providerBranch === undefined ? {} : { branch: providerBranch }),
  };
  const source = needsVersion ? await sourceVersion(named, '--provider-app-version') : undefined;
  const selection = {
    consumerVersionSelectors: consumerVersionSelector,
    enablePending,
    ...(includeWipPactsSince === undefined ? {} : { includeWipPactsSince }),
  };
  const branch = source?.branch ?? providerBranch;
  const onBranch = branch === undefined ? {} : { providerBranch: branch };
  const found = await pactsForVerification(broker, provider, { ...selection, ...onBranch });
  if (found.length === 0)
    throw new BrokerError(
      'failed',
      `The broker at ${broker.baseUrl} has no pact with ${provider} to verify.`,
    );
  return {
    pacts: found.map(markedPending),
    atBroker: {
      pactBrokerUrl: broker.baseUrl,
      ...(broker.token === undefined ? {} : { pactBrokerToken: broker.token }),
      ...(broker.username === undefined ? {} : { pactBrokerUsername: broker.username }),
      ...(broker.password === undefined ? {} : { pactBrokerPassword: broker.password }),
      ...selection,
      ...onBranch,
      ...(publishResults && source !== undefined
        ? { publishVerificationResult: true, providerVersion: source.version }
        : {}),
      ...(buildUrl === undefined ? {} : { buildUrl }),
    },
  };
}

/** A pending pact as one whose interactions are all pending, which a file can say. */
function markedPending({ pact, isPending }: BrokerPact): PactDocument {
  const { interactions } = pact.content;
  if (!isPending || !Array.isArray(interactions)) return pact;
  const pending = interactions.map((each: unknown) => ({ ...Object(each), pending: true }));
  return { ...pact, content: { ...pact.content, interactions: pending } };
}
