import { type PublishOptions, publishPacts } from '../pact/publish.ts';
import { printable } from '../report/index.ts';
import { atBroker } from './broker-exit-code.ts';

/** Publishes pacts at a broker, and says as what. */
export async function pactPublishCommand(options: PublishOptions): Promise<void> {
  await atBroker(async () => {
    const { pacts, version, branch, tags, brokerBaseUrl } = await publishPacts(options);
    const facts = [
      ...pacts.map(pact => `published  ${pact}`),
      `version    ${version}`,
      `branch     ${branch ?? 'none: neither git nor the CI service names one (--branch)'}`,
      ...(tags.length === 0 ? [] : [`tags       ${tags.join(', ')}`]),
      `broker     ${brokerBaseUrl}`,
    ];
    process.stdout.write(`${facts.map(printable).join('\n')}\n`);
  });
}
