/** What the options of all commands are made of. */

import { type Command, InvalidArgumentError, Option } from 'commander';

/** A whole number within bounds, both included. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** A number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

/** An http or https URL. */
export function url(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new InvalidArgumentError('It must be a URL that begins with http:// or https://.');
  }
  return text;
}

/** A value of an option that may be given repeatedly. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** An option that may also come from the environment as FGS_<OPTION>, and from the configuration file. */
export function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.env(`FGS_${made.name().replaceAll('-', '_').toUpperCase()}`);
}

/** The forms in which a report can be had; a test holds them against the report room. */
export const REPORTERS = ['terminal', 'json', 'html', 'junit', 'sarif', 'har', 'ctrf', 'github'] as const;

function reporter(value: string, before: readonly string[] | undefined): string[] {
  if (!REPORTERS.some(name => name === value)) {
    throw new InvalidArgumentError(`Allowed choices are ${REPORTERS.join(', ')}.`);
  }
  return collect(value, before);
}

/** The options that say what is made of the findings. */
export function withReport(command: Command): Command {
  return command
    .addOption(
      option('--fail-on <level>', 'what fails the verdict (default: required)').choices([
        'required',
        'recommended',
      ]),
    )
    .addOption(option('--out <dir>', 'where report.json and other forms are written').default('fgs-report'))
    .addOption(
      option(
        '--reporter <name>',
        `a form of the report, repeatable (default: terminal): ${REPORTERS.join(', ')}`,
      ).argParser(reporter),
    );
}

/** The options that say what the target is, shared by every command that speaks to one. */
export function withTarget(command: Command): Command {
  return command
    .addOption(option('--endpoint <url>', 'the target; without it, the embedded mock server').argParser(url))
    .addOption(option('--project-id <id>', 'the project of the credentials'))
    .addOption(option('--region <id>', 'the region of the project'))
    .addOption(option('--token <token>', 'X-Auth-Token (better: the environment variable)'))
    .addOption(option('--ak <id>', 'in place of a token: the id of an access key to sign with'))
    .addOption(option('--sk <secret>', 'its secret (better: the environment variable)'))
    .addOption(option('--security-token <token>', 'its token, when the access key is a temporary one'))
    .addOption(option('--iam-url <url>', 'in place of a token: the IAM that gives one').argParser(url))
    .addOption(option('--username <name>', 'the user to log in as'))
    .addOption(option('--password <password>', 'the user’s password (better: the environment variable)'))
    .addOption(option('--domain <name>', 'the account that the user belongs to'))
    .addOption(option('--project-name <name>', 'the project to log in to (default: --project-id)'))
    .addOption(option('--forbidden-token <token>', 'a token of a user without permission to publish'))
    .addOption(option('--function-urn <urn>', 'publish on this function only'))
    .addOption(
      option('--arrange <how>', 'how functions are arranged (default: auto)').choices([
        'auto',
        'api',
        'states',
        'none',
      ]),
    )
    .addOption(option('--states-url <url>', 'where provider states are set up').argParser(url))
    .addOption(
      option('--timeout <ms>', 'how long one exchange may take (default: 10000)').argParser(
        wholeNumber(1, 600_000),
      ),
    )
    .addOption(option('--cacert <file>', 'certificates (PEM) to trust besides the usual ones'));
}
