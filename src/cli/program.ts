import type { Command } from 'commander';
import { tool } from '../run/tool.ts';
import { declaredCommand } from './declared-command.ts';
import { selectorsOf } from './pact-selectors.ts';

/** The whole command line. */
export function createProgram(): Command {
  const program = declaredCommand('fgs-conformance')
    .version(tool.version, '-V, --version', 'print the version')
    // What stands after a command is the command's: its --version is not the tool's.
    .enablePositionalOptions();
  const commands = [
    declaredCommand('run').action(async options => (await import('./run-command.ts')).runCommand(options)),
    declaredCommand('mock').action(async options => (await import('./mock-command.ts')).mockCommand(options)),
    judgeCommand(),
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
    declaredCommand('cleanup').action(async options =>
      (await import('./cleanup-command.ts')).cleanupCommand(options),
    ),
    reportCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  return program;
}

function judgeCommand(): Command {
  return declaredCommand('judge').action(async (names, options) =>
    (await import('./judge-command.ts')).judgeCommand(names, options),
  );
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
  const command = declaredCommand('pact can-i-deploy');
  const selectors = selectorsOf(command);
  return command.action(async options => {
    const { pactCanIDeployCommand } = await import('./pact-can-i-deploy-command.ts');
    return pactCanIDeployCommand({ ...options, ...selectors() });
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
