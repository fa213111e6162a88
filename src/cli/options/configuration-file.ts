import { readFileSync } from 'node:fs';
import { isObject } from '../../page/formats.ts';
import { UsageError } from '../../run/usage-error.ts';
import { textOf } from '../../traffic/text-encoding.ts';
import { fileTrouble } from '../../words/file-trouble.ts';
import { placeOfMistake } from '../../words/json-mistake.ts';
import { didYouMean } from '../../words/nearest.ts';
import { type CommandOption, optionNames } from './index.ts';
import { isForOthers, readValue } from './read-value.ts';

const DEFAULT_FILE = 'fgs-conformance.json';

/** Options by their names without dashes: `"project-id"`. */
export interface ConfigurationFile {
  readonly path: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/**
 * Reads the configuration file: the one that is named, or the usual one when it is there. One file serves all
 * commands, so it may hold the options of each.
 *
 * @throws UsageError when it cannot be read, holds no JSON object, or has a member that is no option
 */
export function readConfigurationFile(file: string | undefined): ConfigurationFile {
  const path = file ?? DEFAULT_FILE;
  const { $schema: _schema, ...members } = readMembers(path, file === undefined);
  const known = optionNames.filter(name => name !== 'config');
  for (const name of Object.keys(members)) {
    if (known.includes(name)) continue;
    const spelled = name.replaceAll(/_/g, '-').replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    const hint = known.includes(spelled) ? ` Did you mean "${spelled}"?` : didYouMean(name, known);
    throw new UsageError(`${path} has "${name}", which is no option of fgs-conformance.${hint}`);
  }
  return { path, members };
}

function readMembers(path: string, mayBeMissing: boolean): Record<string, unknown> {
  let text: string;
  try {
    text = textOf(readFileSync(path));
  } catch (error) {
    if (mayBeMissing && isMissing(error)) return {};
    throw new UsageError(`${path} cannot be read: ${fileTrouble(error)}.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is no JSON: ${placeOfMistake(text)}.`);
  }
  if (!isObject(value)) throw new UsageError(`${path} must hold a JSON object of options.`);
  return value;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * What the file says of an option; `undefined` when it says nothing.
 *
 * @throws UsageError when it is not what the option takes
 */
export function fromFile(option: CommandOption, { path, members }: ConfigurationFile): unknown {
  const { name, isSwitch, isOptional, repeatable, value: kind } = option;
  const given = members[name];
  if (given === undefined) return undefined;
  const from = `${path}: "${name}"`;
  if (isSwitch || isOptional) {
    if (typeof given === 'boolean') return given;
    if (isOptional && typeof given === 'string') return given;
    throw new UsageError(`${from} must be true or false${isOptional ? ', or a text' : ''}.`);
  }
  const read = (value: unknown): unknown => {
    const isText = typeof value === 'string' || typeof value === 'number';
    if (!isText && !(kind.isJson === true && isObject(value)))
      throw new UsageError(`${from} must be ${kind.must}.`);
    return readValue(option, isText ? String(value) : JSON.stringify(value), from);
  };
  if (typeof given === 'string' && isForOthers(option, given)) return undefined;
  if (repeatable !== true) return read(given);
  return Array.isArray(given) ? given.map(read) : [read(given)];
}
