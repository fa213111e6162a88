/** The files that follow from declarations, for readers that cannot look at the declarations. */

import { readFileSync } from 'node:fs';
import { dresses, faults } from '../../mock/index.ts';
import { resourcesSchema } from '../../page/resources.ts';
import { reportSchema } from '../../report/index.ts';
import { commandReference } from '../options/command-reference.ts';
import { configurationSchema } from '../options/configuration-schema.ts';
import { optionReference } from '../options/reference.ts';

/** A file of the repository. */
export interface DerivedFile {
  /** From the root of the repository. */
  readonly path: string;
  /** @param root where the repository is */
  readonly text: (root: URL) => string;
}

export const derivedFiles: readonly DerivedFile[] = [
  { path: 'src/cli/fgs-conformance.schema.json', text: () => json(configurationSchema()) },
  { path: 'src/mock/names.ts', text: namesOfServers },
  { path: 'src/run/resources.schema.json', text: () => json(resourcesSchema) },
  { path: 'src/report/report.schema.json', text: () => json(reportSchema) },
  { path: 'src/cli/options.md', text: optionsGuide },
];

function optionsGuide(root: URL): string {
  const guide = readFileSync(new URL('src/cli/options.md', root), 'utf8');
  return filled(filled(guide, 'options', optionReference()), 'commands', commandReference());
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function namesOfServers(): string {
  return [
    '/** Made by `npm run derive` of the lists of faults and dresses. */\n',
    union('FaultName', 'The servers that are wrong on purpose.', faults),
    union('DressName', 'The servers that conform in an unusual way.', dresses),
  ].join('\n');
}

function union(type: string, says: string, all: readonly { readonly name: string }[]): string {
  const names = all.map(({ name }) => `\n  | '${name}'`).sort();
  return `/** ${says} */\nexport type ${type} =${names.join('')};\n`;
}

/** A document with what stands between two markers replaced. */
function filled(text: string, name: string, content: string): string {
  const begin = `<!-- ${name}: npm run derive -->`;
  const end = `<!-- /${name} -->`;
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`There is no ${begin} ... ${end}.`);
  return `${before}${begin}\n${content}\n${end}${after}`;
}
