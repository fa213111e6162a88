/** Options of the commands that speak to a target. */

import { profiles } from '../../run/profiles.ts';
import type { CommandName } from '../commands.ts';
import type { OptionGroup } from './option.ts';
import { oneOf, part, positive, text, url, wholeNumber } from './values.ts';

/** The commands that log in at a target. */
const AT_TARGET: readonly CommandName[] = ['run', 'pact verify', 'cleanup'];

const milliseconds = wholeNumber(1, 600_000);

const budgets = Object.values(profiles).map(({ maxRequests }) => maxRequests);

export const targetOptions: OptionGroup = {
  heading: 'Target',
  options: [
    {
      flags: '--endpoint <url>',
      says: 'the target',
      value: url,
      defaultInWords: 'the embedded mock server',
      commands: ['run', 'pact verify'],
      in: {
        proxy: { says: 'where everything is forwarded to', defaultInWords: 'none, must be given' },
        cleanup: { says: 'where functions are deleted', defaultInWords: 'none, must be given' },
      },
    },
    {
      flags: '--project-id <id>',
      says: 'the project of the credentials',
      commands: AT_TARGET,
      in: {
        mock: { says: 'the project', defaultInWords: 'made up' },
        judge: { says: 'the project of the credentials, when it is known' },
        proxy: { says: 'the project of the credentials, when it is known' },
      },
    },
    { flags: '--region <id>', says: 'the region of the project', commands: AT_TARGET },
    {
      flags: '--cacert <file>',
      says: 'certificates (PEM) to trust besides the usual ones',
      commands: [...AT_TARGET, 'proxy', 'pact publish', 'pact can-i-deploy'],
    },
    {
      flags: '--timeout <ms>',
      says: 'how long one exchange may take',
      value: milliseconds,
      defaultInWords: '10000',
      commands: AT_TARGET,
    },
  ],
};

export const credentialOptions: OptionGroup = {
  heading: 'Credentials',
  options: [
    {
      flags: '--token <token>',
      says: 'X-Auth-Token',
      secret: true,
      commands: AT_TARGET,
      in: { mock: { says: 'the token that is accepted', defaultInWords: 'made up' } },
    },
    {
      flags: '--forbidden-token <token>',
      says: 'a token of a user without permission to publish',
      secret: true,
      commands: ['run', 'pact verify'],
      in: { mock: { says: 'a token without permission', defaultInWords: 'made up' } },
    },
    {
      flags: '--ak <id>',
      says: 'in place of a token: the id of an access key to sign with',
      secret: true,
      commands: AT_TARGET,
      in: { mock: { says: 'the access key that is accepted', defaultInWords: 'made up' } },
    },
    {
      flags: '--sk <secret>',
      says: 'the secret of the access key',
      secret: true,
      commands: AT_TARGET,
      in: { mock: { defaultInWords: 'made up' } },
    },
    {
      flags: '--security-token <token>',
      says: 'the token of a temporary access key',
      secret: true,
      commands: AT_TARGET,
    },
    {
      flags: '--iam-url <url>',
      says: 'in place of a token: the IAM that gives one',
      value: url,
      commands: AT_TARGET,
    },
    {
      flags: '--username <name>',
      says: 'the user to log in as',
      commands: AT_TARGET,
      in: { mock: { says: 'the user that may log in', defaultInWords: 'made up' } },
    },
    {
      flags: '--password <password>',
      says: 'the user’s password',
      secret: true,
      commands: AT_TARGET,
      in: { mock: { defaultInWords: 'made up' } },
    },
    { flags: '--domain <name>', says: 'the account that the user belongs to', commands: AT_TARGET },
    {
      flags: '--project-name <name>',
      says: 'the project to log in to',
      defaultInWords: '--project-id',
      commands: AT_TARGET,
    },
  ],
};

export const arrangingOptions: OptionGroup = {
  heading: 'Arranging functions',
  options: [
    {
      flags: '--function-urn <urn>',
      says: 'publish on this function only',
      commands: ['run', 'pact verify'],
    },
    {
      flags: '--arrange <how>',
      says: 'how functions are arranged',
      value: oneOf(['auto', 'api', 'states', 'none']),
      defaultInWords: 'auto: through the API, or else through provider states',
      commands: ['run', 'pact verify'],
    },
    {
      flags: '--states-url <url>',
      says: 'where provider states are set up',
      value: url,
      commands: ['run', 'pact verify'],
      in: { cleanup: { says: 'where provider states are torn down' } },
    },
    {
      flags: '--resources <file>',
      says: 'what exists for functions to name: an agency, a VPC, an image',
      defaultInWords: 'made up',
      commands: ['run', 'pact verify'],
      in: { mock: { says: 'what exists for functions to name', defaultInWords: 'everything' } },
    },
    { flags: '--keep', says: 'delete nothing of what is created; the journal names it', commands: ['run'] },
  ],
};

export const suiteOptions: OptionGroup = {
  heading: 'What is asked, and how fast',
  options: [
    {
      flags: '--profile <name>',
      says: 'how thorough',
      value: oneOf(Object.keys(profiles)),
      defaultInWords: 'standard',
      commands: ['run'],
    },
    {
      flags: '--seed <n>',
      says: 'repeat a run',
      value: wholeNumber(0, 2 ** 31 - 1),
      defaultInWords: 'random, printed',
      commands: ['run'],
    },
    {
      flags: '--only <clause-glob>',
      says: 'only clauses with such ids',
      repeatable: true,
      commands: ['run'],
    },
    {
      flags: '--replay <report>',
      says: 'repeat what a report.json found: its seed, profile and findings',
      commands: ['run'],
    },
    {
      flags: '--shard <i/n>',
      says: 'the i-th of n parts',
      value: part,
      commands: ['run'],
    },
    { flags: '--dry-run', says: 'print what would be done, and send nothing', commands: ['run'] },
    {
      flags: '--max-requests <n>',
      says: 'requests at most, clean-up included',
      value: wholeNumber(1, 1_000_000),
      defaultInWords: `${budgets.join(', ')} by profile`,
      commands: ['run'],
    },
    {
      flags: '--rate <n>',
      says: 'requests a second at most',
      value: positive,
      commands: ['run', 'pact verify'],
    },
    {
      flags: '--concurrency <n>',
      says: 'requests at a time',
      value: wholeNumber(1, 64),
      defaultInWords: '8',
      commands: ['run'],
    },
  ],
};

export const baselineOptions: OptionGroup = {
  heading: 'What is expected',
  options: [
    {
      flags: '--baseline <file>',
      says: 'failures that are known and do not fail the run',
      value: text,
      commands: ['run'],
    },
    {
      flags: '--update-baseline',
      says: 'write the failures of this run to --baseline',
      commands: ['run'],
    },
    {
      flags: '--expect-choices <report>',
      says: 'fail when the target chooses otherwise than in this report.json',
      value: text,
      commands: ['run'],
    },
  ],
};
