import type { Command, Option } from 'commander';

/** Options that may be given repeatedly: a list in the file. */
const REPEATABLE = new Set([
  'only',
  'reporter',
  'tag',
  'pacticipant',
  'ignore',
  'unreachable-state',
  'provider-version-tag',
]);

/** Options that make no sense in a file. */
const NOT_IN_FILE = new Set(['config', 'help']);

/** A JSON Schema of the configuration file, made of the options of every command. */
export function configurationSchema(program: Command): Readonly<Record<string, unknown>> {
  const options = program.commands.flatMap(optionsOf).filter(option => !NOT_IN_FILE.has(option.name()));
  const names = [...new Set(options.map(option => option.name()))].sort();
  const properties = names.map(name => [name, schemaOf(options.filter(option => option.name() === name))]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'fgs-conformance.json',
    description: 'Options of fgs-conformance. A flag or FGS_<OPTION> in the environment comes first.',
    type: 'object',
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
  };
}

function optionsOf(command: Command): readonly Option[] {
  return [...command.options, ...command.commands.flatMap(optionsOf)];
}

/** Commands that share the name of an option may differ in its choices: the file takes those of any. */
function schemaOf(options: readonly Option[]): Readonly<Record<string, unknown>> {
  const [first] = options;
  if (first === undefined) return {};
  const { description } = first;
  if (first.isBoolean()) return { description, type: 'boolean' };
  const choices = [...new Set(options.flatMap(option => option.argChoices ?? []))];
  const one = choices.length === 0 ? { type: ['string', 'number'] } : { enum: choices };
  if (!REPEATABLE.has(first.name())) return { description, ...one };
  return { description, anyOf: [one, { type: 'array', items: one }] };
}
