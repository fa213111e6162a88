import { COMMAND_NAMES } from '../commands.ts';
import { commandsWith, declarations, nameOf, type OptionDeclaration, variableOf } from './index.ts';

/** Every option once, with the commands that take it: a Markdown table. */
export function optionReference(): string {
  const rows = declarations.map(declaration => {
    const { flags, says } = declaration;
    const commands = commandsWith(declaration);
    const takers = commands.length === COMMAND_NAMES.length ? 'all' : commands.join(', ');
    const cells = [`\`${flags}\``, takers, `${says}${factsOf(declaration)}`];
    return `| ${cells.map(each => each.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| option | commands | |', '| --- | --- | --- |', ...rows].join('\n');
}

function factsOf(declaration: OptionDeclaration): string {
  const { value, secret, repeatable, defaultInWords, default: fallback } = declaration;
  const shown = defaultInWords ?? fallback;
  const facts = [
    ...(value?.choices === undefined ? [] : [value.choices.join(', ')]),
    ...(repeatable === true ? ['repeatable'] : []),
    ...(shown === undefined ? [] : [`default: ${shown}`]),
    ...(secret === true ? [`better: ${variableOf(nameOf(declaration))}`] : []),
  ];
  return facts.length === 0 ? '' : ` (${facts.join('; ')})`;
}
