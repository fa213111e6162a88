/** Mock servers that others wrote: where they come from, and how each is started from the document. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ToolCommand } from '../other-programs.test.support.ts';
import { type MockedDocument, mappingsOf } from './wiremock-mappings.test.support.ts';

export interface MockedBy {
  /** The folder that says which version, beside this file. */
  readonly name: string;
  /** With its version, for people. */
  readonly title: string;
  /** Commands without which it does not run. */
  readonly toolchain: readonly string[];
  /** Makes answers up, other ones each time. */
  readonly answersAtRandom?: true;
  /** Whether it holds requests against the document. */
  readonly validates: boolean;
  /** Run in a copy of its folder, one after the other. */
  readonly build: readonly ToolCommand[];
  /** Writes what it reads into a folder of its own; answers the command. */
  readonly start: (place: Place) => Promise<ToolCommand>;
}

interface Place {
  /** Where it was built. */
  readonly built: string;
  /** Where the document is, as `openapi.json`. */
  readonly cwd: string;
  readonly port: number;
  readonly document: MockedDocument;
}

/** Installs what a `package.json` names, without its scripts. */
export const npmBuild: readonly ToolCommand[] = [
  ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--quiet'],
];

export const servers: readonly MockedBy[] = [
  {
    name: 'prism',
    title: 'Prism 5.16',
    toolchain: [],
    validates: true,
    build: npmBuild,
    start: async ({ built, port }) => [
      join(built, 'node_modules/.bin/prism'),
      ...['mock', '--host', '127.0.0.1', '--port', String(port), 'openapi.json'],
    ],
  },
  {
    name: 'mockoon',
    title: 'Mockoon 9.9',
    toolchain: [],
    validates: false,
    build: npmBuild,
    start: async ({ built, port }) => [
      join(built, 'node_modules/.bin/mockoon-cli'),
      ...['start', '--data', 'openapi.json', '--hostname', '127.0.0.1', '--port', String(port)],
      '--disable-log-to-file',
    ],
  },
  {
    name: 'wiremock',
    title: 'WireMock 3.13',
    toolchain: ['mvn', 'java'],
    validates: true,
    build: [['mvn', '--batch-mode', '--quiet', 'dependency:copy-dependencies', '-DoutputDirectory=.']],
    start: async ({ built, cwd, port, document }) => {
      await mkdir(join(cwd, 'mappings'));
      const mappings = JSON.stringify({ mappings: mappingsOf(document) });
      await writeFile(join(cwd, 'mappings/mappings.json'), mappings);
      return [
        'java',
        ...['-jar', join(built, 'wiremock-standalone-3.13.2.jar'), '--root-dir', '.'],
        ...['--bind-address', '127.0.0.1', '--port', String(port)],
      ];
    },
  },
  {
    name: 'specmatic',
    title: 'Specmatic 2.55',
    answersAtRandom: true,
    toolchain: ['java'],
    validates: true,
    build: npmBuild,
    start: async ({ built, port }) => [
      'java',
      ...['-jar', join(built, 'node_modules/specmatic/specmatic.jar'), 'mock', 'openapi.json'],
      ...['--host', '127.0.0.1', '--port', String(port)],
    ],
  },
];
