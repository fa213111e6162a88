import { type PublishOptions, publishPacts } from '../pact/publish.ts';
import { printable } from '../report/index.ts';
import { atBroker, tellWait } from './at-broker.ts';
import { readCertificates } from './read-certificates.ts';
import { endAtSignals } from './signals.ts';

/** The options of `pact publish` as the command line gives them. */
export interface PactPublishCommandOptions extends Omit<PublishOptions, 'cacert'> {
  /** A file. */
  readonly cacert?: string;
}

/** Publishes pacts at a broker, and says as what. */
export async function pactPublishCommand({ cacert, ...options }: PactPublishCommandOptions): Promise<void> {
  endAtSignals();
  const trusted = cacert === undefined ? {} : { cacert: await readCertificates(cacert) };
  await atBroker(async () => {
    const published = await publishPacts({ ...options, ...trusted, onWait: tellWait });
    const { pacts, version, branch, tags, brokerBaseUrl, warnings } = published;
    const facts = [
      ...pacts.map(pact => `published  ${pact}`),
      `version    ${version}`,
      `branch     ${branch ?? 'none: neither git nor the CI service names one (--branch)'}`,
      ...(tags.length === 0 ? [] : [`tags       ${tags.join(', ')}`]),
      `broker     ${brokerBaseUrl}`,
      ...warnings.map(text => `warning    ${text}`),
    ];
    process.stdout.write(`${facts.map(printable).join('\n')}\n`);
  });
}
