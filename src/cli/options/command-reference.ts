import { COMMAND_NAMES, COMMANDS } from '../commands.ts';

/** Every command with its arguments, its exit codes and an example: a Markdown table. */
export function commandReference(): string {
  const rows = COMMAND_NAMES.filter(name => name !== 'fgs-conformance').map(name => {
    const { says, arguments: parameters = {}, exits, example } = COMMANDS[name];
    const called = [name, ...Object.keys(parameters)].join(' ');
    const codes = exits.map(([code, meaning]) => `${code}: ${meaning}`).join('; ');
    const cells = [`\`${called}\``, says, codes, `\`${example}\``];
    return `| ${cells.map(each => each.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| command | | exit codes | example |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
