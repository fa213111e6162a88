import type { Command } from 'commander';
import type { CommandName } from '../commands.ts';
import { fromFile, readConfigurationFile } from './configuration-file.ts';
import { checkVariables, type Environment, fromEnvironment } from './from-environment.ts';
import { optionsOf } from './index.ts';

/**
 * Gives a command the options that no flag gives: from the environment, or else from the configuration file.
 *
 * @throws UsageError when something is given that no option takes
 */
export function settleOptions(command: Command, name: CommandName, environment: Environment): void {
  checkVariables(environment);
  const { config } = command.optsWithGlobals();
  const file = readConfigurationFile(
    typeof config === 'string' ? config : environment.FGS_CONFIG || undefined,
  );
  for (const option of optionsOf(name)) {
    const isFlag = option.onlyAsFlag === true || option.name === 'config';
    if (isFlag || command.getOptionValueSource(option.attribute) === 'cli') continue;
    const fromVariable = fromEnvironment(option, environment);
    const value = fromVariable ?? fromFile(option, file);
    const source = fromVariable === undefined ? 'config' : 'env';
    if (value !== undefined) command.setOptionValueWithSource(option.attribute, value, source);
  }
}
