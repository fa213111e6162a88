/** Options about contracts. */

import type { OptionGroup } from './option.ts';
import { day, jsonObject, url, wholeNumber } from './values.ts';

export const folderOptions: OptionGroup = {
  heading: 'Folder',
  options: [
    {
      flags: '--dir <path>',
      says: 'a folder of pacts, or one file',
      defaultInWords: 'pacts',
      commands: ['pact verify', 'pact publish'],
      in: {
        'pact generate': { says: 'the folder that it is written to' },
        schemas: { says: 'the folder that they are written to', defaultInWords: 'schemas' },
      },
    },
  ],
};

export const pactOptions: OptionGroup = {
  heading: 'Pacts',
  options: [
    {
      flags: '--consumer <name>',
      says: 'the consumer in the pact',
      defaultInWords: 'fgs-conformance',
      commands: ['pact generate'],
    },
    {
      flags: '--provider <name>',
      says: 'the service in the pact',
      defaultInWords: 'functiongraph',
      commands: ['pact generate', 'pact verify'],
    },
  ],
};

export const brokerOptions: OptionGroup = {
  heading: 'Broker',
  options: [
    {
      flags: '--broker-base-url <url>',
      says: 'the Pact broker (PACT_BROKER_BASE_URL works as well)',
      value: url,
      commands: ['pact verify', 'pact publish', 'pact can-i-deploy'],
    },
    {
      flags: '--broker-token <token>',
      says: 'its bearer token',
      secret: true,
      variable: 'PACT_BROKER_TOKEN',
      commands: ['pact verify', 'pact publish', 'pact can-i-deploy'],
    },
    {
      flags: '--broker-username <name>',
      says: 'in place of a token: the user',
      variable: 'PACT_BROKER_USERNAME',
      commands: ['pact verify', 'pact publish', 'pact can-i-deploy'],
    },
    {
      flags: '--broker-password <password>',
      says: 'the user’s password',
      secret: true,
      variable: 'PACT_BROKER_PASSWORD',
      commands: ['pact verify', 'pact publish', 'pact can-i-deploy'],
    },
    {
      flags: '--pact-url <url>',
      says: 'one pact of a broker, as its webhooks name it',
      value: url,
      commands: ['pact verify'],
    },
    {
      flags: '--unreachable-state <name>',
      says: 'a state that this provider cannot be brought into',
      repeatable: true,
      commands: ['pact verify'],
    },
    {
      flags: '--consumer-version-selector <json>',
      says: 'which pacts of the broker',
      value: jsonObject('{"mainBranch":true}'),
      repeatable: true,
      commands: ['pact verify'],
    },
    {
      flags: '--enable-pending',
      says: 'pacts never verified before do not fail the verification',
      commands: ['pact verify'],
    },
    {
      flags: '--include-wip-pacts-since <date>',
      says: 'pacts in progress since, as pending ones',
      value: day,
      commands: ['pact verify'],
    },
    {
      flags: '--ignore-no-pacts',
      says: 'that there is no pact to verify is fine',
      commands: ['pact verify'],
    },
    { flags: '--publish-results', says: 'tell the broker what came of it', commands: ['pact verify'] },
  ],
};

export const versionOptions: OptionGroup = {
  heading: 'Versions',
  options: [
    {
      flags: '--provider-app-version <version>',
      says: 'the version verified',
      defaultInWords: 'git’s commit',
      commands: ['pact verify'],
    },
    {
      flags: '--provider-branch <branch>',
      says: 'its branch',
      defaultInWords: 'git’s',
      commands: ['pact verify'],
    },
    {
      flags: '--provider-version-tag <tag>',
      says: 'a tag of it',
      repeatable: true,
      commands: ['pact verify'],
    },
    {
      flags: '--consumer-app-version <version>',
      says: 'the version published',
      defaultInWords: 'git’s commit',
      commands: ['pact publish'],
    },
    {
      flags: '-a, --pacticipant <name>',
      says: 'whose version; what follows is about it',
      defaultInWords: 'fgs-conformance',
      repeatable: true,
      commands: ['pact can-i-deploy'],
    },
    {
      flags: '-e, --version <version>',
      says: 'which version of it',
      defaultInWords: 'git’s commit',
      commands: ['pact can-i-deploy'],
    },
    { flags: '--app-version <version>', says: 'the same as --version', commands: ['pact can-i-deploy'] },
    {
      flags: '-l, --latest [tag]',
      says: 'the latest version of it, or the latest with the tag',
      commands: ['pact can-i-deploy'],
    },
    {
      flags: '--branch <branch>',
      says: 'its branch',
      defaultInWords: 'git’s',
      commands: ['pact publish'],
      in: {
        'pact can-i-deploy': {
          says: 'the latest version of the branch',
          defaultInWords: undefined,
          onlyAsFlag: true,
        },
      },
    },
    {
      flags: '--main-branch',
      says: 'the latest version of the main branch that the broker knows',
      commands: ['pact can-i-deploy'],
    },
    { flags: '--all <tag>', says: 'all versions with the tag', commands: ['pact can-i-deploy'] },
    {
      flags: '--tag <tag>',
      says: 'a tag of the version',
      repeatable: true,
      commands: ['pact publish'],
      in: { 'pact can-i-deploy': { says: 'the same as --all', onlyAsFlag: true } },
    },
    {
      flags: '--ignore <name>',
      says: 'a pacticipant that does not count; --version after it: that version',
      repeatable: true,
      commands: ['pact can-i-deploy'],
    },
    {
      flags: '--build-url <url>',
      says: 'the build, linked from the results',
      value: url,
      commands: ['pact verify'],
      in: { 'pact publish': { says: 'the build, linked from the pacts' } },
    },
    { flags: '--to-environment <name>', says: 'where to', commands: ['pact can-i-deploy'] },
    {
      flags: '--to <tag>',
      says: 'the tag of the versions that it must get along with',
      commands: ['pact can-i-deploy'],
    },
    {
      flags: '--retry-while-unknown <n>',
      says: 'ask again while results are missing, this often at most',
      value: wholeNumber(0, 1000),
      commands: ['pact can-i-deploy'],
    },
    {
      flags: '--retry-interval <seconds>',
      says: 'how long to wait in between',
      value: wholeNumber(1, 3600),
      defaultInWords: '10',
      commands: ['pact can-i-deploy'],
    },
  ],
};
