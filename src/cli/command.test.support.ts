/** The command line as its users have it, for tests: needs the built package. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import { parseReport } from '../report/index.ts';
import type { Report } from '../verdict/report.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** Where the commands of a test file run. */
export const folder = await mkdtemp(join(tmpdir(), 'fgs-cli-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with what stands between the parentheses once something like this was printed. */
  printed(pattern: RegExp): Promise<string>;
}

export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { PATH, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  let wake = (): void => undefined;
  child.stdout.on('data', chunk => {
    stdout += chunk;
    wake();
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
    wake();
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }));
  const printed = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const match = pattern.exec(stdout + stderr);
      if (match !== null) return match[1] ?? '';
      const woken = new Promise<void>(resolve => {
        wake = resolve;
      });
      await Promise.race([
        woken,
        ended.then(({ stderr: said }) => Promise.reject(new Error(`It ended: ${said}`))),
      ]);
    }
  };
  return { child, ended, printed };
}

export function cli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<Ended> {
  const { child, ended } = start(args, env);
  child.stdin?.end(stdin);
  return ended;
}

export async function file(name: string, text: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

export async function reportIn(out: string): Promise<Report> {
  return parseReport(await readFile(join(folder, out, 'report.json'), 'utf8'));
}

/** Clauses that fail, informative ones left out. */
export function failing({ clauses }: Report): readonly string[] {
  return clauses
    .filter(({ verdict, level }) => verdict === 'fail' && level !== 'informative')
    .map(({ id }) => id);
}
