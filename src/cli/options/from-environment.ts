import { UsageError } from '../../run/usage-error.ts';
import { editDistance } from '../../words/nearest.ts';
import { type CommandOption, optionNames, variableOf } from './index.ts';
import { isForOthers, readValue } from './read-value.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'FGS_';

const ON = ['1', 'true', 'yes', 'on'];
const OFF = ['0', 'false', 'no', 'off'];

/**
 * What the environment says of an option; `undefined` when it says nothing. A variable that is set to
 * nothing is not set.
 *
 * @throws UsageError when a variable holds what the option does not take
 */
export function fromEnvironment(option: CommandOption, environment: Environment): unknown {
  const variable = option.variables.find(name => (environment[name] ?? '') !== '');
  const text = variable === undefined ? undefined : environment[variable];
  if (variable === undefined || text === undefined) return undefined;
  if (option.isSwitch) return switchOf(text, variable);
  if (option.isOptional && isSwitchWord(text)) return switchOf(text, variable);
  if (isForOthers(option, text)) return undefined;
  if (option.repeatable !== true) return readValue(option, text, variable);
  const texts = option.value.isJson === true ? jsonTexts(text) : text.split(',').map(each => each.trim());
  const values = texts.filter(each => each !== '').map(each => readValue(option, each, variable));
  return values.length === 0 ? undefined : values;
}

function isSwitchWord(text: string): boolean {
  return [...ON, ...OFF].includes(text.toLowerCase());
}

function switchOf(text: string, variable: string): boolean {
  const word = text.toLowerCase();
  if (ON.includes(word)) return true;
  if (OFF.includes(word)) return false;
  throw new UsageError(`${variable} must be one of ${[...ON, ...OFF].join(', ')}, not ${text}.`);
}

/** The items of a JSON array, each as JSON; anything else as it stands. */
function jsonTexts(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map(each => JSON.stringify(each)) : [text];
  } catch {
    return [text];
  }
}

/**
 * Tells a mistyped variable, which would otherwise be none at all. What is not near any is somebody else's.
 *
 * @throws UsageError
 */
export function checkVariables(environment: Environment): void {
  const known = optionNames.map(variableOf);
  for (const name of Object.keys(environment)) {
    if (!name.startsWith(PREFIX) || known.includes(name)) continue;
    const meant = known.find(each => isMistyped(name.slice(PREFIX.length), each.slice(PREFIX.length)));
    if (meant !== undefined) throw new UsageError(`There is no variable ${name}. Did you mean ${meant}?`);
  }
}

/** Stricter than a suggestion is, since it ends the command. */
function isMistyped(name: string, meant: string): boolean {
  const most = meant.length < 5 ? 0 : meant.length < 8 ? 1 : 2;
  return editDistance(name.toUpperCase(), meant) <= most;
}
