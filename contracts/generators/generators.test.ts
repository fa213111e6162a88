/**
 * Generators of clients that others wrote, on the OpenAPI document: what they make compiles under strict types
 * and has every member. They are installed outside of the repository. `npm run test:mocks`
 */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from '../../src/page/openapi/index.ts';
import { build, run } from '../other-programs.test.support.ts';

interface Generator {
  readonly name: string;
  /** From the folder of what is generated, where the document is `openapi.json`. */
  readonly command: readonly [string, ...string[]];
  /** Brings `TypeOf<'Component'>` into the program that looks at the types. */
  readonly types: string;
}

const generators: readonly Generator[] = [
  {
    name: 'orval',
    command: ['orval', '--input', 'openapi.json', '--output', 'client.ts', '--client', 'fetch'],
    types: "import type * as Client from './client.js';\nCOMPONENTS(Client.NAME)",
  },
  {
    name: '@hey-api/openapi-ts',
    command: ['openapi-ts', '--input', 'openapi.json', '--output', 'client'],
    types: "import type * as Client from './client/index.js';\nCOMPONENTS(Client.NAME)",
  },
  {
    name: 'openapi-typescript',
    command: ['openapi-typescript', 'openapi.json', '--output', 'client.ts'],
    types: "import type { components } from './client.js';\nCOMPONENTS(components['schemas']['NAME'])",
  },
  {
    name: 'swagger-typescript-api',
    command: [
      'swagger-typescript-api',
      'generate',
      '--path',
      'openapi.json',
      '--output',
      '.',
      '--name',
      'client.ts',
    ],
    types: "import type * as Client from './client.js';\nCOMPONENTS(Client.NAME)",
  },
  {
    name: 'openapi-zod-client',
    command: ['openapi-zod-client', 'openapi.json', '--output', 'client.ts', '--export-schemas'],
    types:
      "import type { z } from 'zod';\nimport type { schemas } from './client.js';\nCOMPONENTS(z.infer<(typeof schemas)['NAME']>)",
  },
];

const document = openApiDocument('1.0.0');

interface Component {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The components that are objects, with the names of their members. */
function membersByComponent(): readonly (readonly [component: string, members: readonly string[]])[] {
  const { components } = document as { components: { schemas: Readonly<Record<string, Component>> } };
  return Object.entries(components.schemas).flatMap(([name, { properties }]) =>
    properties === undefined ? [] : [[name, Object.keys(properties)] as const],
  );
}

/** A program that compiles only if each type has each member, as something that is known. */
function programFor({ types }: Generator): string {
  const checks = membersByComponent().map(([component, members]) => {
    const type = /COMPONENTS\((.*)\)/.exec(types)?.[1]?.replace('NAME', component);
    const names = members.map(member => `'${member}'`).join(' | ');
    return `export const ${component}: Unknown<${type}, ${names}>[] = [] satisfies never[] as Unknown<${type}, ${names}>[];\nnothing(${component});`;
  });
  return [
    types.replace(/COMPONENTS\(.*\)/, ''),
    '/** The members that the type does not have, or knows nothing of. */',
    'type Unknown<T, Names extends string> = { [Name in Names]: Name extends keyof T ? (unknown extends T[Name] ? Name : never) : Name }[Names];',
    'declare function nothing(members: never[]): void;',
    ...checks,
    '',
  ].join('\n');
}

const COMPILER_OPTIONS = {
  strict: true,
  noEmit: true,
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  skipLibCheck: true,
  types: [],
};

const COMPILER = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(
  'package.json',
  'bin/tsc',
);

let folder: string;
beforeAll(async () => {
  const source = fileURLToPath(new URL('.', import.meta.url));
  folder = await build(source, [
    ['npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--quiet'],
  ]);
});

const made: string[] = [];
afterAll(() => Promise.all(made.map(place => rm(place, { recursive: true, force: true }))));

test.each(generators)('$name makes a client that compiles and has every member', async generator => {
  const [command, ...args] = generator.command;
  // Below the folder where the generators are, so that what is generated finds what it imports.
  const cwd = await mkdtemp(join(folder, 'client-'));
  made.push(cwd);
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, 'openapi.json'), JSON.stringify(document));
  const bin = join(folder, 'node_modules', '.bin', command);
  const generated = await run([bin, ...args], { cwd, timeoutMs: 120_000 });
  expect(generated?.code, `${generated?.stdout}${generated?.stderr}`).toBe(0);

  await writeFile(join(cwd, 'members.ts'), programFor(generator));
  await writeFile(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
  const compiled = await run([process.execPath, COMPILER, '--project', cwd], { cwd, timeoutMs: 120_000 });
  expect(compiled?.stdout).toBe('');
  expect(compiled?.code).toBe(0);
});
