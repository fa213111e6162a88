import { Command, InvalidArgumentError, Option } from 'commander';
import { tool } from '../run/tool.ts';
import { configureFromFile } from './configuration-file.ts';
import { collect, option, positive, wholeNumber, withReport, withTarget } from './options.ts';
import { pactCommand } from './pact-program.ts';
import { reportCommand } from './report-program.ts';
import { forgetSecretVariables } from './secret-variables.ts';
import { judgeCommand, openapiCommand, proxyCommand } from './traffic-program.ts';

function runCommand(): Command {
  const command = new Command('run').description('run the suite against a target');
  return withReport(withTarget(command))
    .addOption(
      option('--profile <name>', 'how thorough (default: standard)').choices(['smoke', 'standard', 'deep']),
    )
    .addOption(
      option('--seed <n>', 'repeat a run (default: random, printed)').argParser(wholeNumber(0, 2 ** 31 - 1)),
    )
    .addOption(option('--only <clause-glob>', 'only clauses with such ids (repeatable)').argParser(collect))
    .addOption(
      option('--max-requests <n>', 'requests at most (default: 40, 1000 or 10000 by profile)').argParser(
        wholeNumber(1, 1_000_000),
      ),
    )
    .addOption(option('--rate <n>', 'requests a second at most').argParser(positive))
    .addOption(option('--concurrency <n>', 'requests at a time (default: 8)').argParser(wholeNumber(1, 64)))
    .addOption(option('--baseline <file>', 'failures that are known and do not fail the run'))
    .addOption(option('--update-baseline', 'write the failures of this run to --baseline'))
    .addOption(option('--replay <report>', 'repeat what a report.json found: its seed, profile and findings'))
    .addOption(option('--keep', 'delete nothing of what is created; the journal names it'))
    .addOption(option('--dry-run', 'print what would be done, and send nothing'))
    .addOption(option('--shard <i/n>', 'the i-th of n parts').argParser(shard))
    .action(async options => (await import('./run-command.ts')).runCommand(options));
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
    .addOption(option('--ak <id>', 'the access key that is accepted (default: made up)'))
    .addOption(option('--sk <secret>', 'its secret (default: made up)'))
    .addOption(option('--username <name>', 'the user that may log in (default: made up)'))
    .addOption(option('--password <password>', 'the user’s password (default: made up)'))
    .addOption(option('--fault <name>', 'break one clause on purpose; "list" prints the names'))
    .addOption(option('--functions <file>', 'functions to begin with: a JSON array of their members'))
    .addOption(option('--latency <ms>', 'wait before each answer').argParser(wholeNumber(0, 600_000)))
    .addOption(option('--format <format>', 'what is printed').choices(['text', 'json']).default('text'))
    .action(async options => (await import('./mock-command.ts')).mockCommand(options));
}

function cleanupCommand(): Command {
  const command = new Command('cleanup').description('delete what an interrupted run left behind');
  return withTarget(command)
    .addOption(option('--journal <file>', 'the journal that the run named'))
    .addOption(
      option(
        '--older-than <duration>',
        'without a journal: every function of the suite older than this, such as 2h',
      )
        .argParser(duration)
        .default(60 * 60 * 1000, '1h'),
    )
    .action(async options => (await import('./cleanup-command.ts')).cleanupCommand(options));
}

/** `30s`, `10m`, `2h` or `1d`, in milliseconds. */
function duration(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = unit === undefined ? undefined : { s: 1, m: 60, h: 3600, d: 86_400 }[unit];
  if (seconds === undefined) throw new InvalidArgumentError('It must be like 30s, 10m, 2h or 1d.');
  return Number(count) * seconds * 1000;
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

const CONFIG = '--config <file>';

function everyCommand({ commands }: Command): readonly Command[] {
  return commands.flatMap(command => [command, ...everyCommand(command)]);
}

/** The configuration file that is named, before the command or after it. */
function configurationFile(command: Command | null): string | undefined {
  return command === null ? undefined : (command.opts().config ?? configurationFile(command.parent));
}

/** The whole command line. */
export function createProgram(): Command {
  const program = new Command('fgs-conformance')
    .description('Does this endpoint do what the documentation of "Publishing a Function Version" says?')
    .addOption(option(CONFIG, 'options in JSON (default: fgs-conformance.json when present)'))
    .version(tool.version, '-V, --version', 'print the version')
    // What stands after a command is the command's: its --version is not the tool's.
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .addHelpText(
      'after',
      '\nExit codes: 0 conformant, 1 nonconformant, 2 usage, 3 inconclusive, 130 interrupted.',
    );
  for (const command of [
    runCommand(),
    mockCommand(),
    judgeCommand(),
    proxyCommand(),
    pactCommand(),
    clausesCommand(),
    openapiCommand(),
    cleanupCommand(),
    reportCommand(),
  ]) {
    for (const each of [command, ...command.commands]) each.exitOverride().showHelpAfterError('(see --help)');
    program.addCommand(command);
  }
  for (const command of everyCommand(program)) command.addOption(new Option(CONFIG).hideHelp());
  return program.hook('preAction', (_, command) => {
    configureFromFile(command, configurationFile(command));
    forgetSecretVariables();
  });
}
