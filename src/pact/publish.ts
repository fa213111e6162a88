import { UsageError } from '../run/options.ts';
import { type BrokerOptions, needBroker } from './broker.ts';
import { DEFAULT_NAMING } from './naming.ts';
import { runPactCli, troubleIn } from './pact-cli.ts';
import { readPacts } from './pact-document.ts';
import { type SourceVersion, sourceVersion } from './source-version.ts';

/** Which pacts are published, as which version of their consumer. */
export interface PublishOptions extends BrokerOptions {
  /** A folder of pacts, or one file. Default: `pacts`. */
  readonly dir?: string;
  /** Default: the commit that git names. */
  readonly consumerAppVersion?: string;
  /** Default: the branch that git or the CI service names. */
  readonly branch?: string;
  readonly tag?: readonly string[];
  /** The build that made the pacts. */
  readonly buildUrl?: string;
}

/** What was published. */
export interface PublishedPacts extends SourceVersion {
  readonly brokerBaseUrl: string;
  readonly tags: readonly string[];
  /** `<consumer> - <provider>` */
  readonly pacts: readonly string[];
}

/**
 * Publishes pacts at a broker, through the Pact CLI.
 *
 * @throws UsageError when there is no pact, no broker or no version
 * @throws BrokerError when the broker is not reachable or does not take them
 */
export async function publishPacts(options: PublishOptions): Promise<PublishedPacts> {
  const broker = needBroker(options);
  const { dir = DEFAULT_NAMING.dir, tag: tags = [], buildUrl } = options;
  const pacts = await readPacts(dir);
  const source = await sourceVersion(named(options), '--consumer-app-version');
  // The Pact CLI takes several tags in one, separated by commas.
  const odd = tags.find(each => each.includes(','));
  if (odd !== undefined)
    throw new UsageError(`The tag ${JSON.stringify(odd)} has a comma, which no tag may have.`);
  const result = await runPactCli(broker, [
    'publish',
    ...pacts.map(pact => literally(pact.source)),
    `--consumer-app-version=${source.version}`,
    ...(source.branch === undefined ? [] : [`--branch=${source.branch}`]),
    ...(tags.length === 0 ? [] : [`--tag=${tags.join(',')}`]),
    ...(buildUrl === undefined ? [] : [`--build-url=${buildUrl}`]),
  ]);
  if (result.code !== 0) throw troubleIn(result, broker);
  return {
    ...source,
    brokerBaseUrl: broker.baseUrl,
    tags,
    pacts: pacts.map(({ consumer, provider }) => `${consumer} - ${provider}`),
  };
}

function named({ consumerAppVersion: version, branch }: PublishOptions): Partial<SourceVersion> {
  return { ...(version === undefined ? {} : { version }), ...(branch === undefined ? {} : { branch }) };
}

/** A path that the Pact CLI, which takes patterns, takes for nothing else. */
function literally(path: string): string {
  return path.replaceAll(/[?*[\]]/g, '[$&]');
}
