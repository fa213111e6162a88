import { commandsWith, declarations, nameOf, type OptionDeclaration } from './index.ts';
import { text } from './values.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A JSON Schema of the configuration file, which holds the options of any command. */
export function configurationSchema(): Schema {
  const properties = declarations
    .filter(declaration => nameOf(declaration) !== 'config')
    .map(declaration => [nameOf(declaration), schemaOf(declaration)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'fgs-conformance.json',
    description: 'Options of fgs-conformance. A flag or FGS_<OPTION> in the environment comes first.',
    type: 'object',
    additionalProperties: false,
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
  };
}

function schemaOf(declaration: OptionDeclaration): Schema {
  const { says, flags, repeatable, in: others = {} } = declaration;
  const description = `${says} (${commandsWith(declaration).join(', ')})`;
  if (!flags.includes('<'))
    return { description, type: flags.includes('[') ? ['boolean', 'string'] : 'boolean' };
  const kinds = [declaration, ...Object.values(others)].flatMap(({ value }) => value ?? []);
  const choices = [...new Set(kinds.flatMap(kind => kind.choices ?? []))];
  const one = choices.length > 0 ? { enum: choices } : (kinds[0] ?? text).schema;
  return { description, ...(repeatable === true ? { anyOf: [one, { type: 'array', items: one }] } : one) };
}
