import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which rooms a room may import from, besides `words`. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  words: [],
  page: [],
  judge: ['page'],
  generate: ['page'],
  mock: ['page'],
  target: ['page'],
  verdict: ['page', 'judge'],
  report: ['page', 'verdict'],
  run: ['page', 'judge', 'generate', 'mock', 'target', 'verdict', 'report'],
  traffic: ['page', 'judge', 'verdict', 'target'],
  proxy: ['page', 'judge', 'verdict', 'target', 'traffic'],
  pact: ['page', 'judge', 'generate', 'mock', 'target', 'verdict', 'report', 'run'],
  embed: ['page', 'judge', 'verdict', 'run'],
  cli: [
    'page',
    'judge',
    'generate',
    'mock',
    'target',
    'verdict',
    'report',
    'run',
    'traffic',
    'proxy',
    'pact',
  ],
};

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => join(folder, name));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const paths = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(match => match[1] ?? '');
  return paths.map(path => relative(root, resolve(root, dirname(file), path)));
}

function roomOf(file: string): string {
  const [first = '', second = ''] = file.split(sep);
  return first === 'src' ? second : first;
}

test('every folder under src is a room with declared doors', () => {
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory());
  expect(rooms.map(room => room.name).sort()).toEqual(Object.keys(DOORS).sort());
});

test.each(Object.entries(DOORS))('%s imports only what it may', (room, doors) => {
  const strangers = sources(join('src', room)).flatMap(file =>
    importsOf(file)
      .map(roomOf)
      .filter(other => ![room, 'words', ...doors].includes(other))
      .map(other => `${file} imports ${other}`),
  );
  expect(strangers).toEqual([]);
});

test('nothing under src imports properties or contracts', () => {
  const strangers = sources('src').filter(file =>
    importsOf(file).some(path => /^(?:properties|contracts)/.test(path)),
  );
  expect(strangers).toEqual([]);
});
