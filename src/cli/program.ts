import { Command, InvalidArgumentError, Option } from 'commander';
import { configureFromFile } from './configuration-file.ts';

/** A whole number within bounds, both included. */
function wholeNumber(min: number, max: number): (text: string) => number {
  return text => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

function url(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new InvalidArgumentError('It must be a URL that begins with http:// or https://.');
  }
  return text;
}

function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** An option that may also come from the environment as FGS_<OPTION>, and from the configuration file. */
function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.env(`FGS_${made.name().replaceAll('-', '_').toUpperCase()}`);
}

/** The options that say what the target is, shared by every command that speaks to one. */
function withTarget(command: Command): Command {
  return command
    .addOption(option('--endpoint <url>', 'the target; without it, the embedded mock server').argParser(url))
    .addOption(option('--project-id <id>', 'the project of the credentials'))
    .addOption(option('--region <id>', 'the region of the project'))
    .addOption(option('--token <token>', 'X-Auth-Token (better: the environment variable)'))
    .addOption(option('--forbidden-token <token>', 'a token of a user without permission to publish'))
    .addOption(option('--function-urn <urn>', 'publish on this function only'))
    .addOption(
      option('--arrange <how>', 'how functions are arranged (default: api)').choices([
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

function runCommand(): Command {
  const command = new Command('run').description('run the suite against a target');
  return withTarget(command)
    .addOption(
      option('--profile <name>', 'how thorough (default: standard)').choices(['smoke', 'standard', 'deep']),
    )
    .addOption(
      option('--seed <n>', 'repeat a run (default: random, printed)').argParser(wholeNumber(0, 2 ** 31 - 1)),
    )
    .addOption(option('--only <clause-glob>', 'only clauses with such ids (repeatable)').argParser(collect))
    .addOption(
      option('--max-requests <n>', 'requests at most (default: 40, 600 or 6000 by profile)').argParser(
        wholeNumber(10, 1_000_000),
      ),
    )
    .addOption(option('--rate <n>', 'requests a second at most').argParser(positive))
    .addOption(option('--concurrency <n>', 'requests at a time (default: 4)').argParser(wholeNumber(1, 64)))
    .addOption(
      option('--fail-on <level>', 'what fails the run (default: required)').choices([
        'required',
        'recommended',
      ]),
    )
    .addOption(option('--out <dir>', 'where report.json is written').default('fgs-report'))
    .addOption(
      option('--reporter <name>', 'what is printed (repeatable; default: terminal)')
        .choices(['terminal', 'json'])
        .argParser(collectChoice),
    )
    .addOption(option('--shard <i/n>', 'the i-th of n parts').argParser(shard))
    .action(async options => (await import('./run-command.ts')).runCommand(options));
}

function collectChoice(value: string, before: readonly string[] | undefined): string[] {
  if (value !== 'terminal' && value !== 'json')
    throw new InvalidArgumentError('Allowed choices are terminal, json.');
  return collect(value, before);
}

function shard(text: string): string {
  const [, part, parts] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (part === undefined || parts === undefined || Number(part) < 1 || Number(part) > Number(parts)) {
    throw new InvalidArgumentError('It must be like 1/3: the part and the number of parts.');
  }
  return text;
}

function mockCommand(): Command {
  return new Command('mock')
    .description('the reference server')
    .addOption(
      option('--port <n>', 'port to listen on; 0: any free one').argParser(wholeNumber(0, 65_535)).default(0),
    )
    .addOption(option('--host <host>', 'address to listen on').default('127.0.0.1'))
    .addOption(option('--project-id <id>', 'the project (default: made up)'))
    .addOption(option('--token <token>', 'the token that is accepted (default: made up)'))
    .addOption(option('--forbidden-token <token>', 'a token without permission (default: made up)'))
    .addOption(option('--fault <name>', 'break one clause on purpose; "list" prints the names'))
    .addOption(option('--latency <ms>', 'wait before each answer').argParser(wholeNumber(0, 600_000)))
    .addOption(option('--format <format>', 'what is printed').choices(['text', 'json']).default('text'))
    .action(async options => (await import('./mock-command.ts')).mockCommand(options));
}

function clausesCommand(): Command {
  return new Command('clauses')
    .description('the catalogue of clauses, or all about one')
    .argument('[id]', 'the id of a clause, such as body.memory_size.values')
    .addOption(
      option('--format <format>', 'how the catalogue is printed')
        .choices(['table', 'json', 'markdown'])
        .default('table'),
    )
    .action(async (id, options) => (await import('./clauses-command.ts')).clausesCommand(id, options));
}

/** The whole command line. */
export function createProgram(): Command {
  const program = new Command('fgs-conformance')
    .description('Does this endpoint do what the documentation of "Publishing a Function Version" says?')
    .addOption(option('--config <file>', 'options in JSON (default: fgs-conformance.json when present)'))
    .option('-V, --version', 'print the version')
    .on('option:version', async () => {
      const { tool } = await import('../run/tool.ts');
      process.stdout.write(`${tool.version}\n`);
      process.exit();
    })
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .addHelpText(
      'after',
      '\nExit codes: 0 conformant, 1 nonconformant, 2 usage, 3 inconclusive, 130 interrupted.',
    );
  for (const command of [runCommand(), mockCommand(), clausesCommand()]) {
    program.addCommand(command.exitOverride().showHelpAfterError('(see --help)'));
  }
  return program.hook('preAction', (_, command) => configureFromFile(command, program.opts().config));
}
