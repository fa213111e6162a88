import { readFileSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { placeOfMistake } from '../judge/json-mistake.ts';
import { isObject } from '../page/formats.ts';
import { textOf } from '../traffic/text-encoding.ts';

const DEFAULT_FILE = 'fgs-conformance.json';

/**
 * Takes options from the configuration file where neither a flag nor the environment gives them. Keys are
 * the names of options without dashes: `"project-id"`.
 *
 * @throws Error when the file cannot be read, is no JSON object, or has a key or value that no option takes
 */
export function configureFromFile(command: Command, file: string | undefined): void {
  const members = read(file);
  if (members === undefined) return;
  const path = file ?? DEFAULT_FILE;
  for (const [name, value] of Object.entries(members)) {
    if (name === '$schema') continue;
    const option = command.options.find(each => each.name() === name);
    if (option === undefined) {
      // One file serves all commands.
      if (
        rootOf(command)
          .commands.flatMap(everyCommand)
          .some(other => takes(other, name))
      )
        continue;
      throw new Error(`${path} has "${name}", which is no option of fgs-conformance.`);
    }
    const key = option.attributeName();
    const source = command.getOptionValueSource(key);
    if (source === 'cli' || source === 'env') continue;
    command.setOptionValueWithSource(key, optionValue(option, value, path), 'config');
  }
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function takes({ options }: Command, name: string): boolean {
  return options.some(each => each.name() === name);
}

function read(file: string | undefined): Record<string, unknown> | undefined {
  const path = file ?? DEFAULT_FILE;
  let text: string;
  try {
    text = textOf(readFileSync(path));
  } catch (error) {
    if (file === undefined && error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return undefined;
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's message quotes the file, which may hold secrets.
    throw new Error(`${path} is no JSON: ${placeOfMistake(text)}.`);
  }
  if (!isObject(value)) throw new Error(`${path} must hold a JSON object of options.`);
  return value;
}

function optionValue(option: Option, value: unknown, path: string): unknown {
  if (!option.isBoolean()) return parse(value, path, option.name(), option.parseArg);
  if (typeof value === 'boolean') return value;
  throw new Error(`${path}: "${option.name()}" must be true or false.`);
}

type ParseArg = ((value: string, previous: unknown) => unknown) | undefined;

function parse(value: unknown, path: string, name: string, parseArg: ParseArg): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.reduce<unknown>((before, each) => {
    if (typeof each !== 'string' && typeof each !== 'number') {
      throw new Error(`${path}: "${name}" must be a text or a number.`);
    }
    if (parseArg === undefined) return String(each);
    try {
      return parseArg(String(each), before);
    } catch (error) {
      throw new Error(
        `${path}: "${name}" is ${JSON.stringify(withoutUserInfo(String(each)))}. ${error instanceof Error ? error.message : ''}`,
      );
    }
  }, undefined);
}

/** A URL without the password that should not be in it. */
function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, '//…@');
}
