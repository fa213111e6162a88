/** Commands of commander, made of what is declared of them. */

import { Argument, Command, type CommanderError } from 'commander';
import { UsageError } from '../run/usage-error.ts';
import { didYouMean } from '../words/nearest.ts';
import { COMMANDS, type CommandName } from './commands.ts';

const PROGRAM = 'fgs-conformance';

/** A command with its declared arguments and help, still without its options. */
export function declaredCommand(name: CommandName): Command {
  const { says, arguments: parameters = {}, example, exits } = COMMANDS[name];
  const command = new Command(name.replace(/^.* /, ''))
    .description(says)
    .configureHelp({ optionDescription: ({ description }) => description })
    .configureOutput({ outputError: () => undefined })
    .exitOverride(error => fail(command, name, error))
    .addHelpText('after', () => afterHelp(`${PROGRAM} ${example}`, exits))
    .hook('preAction', async (_, action) => {
      if (action !== command) return;
      const [{ settleOptions }, { forgetSecretVariables }] = await Promise.all([
        import('./options/settle.ts'),
        import('./options/secrets.ts'),
      ]);
      settleOptions(command, name, process.env);
      forgetSecretVariables();
    });
  for (const [parameter, what] of Object.entries(parameters))
    command.addArgument(new Argument(parameter, what));
  return command;
}

function calledAs(name: CommandName): string {
  return name === PROGRAM ? PROGRAM : `${PROGRAM} ${name}`;
}

function afterHelp(example: string, exits: readonly (readonly [number, string])[]): string {
  const width = Math.max(...exits.map(([code]) => String(code).length));
  const lines = exits.map(([code, meaning]) => `  ${String(code).padEnd(width)}  ${meaning}`);
  return ['', 'Exit codes:', ...lines, '', 'Example:', `  ${example}`].join('\n');
}

/** Says in a sentence of ours what commander could not make sense of. */
function fail(command: Command, name: CommandName, error: CommanderError): never {
  const given = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const sentence = sentenceFor(command, name === PROGRAM ? '' : name, error.code, given);
  if (sentence === undefined) throw error;
  throw new UsageError(`${sentence} See ${calledAs(name)} --help.`);
}

function sentenceFor(command: Command, name: string, code: string, given: string): string | undefined {
  const has = name === '' ? 'There is' : `${name} has`;
  switch (code) {
    case 'commander.unknownOption': {
      const flags = [command, ...(command.parent === null ? [] : [command.parent])].flatMap(each =>
        each.options.map(({ long }) => long ?? ''),
      );
      return `${has} no option ${given}.${didYouMean(given, [...flags, '--help'])}`;
    }
    case 'commander.unknownCommand': {
      const names = command.commands.map(each => each.name());
      return `${has} no command ${given}.${didYouMean(given, names)}`;
    }
    case 'commander.optionMissingArgument':
      return `${given.replace(/ .*$/, '')} needs a value: ${given}.`;
    case 'commander.missingArgument': {
      const missing = command.registeredArguments.find(argument => argument.name() === given);
      return `${name} needs <${given}>: ${missing?.description}.`;
    }
    case 'commander.excessArguments': {
      const taken = command.registeredArguments.length;
      const most = taken === 0 ? 'no argument' : `${taken} argument${taken === 1 ? '' : 's'} at most`;
      return `${name} takes ${most}, but got ${command.args.join(' ')}.`;
    }
    default:
      return undefined;
  }
}
