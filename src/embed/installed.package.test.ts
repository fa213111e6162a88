/** Packs the package, installs it elsewhere, and uses it there as a team would. Takes a build, and a registry. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { files } from './consumer.test.support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number;
  /** What it printed, without colours. */
  readonly output: string;
}

let place: string;
let tarball: Buffer<ArrayBuffer>;

/** Runs a command as if nothing ran around it. */
function execute(
  cwd: string,
  env: Readonly<Record<string, string>>,
  command: string,
  args: readonly string[],
) {
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:VITEST|FGS_|NODE_ENV|npm_(?:package|lifecycle|command)|npm_config_local_prefix)/.test(name),
  );
  const quiet = { NO_COLOR: '1', npm_config_audit: 'false', npm_config_fund: 'false' };
  return new Promise<Ended>(resolve => {
    const options = { cwd, env: { ...Object.fromEntries(own), ...quiet, ...env }, maxBuffer: 2 ** 26 };
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
}

function inConsumer(command: string, ...args: string[]): Promise<Ended> {
  return execute(place, { TMPDIR: join(place, 'temporary') }, command, args);
}

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'fgs-consumer-'));
  await mkdir(join(place, 'temporary'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
  const packed = await execute(root, {}, 'npm', ['pack', '--ignore-scripts', '--pack-destination', place]);
  expect(packed.code, packed.output).toBe(0);
  const name = (await readdir(place)).find(each => each.endsWith('.tgz')) ?? '';
  tarball = await readFile(join(place, name));
  const { version } = JSON.parse(await readFile(join(root, 'node_modules/typescript/package.json'), 'utf8'));
  const beside = ['vitest@^4.1.0', `typescript@${version}`, '@types/node@20'];
  const installed = await inConsumer('npm', 'install', '--prefer-offline', `./${name}`, ...beside);
  expect(installed.code, installed.output).toBe(0);
  expect(installed.output).not.toMatch(/npm warn/i);
});

afterAll(() => rm(place, { recursive: true, force: true }));

test('publint has nothing to say', async () => {
  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer } });
  expect(messages.map(message => formatMessage(message, pkg))).toEqual([]);
});

test('the types of every door are right, wherever ES modules are resolved', async () => {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  expect(result.types).not.toBe(false);
  const problems = 'problems' in result ? result.problems : [];
  const ofModules = problems.filter(problem => {
    const kind = 'resolutionKind' in problem ? problem.resolutionKind : '';
    return kind !== 'node10' && kind !== 'node16-cjs';
  });
  expect(ofModules).toEqual([]);
});

test('tests of the package itself stay at home', async () => {
  const inside = await readdir(join(place, 'node_modules/fgs-conformance'), { recursive: true });
  expect(inside.filter(name => name.includes('.test.'))).toEqual([]);
});

test('the command runs', async () => {
  const { code, output } = await inConsumer(
    'npx',
    '--no-install',
    'fgs-conformance',
    'run',
    '--profile',
    'smoke',
  );
  expect(output).toContain('conformant: no required clause fails');
  expect(code).toBe(0);
});

test('the library runs', async () => {
  const { code, output } = await inConsumer('node', '--no-warnings', 'library.js');
  expect(code, output).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    findings: expect.arrayContaining(['body.memory_size.values']),
    arbitraries: expect.arrayContaining(['publishedVersion', 'configuration', 'invalidPublishRequests']),
    status: 404,
    verdict: 'conformant',
    reread: 'conformant',
  });
});

test('the judge comes without the tools that only runs and servers need', async () => {
  const { output } = await inConsumer('node', '--no-warnings', 'light.js');
  expect(output).toBe('function\nloaded undici\n');
});

test('the door for vitest says so when no vitest, or another copy, is running', async () => {
  const { code, output } = await inConsumer('node', '--eval', "import('fgs-conformance/vitest')");
  expect(code).toBe(1);
  expect(output).toContain('is for tests that vitest 4.1 runs');
});

test.each([
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('the types hold under --module %s --moduleResolution %s', async (module, moduleResolution) => {
  const strict = [
    '--noEmit',
    '--strict',
    '--exactOptionalPropertyTypes',
    '--target',
    'es2023',
    '--types',
    'node',
  ];
  const resolution = ['--module', module, '--moduleResolution', moduleResolution];
  const { code, output } = await inConsumer(
    'npx',
    '--no-install',
    'tsc',
    ...strict,
    ...resolution,
    'types.ts',
  );
  expect(output).toBe('');
  expect(code).toBe(0);
});

test('the types of the library need none of Node’s, and hold when those of dependencies are checked', async () => {
  const checks = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--types', '', '--target', 'es2023'];
  const args = ['--no-install', 'tsc', ...checks, '--module', 'nodenext', 'library.ts'];
  const { code, output } = await inConsumer('npx', ...args);
  expect(output).toBe('');
  expect(code).toBe(0);
});

test('the suite runs within vitest, and cleans up', async () => {
  const { code, output } = await inConsumer('npx', '--no-install', 'vitest', 'run', '--reporter', 'verbose');
  expect(code, output).toBe(0);
  expect(output).toContain(
    '✓ conformance.test.js > Publishing a Function Version > the run says something of the target',
  );
  expect(output).toContain('✓ conformance.test.js > an answer conforms');
  expect((await readdir(join(place, 'temporary'))).filter(name => name.startsWith('fgs-'))).toEqual([]);
});

test('the suite runs within a vitest that transforms it, shuffles, retries and runs tests at once', async () => {
  const { code, output } = await inConsumer(
    'npx',
    '--no-install',
    'vitest',
    'run',
    '--config',
    'own.config.js',
  );
  expect(code, output).toBe(0);
  expect(output).not.toContain('ource map');
});

test('a target that is wrong fails the tests, which name the clause', async () => {
  const env = { FAULT: 'body.memory_size.values' };
  const { code, output } = await execute(place, env, 'npx', ['--no-install', 'vitest', 'run']);
  expect(code).toBe(1);
  expect(output.match(/^ *× .*/gm)?.map(line => line.trim())).toEqual([
    expect.stringMatching(/^× body\.memory_size\.values: memory_size is one of the documented values/),
  ]);
  expect(output).toMatch(/✗ body\.memory_size\.values {2}required\n {2}memory_size is 129; documented: 128/);
});
