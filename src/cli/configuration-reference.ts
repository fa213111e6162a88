import type { Command, Option } from 'commander';

/** Every option once, in the order of the commands, with the commands that take it: a Markdown table. */
export function configurationReference(program: Command): string {
  const taken = new Map<string, { readonly option: Option; readonly commands: string[] }>();
  for (const [name, option] of program.commands.flatMap(command => optionsOf(command))) {
    const entry = taken.get(option.name()) ?? { option, commands: [] };
    if (!entry.commands.includes(name)) entry.commands.push(name);
    taken.set(option.name(), entry);
  }
  const rows = [...taken.values()].map(
    ({ option, commands }) =>
      `| \`${option.flags.replaceAll('|', '\\|')}\` | ${commands.join(', ')} | ${cell(option.description)} |`,
  );
  return ['| option | commands | |', '| --- | --- | --- |', ...rows].join('\n');
}

function optionsOf(command: Command, path = command.name()): readonly (readonly [string, Option])[] {
  return [
    ...command.options.filter(option => !option.hidden).map(option => [path, option] as const),
    ...command.commands.flatMap(below => optionsOf(below, `${path} ${below.name()}`)),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

const BEGIN = '<!-- options: npm run schema -->';
const END = '<!-- /options -->';

/** A text with the table between its markers replaced. */
export function withReference(text: string, reference: string): string {
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`There is no ${BEGIN} ... ${END} to fill.`);
  return `${before}${BEGIN}\n${reference}\n${END}${after}`;
}
