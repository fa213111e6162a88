import type { Command } from 'commander';
import { tool } from '../run/tool.ts';
import { COMMAND_NAMES, type CommandName } from './commands.ts';
import { declaredCommand } from './declared-command.ts';

/**
 * The whole command line.
 *
 * @param words what stands on it. Only commands that are named there get their options: declaring all of them is
 * most of what help would wait for. Default: all.
 */
export async function createProgram(words?: readonly string[]): Promise<Command> {
  const program = commands();
  const named = [...declared(program)].filter(([, command]) => words?.includes(command.name()) ?? true);
  if (named.length === 0) return program;
  const { addOptions } = await import('./options/add-options.ts');
  for (const [name, command] of named) {
    if (name === 'pact can-i-deploy') (await import('./pact-selectors.ts')).noteSelectors(command);
    addOptions(command, name);
  }
  return program;
}

/** A command and all below it, by the names that they are declared under. */
function* declared(command: Command, above: readonly string[] = []): Generator<[CommandName, Command]> {
  const name = COMMAND_NAMES.find(each => each === [...above, command.name()].join(' '));
  if (name !== undefined) yield [name, command];
  const path = command.parent === null ? [] : [...above, command.name()];
  for (const each of command.commands) yield* declared(each, path);
}

function commands(): Command {
  const program = declaredCommand('fgs-conformance')
    .version(tool.version, '-V, --version', 'print the version')
    // What stands after a command is the command's: its --version is not the tool's.
    .enablePositionalOptions();
  const all = [
    declaredCommand('run').action(async options => (await import('./run-command.ts')).runCommand(options)),
    declaredCommand('mock').action(async options => (await import('./mock-command.ts')).mockCommand(options)),
    declaredCommand('judge').action(async (names, options) =>
      (await import('./judge-command.ts')).judgeCommand(names, options),
    ),
    declaredCommand('proxy').action(async options =>
      (await import('./proxy-command.ts')).proxyCommand(options),
    ),
    pactCommand(),
    declaredCommand('clauses').action(async (id, options) =>
      (await import('./clauses-command.ts')).clausesCommand(id, options),
    ),
    declaredCommand('openapi').action(async options =>
      (await import('./openapi-command.ts')).openapiCommand(options),
    ),
    declaredCommand('schemas').action(async options =>
      (await import('./schemas-command.ts')).schemasCommand(options),
    ),
    declaredCommand('cleanup').action(async options =>
      (await import('./cleanup-command.ts')).cleanupCommand(options),
    ),
    reportCommand(),
  ];
  for (const command of all) program.addCommand(command);
  return program;
}

function pactCommand(): Command {
  return declaredCommand('pact')
    .addCommand(
      declaredCommand('pact generate').action(async options =>
        (await import('./pact-generate-command.ts')).pactGenerateCommand(options),
      ),
    )
    .addCommand(
      declaredCommand('pact verify').action(async options =>
        (await import('./pact-verify-command.ts')).pactVerifyCommand(options),
      ),
    )
    .addCommand(
      declaredCommand('pact publish').action(async options =>
        (await import('./pact-publish-command.ts')).pactPublishCommand(options),
      ),
    )
    .addCommand(canIDeployCommand());
}

function canIDeployCommand(): Command {
  return declaredCommand('pact can-i-deploy').action(async (options, command) => {
    const { pactCanIDeployCommand } = await import('./pact-can-i-deploy-command.ts');
    const { selectorsOf } = await import('./pact-selectors.ts');
    return pactCanIDeployCommand({ ...options, ...selectorsOf(command) });
  });
}

function reportCommand(): Command {
  return (
    declaredCommand('report')
      // Else --format after "diff" would be taken for this command's own.
      .enablePositionalOptions()
      .action(async (file, options) => (await import('./report-command.ts')).renderCommand(file, options))
      .addCommand(
        declaredCommand('report diff').action(async (before, after, options) =>
          (await import('./report-command.ts')).diffCommand(before, after, options),
        ),
      )
      .addCommand(
        declaredCommand('report merge').action(async (files, options) =>
          (await import('./report-command.ts')).mergeCommand(files, options),
        ),
      )
  );
}
