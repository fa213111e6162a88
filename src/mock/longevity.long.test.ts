/**
 * The mock server as the command starts it, for as long as a team may leave it running: what it holds levels
 * off, it does not end, and it answers no 5xx. `npm run test:long`; FGS_PUBLICATIONS says how many there are.
 */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { Pool } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { plain } from './mock-client.test.support.ts';
import { COMMAND } from './servers.bench.support.ts';

const PUBLICATIONS = Number(process.env.FGS_PUBLICATIONS ?? 1_000_000);

interface Answered {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A mock server in a process of its own, and a client with so many connections. */
async function served(connections: number, args: readonly string[] = []) {
  const known = ['--format', 'json', '--project-id', 'p', '--token', 't'];
  const child = spawn(process.execPath, [COMMAND, 'mock', ...known, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url }: { url: string } = JSON.parse(String(line));
  const pool = new Pool(url, { connections, bodyTimeout: 600_000, headersTimeout: 600_000 });
  onTestFinished(() => pool.destroy());

  const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, members?: object) => {
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
  return { url, child, call };
}

/** Pieces are sent one after the other, so that many can share what they have in common. */
function bodyOf(members: object) {
  return { body: Array.isArray(members) ? Readable.from(members) : JSON.stringify(members) };
}

/** Megabytes that a process holds. */
async function heldBy({ pid, exitCode }: ChildProcess): Promise<number> {
  expect(exitCode, 'the server has ended').toBeNull();
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

/** Does something so many times, so many at a time; answers what the server held after each of twelve parts. */
async function repeated(
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
function expectLevel(held: readonly number[]): void {
  const middle = Math.max(...held.slice(4, 8));
  const end = Math.min(...held.slice(8));
  expect(end, `megabytes held: ${held.map(Math.round).join(', ')}`).toBeLessThan(middle * 1.1 + 20);
}

test(`${PUBLICATIONS} publications`, async () => {
  const { child, call } = await served(8);
  const functions = 32;
  for (let each = 0; each < functions; each += 1) await call('POST', '', { ...plain, func_name: `f${each}` });
  const held = await repeated(child, PUBLICATIONS, functions, async index => {
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
  expectLevel(held);
});

test('ten thousand functions, one after the other', async () => {
  const { child, call } = await served(8);
  const held = await repeated(child, 10_000, 8, async index => {
    const created = await call('POST', '', { ...plain, func_name: `f${index}` });
    expect(created.status).toBe(200);
    expect((await call('POST', `/f${index}/versions`, {})).status).toBe(200);
    expect((await call('POST', `/f${index}/aliases`, { name: 'a', version: 'latest' })).status).toBe(200);
    expect((await call('DELETE', `/f${index}`)).status).toBe(204);
  });
  expectLevel(held);
});

test('a hundred thousand provider states, of which nothing is torn down', async () => {
  const { url, child } = await served(8);
  const held = await repeated(child, 100_000, 8, async index => {
    const state = 'the function does not exist';
    const answer = await fetch(`${url}/provider-states`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ state, params: { func_name: `f${index}` } }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([200, { project_id: 'p' }]);
  });
  expectLevel(held);
});

test('ten thousand functions at a time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-long-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'functions.json');
  await writeFile(
    file,
    JSON.stringify(Array.from({ length: 10_000 }, (_, index) => ({ func_name: `f${index}` }))),
  );
  const { child, call } = await served(8, ['--functions', file]);
  await repeated(child, 10_000, 8, async index => {
    expect((await call('POST', `/f${index - 1}/versions`, {})).status).toBe(200);
  });
  const { json } = await call('GET', '?marker=9999&maxitems=400');
  expect(json).toMatchObject({ functions: [{ func_name: 'f9999' }], count: 10_000 });
});

test('five hundred connections', async () => {
  const { child, call } = await served(500);
  await call('POST', '', { ...plain, func_name: 'f' });
  const held = await repeated(child, 100_000, 500, async index => {
    const { status } = await call('POST', '/f/versions', index % 2 === 0 ? {} : { version: '' });
    // The first publication, and then nothing has changed.
    expect([200, 400]).toContain(status);
  });
  expectLevel(held);
});

test('bodies of 20 MB, of a hundred connections', async () => {
  const { child, call } = await served(100);
  await call('POST', '', { ...plain, func_name: 'f' });
  const most = Buffer.from(Buffer.alloc(20 * 1024 * 1024).toString('base64'));
  const held = await repeated(child, 300, 100, async index => {
    if (index % 3 === 0) {
      const published = await call('POST', '/f/versions', ['{"description":"', most, '"}']);
      expect(published.status).toBe(413);
      return;
    }
    const own = Buffer.alloc(3);
    own.writeUInt16BE(index);
    const file = [own.toString('base64'), most];
    const body = ['{"code_type":"zip","func_code":{"file":"', ...file, '"}}'];
    expect((await call('PUT', '/f/code', body)).status).toBe(200);
  });
  expectLevel(held);
  expect(Math.max(...held)).toBeLessThan(3000);
});

const MALFORMED: readonly (string | Buffer)[] = [
  'HELLO\r\n\r\n',
  'GET / HTTP/1.1\r\nHost x\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'POST /v2/p/fgs/functions/f/versions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{',
  `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  Buffer.from('1603010200010001fc0303', 'hex'),
  Buffer.alloc(64 * 1024, 0xff),
  '',
];

/** Sends bytes on a connection of their own; answers the status, if there is an answer. */
function thrownAt(url: string, bytes: string | Buffer): Promise<number | undefined> {
  return new Promise(resolve => {
    let answer = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(bytes));
    socket.setEncoding('latin1').on('data', text => {
      answer += text;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      resolve(status === undefined ? undefined : Number(status));
    });
  });
}

test('a flood of what is no HTTP', async () => {
  const { url, child, call } = await served(1);
  const held = await repeated(child, 60_000, 100, async index => {
    const status = await thrownAt(url, MALFORMED[index % MALFORMED.length] ?? '');
    expect(status ?? 400).toBeLessThan(500);
  });
  expectLevel(held);
  expect((await call('GET', '')).status).toBe(200);
});
