/** Clients that others wrote: how each is built, and how it can say who it is. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How a client says who it is. `project` is a key without a project, which is asked of IAM. */
export type CredentialsKind = 'key' | 'project' | 'login' | 'token';

export interface Client {
  /** The folder of its program, beside this file. */
  readonly name: string;
  /** Commands without which it cannot be built. */
  readonly toolchain: readonly string[];
  /** Run in a copy of its folder, one after the other. */
  readonly build: readonly Command[];
  readonly run: Command;
  readonly credentials: readonly CredentialsKind[];
}

type Command = readonly [string, ...string[]];

const python = (name: string, credentials: readonly CredentialsKind[]): Client => ({
  name,
  toolchain: ['python3'],
  build: [
    ['python3', '-m', 'venv', 'environment'],
    ['environment/bin/python', '-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt'],
  ],
  run: ['environment/bin/python', 'client.py'],
  credentials,
});

const go = (name: string, credentials: readonly CredentialsKind[]): Client => ({
  name,
  toolchain: ['go'],
  build: [['go', 'build', '-o', 'client', '.']],
  run: ['./client'],
  credentials,
});

/** Where the programs are. */
export const CLIENTS_FOLDER = fileURLToPath(new URL('.', import.meta.url));

export const clients: readonly Client[] = [
  {
    name: 'javascript',
    toolchain: [],
    build: [],
    // Its SDK is a dependency of this project's tests.
    run: [process.execPath, join(CLIENTS_FOLDER, 'javascript', 'client.mjs')],
    credentials: ['key'],
  },
  python('python', ['key', 'project']),
  python('otcextensions', ['login']),
  go('go', ['key']),
  go('golangsdk', ['key', 'login', 'token']),
  go('gophertelekomcloud', ['key', 'login', 'token']),
  {
    name: 'java',
    toolchain: ['mvn', 'java'],
    build: [['mvn', '--batch-mode', '--quiet', 'package']],
    run: ['java', '-cp', 'target/client-1.jar:target/dependency/*', 'Client'],
    credentials: ['key'],
  },
];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Runs a command to its end; `undefined` when there is no such command. */
export function run([command, ...args]: Command, options: RunOptions): Promise<Ended | undefined> {
  const { cwd, env, timeoutMs } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, timeout: timeoutMs });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => {
      stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      stderr += chunk;
    });
    child.on('error', error =>
      'code' in error && error.code === 'ENOENT' ? resolve(undefined) : reject(error),
    );
    child.on('close', code => resolve({ code, stdout, stderr }));
  });
}

/** The first command of a client's toolchain that is not there. */
export async function missingTool({ toolchain }: Client): Promise<string | undefined> {
  for (const tool of toolchain) {
    const version = tool === 'go' ? 'version' : '--version';
    const found = await run([tool, version], { cwd: CLIENTS_FOLDER, timeoutMs: 60_000 });
    if (found?.code !== 0) return tool;
  }
  return undefined;
}

const BUILD_MS = 15 * 60_000;

/**
 * Builds a client outside the repository; answers the folder. A build is kept for as long as the program stays
 * as it is, in `FGS_CLIENTS_DIR` or the folder for temporary files.
 *
 * @throws Error what a command of the build said
 */
export async function build({ name, build: commands }: Client): Promise<string> {
  const source = join(CLIENTS_FOLDER, name);
  const place = process.env.FGS_CLIENTS_DIR ?? join(tmpdir(), 'fgs-conformance-clients');
  const folder = join(place, `${name}-${await digestOf(source)}`);
  const isBuilt = await readdir(folder).then(
    () => true,
    () => false,
  );
  if (isBuilt) return folder;
  // Only what was built to its end has its name.
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  await cp(source, unfinished, { recursive: true });
  for (const command of commands) {
    const ended = await run(command, { cwd: unfinished, timeoutMs: BUILD_MS });
    if (ended?.code !== 0) {
      throw new Error(`${command.join(' ')}: ${ended?.stdout}${ended?.stderr}`.slice(0, 4000));
    }
  }
  await rename(unfinished, folder);
  return folder;
}

async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  for (const file of files.sort()) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
