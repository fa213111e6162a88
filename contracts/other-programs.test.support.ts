/** Programs that others wrote: built from a folder of the repository, but outside of it. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A command with its arguments. */
export type ToolCommand = readonly [string, ...string[]];

/** Installs what a program in Python needs into an environment of its own. */
export const pythonBuild: readonly ToolCommand[] = [
  ['python3', '-m', 'venv', 'environment'],
  ['environment/bin/python', '-m', 'pip', 'install', '--quiet', '--requirement', 'requirements.txt'],
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
export function run([command, ...args]: ToolCommand, options: RunOptions): Promise<Ended | undefined> {
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

/** The first of these commands that is not there. */
export async function missingTool(toolchain: readonly string[]): Promise<string | undefined> {
  for (const tool of toolchain) {
    const version = tool === 'go' ? 'version' : '--version';
    const found = await run([tool, version], { cwd: tmpdir(), timeoutMs: 60_000 });
    if (found?.code !== 0) return tool;
  }
  return undefined;
}

const BUILD_MS = 15 * 60_000;

/**
 * Builds a folder outside the repository; answers where. A build is kept for as long as the folder stays as it
 * is, in `FGS_CLIENTS_DIR` or the folder for temporary files.
 *
 * @param source the folder
 * @param commands run in a copy of it, one after the other
 * @throws Error what a command of the build said
 */
export async function build(source: string, commands: readonly ToolCommand[]): Promise<string> {
  const name = basename(source);
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
