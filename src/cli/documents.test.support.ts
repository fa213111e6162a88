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
  readonly text: string;
}

export function blocksIn(document: string): readonly Block[] {
  return [...textOf(document).matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** The commands of a document, each on one line, without comments. */
export function commandsIn(document: string): readonly string[] {
  return blocksIn(document)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replaceAll(/ *\\\n\s*/g, ' ').split('\n'))
    .map(line => line.replace(/\s+#.*$/, '').trim())
    .filter(line => line !== '');
}

/** The files that a document shows: blocks of JavaScript that begin with their name. */
export function filesIn(document: string): ReadonlyMap<string, string> {
  return new Map(
    blocksIn(document)
      .filter(({ language }) => language === 'js')
      .map(({ text }, index) => [/^\/\/ (\S+\.js)\n/.exec(text)?.[1] ?? `example-${index + 1}.js`, text]),
  );
}
