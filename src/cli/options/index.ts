/** Every option of the command line. */

import type { CommandName } from '../commands.ts';
import {
  cleanUpOptions,
  configurationOptions,
  documentOptions,
  recordingOptions,
  reportOptions,
  serverOptions,
} from './local-options.ts';
import { type CommandOption, nameOf, type OptionDeclaration, optionIn } from './option.ts';
import { brokerOptions, folderOptions, pactOptions, versionOptions } from './pact-options.ts';
import {
  arrangingOptions,
  baselineOptions,
  credentialOptions,
  suiteOptions,
  targetOptions,
} from './target-options.ts';

export { REPORTERS } from './local-options.ts';
export type { CommandOption, OptionDeclaration } from './option.ts';
export { attributeOf, commandsWith, nameOf, variableOf, variablesOf } from './option.ts';

/** In the order of the help. */
const GROUPS = [
  targetOptions,
  credentialOptions,
  arrangingOptions,
  suiteOptions,
  baselineOptions,
  serverOptions,
  recordingOptions,
  cleanUpOptions,
  folderOptions,
  pactOptions,
  brokerOptions,
  versionOptions,
  documentOptions,
  reportOptions,
  configurationOptions,
];

/** Every declaration, once. */
export const declarations: readonly OptionDeclaration[] = GROUPS.flatMap(({ options }) => options);

/** The options of a command, in the order of its help. */
export function optionsOf(command: CommandName): readonly CommandOption[] {
  return GROUPS.flatMap(({ heading, options }) =>
    options.flatMap(declaration => optionIn(declaration, command, heading) ?? []),
  );
}

/** The names of all options, without dashes. */
export const optionNames: readonly string[] = declarations.map(nameOf);
