/** The documents of the repository, and what in them can be run. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = new URL('../../', import.meta.url);

/** Every Markdown file that the package is published with, from the root of the repository. */
export const documents: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...['src', 'properties', 'fixtures'].flatMap(folder =>
    readdirSync(fileURLToPath(new URL(folder, ROOT)), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.md'))
      .map(name => `${folder}/${name}`),
  ),
].sort();

export function textOf(document: string): string {
  return readFileSync(new URL(document, ROOT), 'utf8');
}

/** A fenced block of a document. */
export interface Block {
  /** `sh`, `js`, `json`, ... */
  readonly language: string;
  /** The file that it is, as its first line says: `json resources.json`. */
  readonly file: string | undefined;
  readonly text: string;
}

export function blocksIn(document: string): readonly Block[] {
  return [...textOf(document).matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
    ([, language = '', file, text = '']) => ({ language, file, text }),
  );
}

/** The commands of a document, each on one line, without comments. */
export function commandsIn(document: string): readonly string[] {
  return blocksIn(document)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replaceAll(/ *\\\n\s*/g, ' ').split('\n'))
    .map(line => line.replace(/\s+#.*$/, '').trim())
    .filter(line => line !== '');
}

/** The files that a document shows: blocks that are named, and blocks of JavaScript that begin with their name. */
export function filesIn(document: string): ReadonlyMap<string, string> {
  const blocks = blocksIn(document);
  const scripts = blocks
    .filter(({ language }) => language === 'js')
    .map(({ text }, index): [string, string] => [
      /^\/\/ (\S+\.js)\n/.exec(text)?.[1] ?? `example-${index + 1}.js`,
      text,
    ]);
  const named = blocks.flatMap(({ file, text }): [string, string][] =>
    file === undefined ? [] : [[file, text]],
  );
  return new Map([...scripts, ...named]);
}
