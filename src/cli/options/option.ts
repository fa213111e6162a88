/** What an option is, said once: flags, variables, help, configuration file and documents follow from it. */

import type { CommandName } from '../commands.ts';
import { type OptionValue, text } from './values.ts';

/** What commands that share an option may say differently. */
interface Wording {
  /** What it means, in a few words. */
  readonly says: string;
  /** What the value must be. Default: any text. */
  readonly value?: OptionValue;
  /** What is in force when nothing is given. */
  readonly default?: string | number;
  /** The same in words, where the command itself finds the default. */
  readonly defaultInWords?: string | undefined;
  /** Only a flag gives it: by this variable and member, other commands mean something else. */
  readonly onlyAsFlag?: true;
}

/** An option as it is declared. */
export interface OptionDeclaration extends Wording {
  /** Such as `--seed <n>`; without a value it is a switch, with one in brackets it may be one. */
  readonly flags: string;
  /** The commands that use it as it stands. */
  readonly commands: readonly CommandName[];
  /** The commands that use it and mean something else by it. */
  readonly in?: Readonly<Partial<Record<CommandName, Partial<Wording>>>>;
  /** Never shown, and taken out of the environment once it is read. */
  readonly secret?: true;
  /** May be given several times. */
  readonly repeatable?: true;
  /** A variable of another tool that is read when ours is not set. */
  readonly variable?: string;
}

/** Options under one heading of the help. */
export interface OptionGroup {
  readonly heading: string;
  readonly options: readonly OptionDeclaration[];
}

/** An option as one command has it. */
export interface CommandOption extends Omit<OptionDeclaration, 'commands' | 'in' | 'value'> {
  readonly heading: string;
  /** `project-id` */
  readonly name: string;
  /** `projectId` */
  readonly attribute: string;
  /** The variables that it is read from, the first that is set. */
  readonly variables: readonly string[];
  readonly isSwitch: boolean;
  /** It has a value or none. */
  readonly isOptional: boolean;
  readonly value: OptionValue;
  /** What other commands take by the same name: a variable or file that serves all of them may hold it. */
  readonly otherValues: readonly OptionValue[];
}

/** `project-id` for `--project-id <id>` */
export function nameOf({ flags }: OptionDeclaration): string {
  return flags.replace(/^(?:-., )?--/, '').replace(/ .*$/, '');
}

/** `projectId` for `--project-id <id>` */
export function attributeOf(declaration: OptionDeclaration): string {
  return nameOf(declaration).replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The variables that an option is read from, the first that is set. */
export function variablesOf(declaration: OptionDeclaration): readonly string[] {
  const { variable } = declaration;
  return [variableOf(nameOf(declaration)), ...(variable === undefined ? [] : [variable])];
}

/** The commands that take the option. */
export function commandsWith({ commands, in: others = {} }: OptionDeclaration): readonly string[] {
  return [...new Set([...commands, ...Object.keys(others)])];
}

/** The option as the command has it; `undefined` when it takes no such option. */
export function optionIn(
  declaration: OptionDeclaration,
  command: CommandName,
  heading: string,
): CommandOption | undefined {
  if (!commandsWith(declaration).includes(command)) return undefined;
  const { commands: _commands, in: others = {}, ...own } = declaration;
  return {
    value: text,
    ...own,
    ...others[command],
    heading,
    name: nameOf(declaration),
    attribute: attributeOf(declaration),
    variables: variablesOf(declaration),
    otherValues: Object.values(others).flatMap(({ value }) => value ?? []),
    isSwitch: !/[<[]/.test(declaration.flags),
    isOptional: declaration.flags.includes('['),
  };
}

/** `FGS_PROJECT_ID` for `project-id` */
export function variableOf(name: string): string {
  return `FGS_${name.replaceAll('-', '_').toUpperCase()}`;
}
