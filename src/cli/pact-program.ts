import { Command, InvalidArgumentError, type Option } from 'commander';
import { isObject } from '../page/formats.ts';
import { collect, option, positive, url, wholeNumber, withTarget } from './options.ts';
import { addSelectors } from './pact-selectors.ts';

/** The options that say what a broker is. Pact's own variables work too. */
function withBroker(command: Command): Command {
  return command
    .addOption(option('--broker-base-url <url>', 'the Pact broker (or PACT_BROKER_BASE_URL)').argParser(url))
    .addOption(option('--broker-token <token>', 'its bearer token (better: PACT_BROKER_TOKEN)'))
    .addOption(option('--broker-username <name>', 'basic authentication (or PACT_BROKER_USERNAME)'))
    .addOption(option('--broker-password <password>', '(better: PACT_BROKER_PASSWORD)'));
}

function cacertOption(): Option {
  return option('--cacert <file>', 'certificates (PEM) to trust besides the usual ones');
}

function consumerOption(): Option {
  return option('--consumer <name>', 'the consumer in the pact (default: fgs-conformance)');
}

function providerOption(): Option {
  return option('--provider <name>', 'the service in the pact (default: functiongraph)');
}

function generateCommand(): Command {
  return new Command('generate')
    .description('write the pact of the typed client')
    .addOption(option('--dir <dir>', 'where it is written (default: pacts)'))
    .addOption(consumerOption())
    .addOption(providerOption())
    .action(async options => (await import('./pact-generate-command.ts')).pactGenerateCommand(options));
}

function verifyCommand(): Command {
  const command = new Command('verify').description('verify that a provider honours its pacts');
  return withBroker(withTarget(command))
    .addOption(option('--dir <path>', 'a folder of pacts, or one file (default: pacts)'))
    .addOption(option('--pact-url <url>', 'one pact of a broker, as its webhooks name it').argParser(url))
    .addOption(providerOption())
    .addOption(
      option(
        '--unreachable-state <name>',
        'a state that this provider cannot be brought into (repeatable)',
      ).argParser(collect),
    )
    .addOption(option('--rate <n>', 'requests a second at most').argParser(positive))
    .addOption(
      option('--consumer-version-selector <json>', 'which pacts of the broker (repeatable)').argParser(
        selector,
      ),
    )
    .addOption(option('--enable-pending', 'pacts never verified before do not fail the verification'))
    .addOption(
      option('--include-wip-pacts-since <date>', 'pacts in progress since, as pending ones').argParser(day),
    )
    .addOption(option('--ignore-no-pacts', 'that there is no pact to verify is fine'))
    .addOption(option('--publish-results', 'tell the broker what came of it'))
    .addOption(option('--provider-app-version <version>', 'the version verified (default: git’s commit)'))
    .addOption(option('--provider-branch <branch>', 'its branch (default: git’s)'))
    .addOption(option('--provider-version-tag <tag>', 'a tag of it (repeatable)').argParser(collect))
    .addOption(option('--build-url <url>', 'the build, linked from the results').argParser(url))
    .addOption(option('--format <format>', 'what is printed').choices(['text', 'json']).default('text'))
    .action(async options => (await import('./pact-verify-command.ts')).pactVerifyCommand(options));
}

function publishCommand(): Command {
  return withBroker(new Command('publish').description('publish pacts at a broker'))
    .addOption(option('--dir <path>', 'a folder of pacts, or one file (default: pacts)'))
    .addOption(option('--consumer-app-version <version>', 'the version published (default: git’s commit)'))
    .addOption(option('--branch <branch>', 'its branch (default: git’s)'))
    .addOption(option('--tag <tag>', 'a tag of the version (repeatable)').argParser(collect))
    .addOption(option('--build-url <url>', 'the build, linked from the pacts').argParser(url))
    .addOption(cacertOption())
    .action(async options => (await import('./pact-publish-command.ts')).pactPublishCommand(options));
}

function canIDeployCommand(): Command {
  const command = new Command('can-i-deploy').description('ask a broker whether a version may be deployed');
  const selectors = addSelectors(command);
  return withBroker(command)
    .addOption(cacertOption())
    .addOption(option('--to-environment <name>', 'where to'))
    .addOption(option('--to <tag>', 'the tag of the versions that it must get along with'))
    .addOption(
      option('--retry-while-unknown <n>', 'ask again while results are missing').argParser(
        wholeNumber(0, 1000),
      ),
    )
    .addOption(
      option('--retry-interval <seconds>', 'between two times (default: 10)').argParser(wholeNumber(1, 3600)),
    )
    .action(async options => {
      const { pactCanIDeployCommand } = await import('./pact-can-i-deploy-command.ts');
      return pactCanIDeployCommand({ ...options, ...selectors() });
    });
}

function selector(text: string, before: readonly unknown[] | undefined): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isObject(value))
    throw new InvalidArgumentError('It must be a JSON object such as {"mainBranch":true}.');
  return [...(before ?? []), value];
}

function day(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It must be a date such as 2026-01-31.');
}

/** Everything about contracts. */
export function pactCommand(): Command {
  const group = new Command('pact').description(
    'consumer contracts: generate, verify, publish, can-i-deploy',
  );
  for (const command of [generateCommand(), verifyCommand(), publishCommand(), canIDeployCommand()]) {
    group.addCommand(command.exitOverride().showHelpAfterError('(see --help)'));
  }
  return group;
}
