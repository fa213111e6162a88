/** The mutants of the mock server: its compiled modules, each with one small change. */

import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';
import { mutationsOf, type Replacement } from './operators.ts';

/** A module of the mock server with one change. */
export interface Mutant {
  /** URL of the compiled module. */
  readonly url: string;
  /** The whole module, changed. */
  readonly source: string;
  /** `src/mock/publish.ts:41` */
  readonly place: string;
  /** What stood there, and what stands there now. */
  readonly before: string;
  readonly after: string;
}

const MOCK = new URL('../../src/mock/', import.meta.url);

/** Modules of which a run shows nothing: other operations, other ways to log in, and what is no part of the API. */
const NOT_ASKED =
  /^(?:index|names|options|known-resources|client-errors|aliases|signatures|identity|tokens|observed-exchange|provider-states)\.js$/;

/** Every mutant, in the order of the files. */
export function mutantsOfMock(): readonly Mutant[] {
  return readdirSync(fileURLToPath(MOCK))
    .filter(name => /^[\w-]+\.js$/.test(name) && !NOT_ASKED.test(name))
    .sort()
    .flatMap(mutantsOfModule);
}

function mutantsOfModule(name: string): readonly Mutant[] {
  const url = new URL(name, MOCK);
  const source = readFileSync(url, 'utf8');
  // At the edge: written by the compiler beside the module.
  const map = new SourceMap(
    JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, 'utf8')) as SourceMapPayload,
  );
  return mutationsOf(parseAst(source), source).map(replacement => ({
    url: url.href,
    source: changed(source, replacement),
    place: `src/mock/${name.replace(/js$/, 'ts')}:${lineOf(source, replacement.start, map)}`,
    before: shown(source.slice(replacement.start, replacement.end)),
    after: shown(replacement.text),
  }));
}

function changed(source: string, { start, end, text }: Replacement): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** The line of the source that the compiled one was made of. */
function lineOf(source: string, offset: number, map: SourceMap): number {
  const before = source.slice(0, offset).split('\n');
  const entry = map.findEntry(before.length - 1, (before.at(-1) ?? '').length);
  return ('originalLine' in entry ? entry.originalLine : before.length - 1) + 1;
}

const SHOWN = 60;

function shown(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}...` : line;
}

/** So many of them, by chance; the same seed chooses the same. */
export function sampleOf<Item>(items: readonly Item[], count: number, seed: number): readonly Item[] {
  const random = chance(seed);
  return items
    .map(item => ({ item, order: random() }))
    .sort((left, right) => left.order - right.order)
    .slice(0, count)
    .map(({ item }) => item);
}

/** Numbers in 0..1 (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
