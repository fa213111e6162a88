import { type Command, Option } from 'commander';
import type { CommandName } from '../commands.ts';
import { type CommandOption, optionsOf } from './index.ts';
import { readValue } from './read-value.ts';

/** Gives a command the options that are declared for it. */
export function addOptions(command: Command, name: CommandName): void {
  for (const option of optionsOf(name)) command.addOption(asCommander(option));
}

function asCommander(option: CommandOption): Option {
  const { flags, heading, value, isSwitch, repeatable = false, default: fallback } = option;
  const made = new Option(flags, optionInWords(option)).helpGroup(`${heading}:`);
  if (fallback !== undefined) made.default(value.read(String(fallback)), String(fallback));
  if (isSwitch) return made;
  return made.argParser((text: string, before: unknown): unknown => {
    const read = readValue(option, text, `--${option.name}`);
    return repeatable ? [...(Array.isArray(before) ? before : []), read] : read;
  });
}

function optionInWords(option: CommandOption): string {
  const { says, value, repeatable, secret, onlyAsFlag, variables, default: fallback } = option;
  const { defaultInWords = fallback } = option;
  const facts = [
    ...(value.choices === undefined ? [] : [value.choices.join(', ')]),
    ...(repeatable === true ? ['repeatable'] : []),
    ...(defaultInWords === undefined ? [] : [`default: ${defaultInWords}`]),
    ...(onlyAsFlag === true ? [] : [`${secret === true ? 'better in ' : ''}${variables.join(' or ')}`]),
  ];
  return facts.length === 0 ? says : `${says} (${facts.join('; ')})`;
}
