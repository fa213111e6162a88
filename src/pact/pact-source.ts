import { UsageError } from '../run/options.ts';
import { type Broker, BrokerError, type BrokerOptions, brokerOf, needBroker } from './broker.ts';
import { type FoundPact, pactAt, pactsForVerification } from './broker-pacts.ts';
import type { ProviderVersion } from './broker-results.ts';
import { checkName, DEFAULT_NAMING } from './naming.ts';
import { readPacts } from './pact-document.ts';
import { sourceVersion } from './source-version.ts';

/** Where the pacts come from, and whether a broker is told what became of them. */
export interface PactSourceOptions extends BrokerOptions {
  /** A folder of pacts, or one file. Default: `pacts`, unless a broker is named. */
  readonly dir?: string;
  /** One pact of a broker, by its address, as its webhooks have it. */
  readonly pactUrl?: string;
  /** The name of the service in the pacts. Default: `functiongraph`. */
  readonly provider?: string;
  /** Which pacts of the broker, in its own form. Default: the latest one of each consumer. */
  readonly consumerVersionSelector?: readonly unknown[];
  /** Pacts that the provider’s branch never honoured do not count. */
  readonly enablePending?: boolean;
  /** `YYYY-MM-DD`: pacts in progress since then are verified too, as pending ones. */
  readonly includeWipPactsSince?: string;
  /** That there is no pact to verify is fine. */
  readonly ignoreNoPacts?: boolean;
  /** Tells the broker what became of its pacts. */
  readonly publishResults?: boolean;
  /** Default: the commit that git names. */
  readonly providerAppVersion?: string;
  /** Default: the branch that git or the CI service names. */
  readonly providerBranch?: string;
  readonly providerVersionTag?: readonly string[];
  /** The build, linked from the results. */
  readonly buildUrl?: string;
}

/** The pacts of a provider. */
export interface FoundPacts {
  readonly pacts: readonly FoundPact[];
  /** Where what becomes of them is told, and as what. */
  readonly publication?: Publication;
}

export interface Publication {
  readonly broker: Broker;
  readonly provider: ProviderVersion;
}

/**
 * Finds the pacts of a provider.
 *
 * @throws UsageError when there is none, or the options contradict each other
 * @throws BrokerError when the broker is not reachable, or says that something is wrong
 */
export async function findPacts(options: PactSourceOptions): Promise<FoundPacts> {
  checkPactSource(options);
  for (const tag of options.providerVersionTag ?? []) checkName(tag, '--provider-version-tag');
  const { dir, pactUrl, provider = DEFAULT_NAMING.provider } = options;
  checkName(provider, '--provider');
  if (pactUrl !== undefined) return pactByUrl(pactUrl, options);
  // A folder that is named wins over a broker that only the environment names.
  const broker = dir === undefined ? brokerOf(options) : undefined;
  if (broker !== undefined) return pactsAtBroker(broker, provider, options);
  if (options.publishResults === true) needBroker({}, {});
  return { pacts: await pactsIn(dir ?? DEFAULT_NAMING.dir, provider, options) };
}

function checkPactSource(options: PactSourceOptions): void {
  const { dir, pactUrl, brokerBaseUrl, publishResults, consumerVersionSelector = [] } = options;
  const { enablePending = false, includeWipPactsSince } = options;
  if (dir !== undefined && pactUrl !== undefined)
    throw new UsageError('Pacts come from --dir or from --pact-url, not from both.');
  if (dir !== undefined && brokerBaseUrl !== undefined)
    throw new UsageError('Pacts come from --dir or from --broker-base-url, not from both.');
  if (dir !== undefined && publishResults === true && brokerOf(options) !== undefined)
    throw new UsageError(
      '--publish-results is about pacts of the broker: leave out --dir, so that they come from there.',
    );
  if (pactUrl !== undefined && (consumerVersionSelector.length > 0 || enablePending))
    throw new UsageError(
      '--pact-url is one pact: leave out --consumer-version-selector and --enable-pending.',
    );
  if (includeWipPactsSince !== undefined && !enablePending)
    throw new UsageError('--include-wip-pacts-since needs --enable-pending: such pacts are pending ones.');
}

async function pactsIn(
  path: string,
  provider: string,
  { ignoreNoPacts = false }: PactSourceOptions,
): Promise<readonly FoundPact[]> {
  const pacts = await readPacts(path);
  const own = pacts.filter(pact => pact.provider === provider);
  if (own.length > 0 || ignoreNoPacts) return own.map(pact => ({ pact, isPending: false, notices: [] }));
  const others = [...new Set(pacts.map(pact => pact.provider))].join(', ');
  throw new UsageError(`No pact in ${path} is with ${provider}, but with ${others}: see --provider.`);
}

/** The broker of a pact is where the pact is, unless another one is named. */
async function pactByUrl(pactUrl: string, options: PactSourceOptions): Promise<FoundPacts> {
  const broker = needBroker({ brokerBaseUrl: new URL(pactUrl).origin, ...options });
  const found = await pactAt(broker, pactUrl);
  return { pacts: [found], ...(await publicationOf(broker, options)) };
}

async function pactsAtBroker(
  broker: Broker,
  provider: string,
  options: PactSourceOptions,
): Promise<FoundPacts> {
  const { consumerVersionSelector = [], enablePending = false, includeWipPactsSince } = options;
  const { providerVersionTag: providerTags = [], ignoreNoPacts = false } = options;
  const branch = options.providerBranch ?? (enablePending ? await branchHere() : undefined);
  const published = await publicationOf(broker, options);
  const providerBranch = published.publication?.provider.branch ?? branch;
  if (enablePending && providerBranch === undefined && providerTags.length === 0)
    throw new UsageError(
      '--enable-pending needs to know for which branch pacts are pending, and git names none: give --provider-branch.',
    );
  const pacts = await pactsForVerification(broker, provider, {
    consumerVersionSelectors: consumerVersionSelector,
    enablePending,
    providerTags,
    ...(includeWipPactsSince === undefined ? {} : { includeWipPactsSince }),
    ...(providerBranch === undefined ? {} : { providerBranch }),
  }).catch((error: unknown) => {
    const isUnknown = error instanceof BrokerError && error.answer?.status === NOT_FOUND;
    if (isUnknown && ignoreNoPacts) return [];
    throw error;
  });
  if (pacts.length === 0 && !ignoreNoPacts)
    throw new BrokerError(
      'rejected',
      `The broker at ${broker.baseUrl} has no pact with ${provider} to verify (see --ignore-no-pacts).`,
    );
  return { pacts, ...published };
}

const NOT_FOUND = 404;

async function branchHere(): Promise<string | undefined> {
  // Only the branch is asked for: whatever the version is.
  return (await sourceVersion({ version: 'any' }, '--provider-app-version')).branch;
}

async function publicationOf(
  broker: Broker,
  options: PactSourceOptions,
): Promise<Pick<FoundPacts, 'publication'>> {
  const { publishResults = false, providerAppVersion: version, providerBranch: branch, buildUrl } = options;
  if (!publishResults) return {};
  const named = {
    ...(version === undefined ? {} : { version }),
    ...(branch === undefined ? {} : { branch }),
  };
  const provider = {
    ...(await sourceVersion(named, '--provider-app-version')),
    tags: options.providerVersionTag ?? [],
    ...(buildUrl === undefined ? {} : { buildUrl }),
  };
  return { publication: { broker, provider } };
}
