/** A command that serves, in a process of its own, for as long as a team may leave it running. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { Pool } from 'undici';
import { expect, onTestFinished } from 'vitest';
import { plain } from './mock-client.test.support.ts';
import { COMMAND } from './servers.bench.support.ts';

/** How many publications a server has to last for. */
export const PUBLICATIONS = Number(process.env.FGS_PUBLICATIONS ?? 1_000_000);

interface Answered {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Starts a command; answers its process and the first line that it prints. */
export async function started(args: readonly string[]) {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const lines = createInterface(child.stdout);
  const [line] = await once(lines, 'line');
  return { child, line: String(line) };
}

/** A mock server in a process of its own, and a client with so many connections. */
export async function served(connections: number, args: readonly string[] = []) {
  const known = ['--format', 'json', '--project-id', 'p', '--token', 't'];
  const { child, line } = await started(['mock', ...known, ...args]);
  const { url }: { url: string } = JSON.parse(line);
  return { url, child, call: callerOf(url, connections) };
}

/** A client of the function operations at a URL, with so many connections; a 5xx is an error. */
export function callerOf(url: string, connections: number) {
  const pool = new Pool(url, { connections, bodyTimeout: 600_000, headersTimeout: 600_000 });
  onTestFinished(() => pool.destroy());
  return async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, members?: object) => {
    const { statusCode: status, body } = await pool.request({
      method,
      path: `/v2/p/fgs/functions${path}`,
      headers: { 'x-auth-token': 't', 'content-type': 'application/json' },
      ...(members === undefined ? {} : bodyOf(members)),
    });
    const text = await body.text();
    if (status >= 500) throw new Error(`${method} ${path}: ${status} ${text}`);
    return { status, json: text === '' ? {} : JSON.parse(text) } satisfies Answered;
  };
}

/** Pieces are sent one after the other, so that many can share what they have in common. */
function bodyOf(members: object) {
  return { body: Array.isArray(members) ? Readable.from(members) : JSON.stringify(members) };
}

/** Megabytes that a process holds. */
export async function heldBy({ pid, exitCode }: ChildProcess): Promise<number> {
  expect(exitCode, 'the server has ended').toBeNull();
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

/** Does something so many times, so many at a time; answers what the server held after each of twelve parts. */
export async function repeated(
  child: ChildProcess,
  times: number,
  atATime: number,
  one: (index: number) => Promise<void>,
): Promise<readonly number[]> {
  const held: number[] = [];
  for (let part = 0; part < 12; part += 1) {
    const end = Math.floor((times * (part + 1)) / 12);
    let next = Math.floor((times * part) / 12);
    const worker = async (): Promise<void> => {
      while (next < end) {
        next += 1;
        await one(next);
      }
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    held.push(await heldBy(child));
  }
  return held;
}

/** Whether the last third is no higher than the middle, but for what garbage may make of it. */
export function expectLevel(held: readonly number[]): void {
  const middle = Math.max(...held.slice(4, 8));
  const end = Math.min(...held.slice(8));
  expect(end, `megabytes held: ${held.map(Math.round).join(', ')}`).toBeLessThan(middle * 1.1 + 20);
}

/** Publishes so many versions, of functions that keep ten each; answers what the process held meanwhile. */
export async function publications(
  child: ChildProcess,
  call: ReturnType<typeof callerOf>,
  times: number,
): Promise<readonly number[]> {
  const functions = 32;
  for (let each = 0; each < functions; each += 1) await call('POST', '', { ...plain, func_name: `f${each}` });
  return repeated(child, times, functions, async index => {
    const name = `p:default:f${index % functions}`;
    const version = `v${index}`;
    await call('PUT', `/${name}/config`, { ...plain, func_name: undefined, description: version });
    const published = await call('POST', `/${name}/versions`, {
      version,
      description: `The version ${index}`,
    });
    expect(published).toMatchObject({ status: 200, json: { version, description: version } });
    const old = `v${index - 10 * functions}`;
    if (index > 10 * functions) expect((await call('DELETE', `/${name}:${old}`)).status).toBe(204);
  });
}
