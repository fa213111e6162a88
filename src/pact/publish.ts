import { isObject } from '../page/formats.ts';
import { type Broker, BrokerError, type BrokerOptions, needBroker } from './broker.ts';
import { type BrokerClient, linkIn, openBroker, type Resource } from './broker-client.ts';
import { mergedPacts } from './merge-pacts.ts';
import { checkName, DEFAULT_NAMING } from './naming.ts';
import { conflictOver } from './pact-conflict.ts';
import { type PactDocument, readPacts } from './pact-document.ts';
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
  /** What the broker warns of, a line each. */
  readonly warnings: readonly string[];
}

/**
 * Publishes pacts at a broker, those of one consumer at a time.
 *
 * @throws UsageError when there is no pact, no broker or no version
 * @throws BrokerError when the broker is not reachable or does not take them
 */
export async function publishPacts(options: PublishOptions): Promise<PublishedPacts> {
  const broker = needBroker(options);
  const { dir = DEFAULT_NAMING.dir, tag: tags = [], buildUrl } = options;
  const pacts = mergedPacts(await readPacts(dir));
  for (const tag of tags) checkName(tag, '--tag');
  const source = await sourceVersion(named(options), '--consumer-app-version');
  const client = openBroker(broker);
  const warnings: string[] = [];
  try {
    const link = await publishingLink(client, broker);
    for (const consumer of new Set(pacts.map(pact => pact.consumer))) {
      const own = pacts.filter(pact => pact.consumer === consumer);
      const publication = { ...source, tags, ...(buildUrl === undefined ? {} : { buildUrl }) };
      const answer = await client
        .post(link, bodyOf(consumer, own, publication))
        .catch(async (error: unknown) => {
          const isConflict = error instanceof BrokerError && error.answer?.status === CONFLICT;
          throw isConflict ? await conflictOver(own, source.version, client, error) : error;
        });
      warnings.push(...warningsIn(answer));
    }
  } finally {
    await client.close();
  }
  return {
    ...source,
    brokerBaseUrl: broker.baseUrl,
    tags,
    pacts: pacts.map(({ consumer, provider }) => `${consumer} - ${provider}`),
    warnings,
  };
}

const CONFLICT = 409;

async function publishingLink(client: BrokerClient, broker: Broker): Promise<string> {
  const link = linkIn(await client.index(), 'pb:publish-contracts');
  if (link !== undefined) return link;
  throw new BrokerError('failed', `What is at ${broker.baseUrl} is no Pact broker, or one older than 2.86.`);
}

function named({ consumerAppVersion: version, branch }: PublishOptions): Partial<SourceVersion> {
  return { ...(version === undefined ? {} : { version }), ...(branch === undefined ? {} : { branch }) };
}

interface Publication extends SourceVersion {
  readonly tags: readonly string[];
  readonly buildUrl?: string;
}

function bodyOf(
  consumer: string,
  pacts: readonly PactDocument[],
  { version, ...publication }: Publication,
): Resource {
  return {
    pacticipantName: consumer,
    pacticipantVersionNumber: version,
    ...publication,
    contracts: pacts.map(({ provider, text }) => ({
      consumerName: consumer,
      providerName: provider,
      specification: 'pact',
      contentType: 'application/json',
      content: Buffer.from(text).toString('base64'),
    })),
  };
}

function warningsIn({ notices }: Resource): readonly string[] {
  if (!Array.isArray(notices)) return [];
  return notices.flatMap((notice: unknown) =>
    isObject(notice) && notice.type === 'warning' && typeof notice.text === 'string' ? [notice.text] : [],
  );
}
