/**
 * How many publications a second the mock server answers, beside a bare route that answers the same bytes,
 * and beside Prism when it is there: `PRISM=<path of the prism command> npm run bench`.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { afterAll, bench, describe } from 'vitest';
import { COMMAND, launch, type Served, serveBytes, serveMock } from './servers.bench.support.ts';

/** A function can be published once for each change, and an account has 400 functions. */
const FUNCTIONS = 390;
const ROUNDS = 13;
const AT_A_TIME = 10;
const PER_ROUND = FUNCTIONS / ROUNDS;

const HEADERS = { 'content-type': 'application/json' };

interface Target {
  readonly pool: Pool;
  readonly path: string;
  readonly token: string;
}

async function request(target: Target, method: 'POST' | 'PUT', path: string, sent: unknown): Promise<string> {
  const { pool, token } = target;
  const headers = { ...HEADERS, 'x-auth-token': token };
  const { statusCode, body } = await pool.request({ method, path, headers, body: JSON.stringify(sent) });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${method} ${path} was answered with ${statusCode}: ${text}`);
  return text;
}

/** Does something for each path, so many at a time. */
async function forEach(paths: readonly string[], act: (path: string) => Promise<unknown>): Promise<void> {
  const left = paths.values();
  const worker = async (): Promise<void> => {
    for (const path of left) await act(path);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}

const plain = { package: 'default', runtime: 'Node.js16.17', handler: 'index.handler', memory_size: 128 };

async function createFunctions(target: Target): Promise<readonly string[]> {
  const names = Array.from({ length: FUNCTIONS }, (_, index) => `bench-${index}`);
  await forEach(names, name => {
    const code = { code_type: 'inline', func_code: { file: Buffer.from(name).toString('base64') } };
    return request(target, 'POST', target.path, { ...plain, ...code, func_name: name, timeout: 3 });
  });
  return names.map(name => `${target.path}/${name}`);
}

function poolOf(url: string): Pool {
  return new Pool(url, { connections: AT_A_TIME });
}

const mock = await serveMock();
const target = { pool: poolOf(mock.url), path: mock.path, token: mock.token };
const functions = await createFunctions(target);
let timeout = 3;

/** Changes every function, so that it can be published again. */
async function change(): Promise<void> {
  timeout++;
  await forEach(functions, path =>
    request(target, 'PUT', `${path}/config`, { ...plain, func_name: path.split('/').at(-1), timeout }),
  );
}

function publish(to: Target, path: string): Promise<string> {
  return request(to, 'POST', `${path}/versions`, {});
}

const [first = '', ...others] = functions;
const sample = await publish(target, first);
await forEach(others, path => publish(target, path));
const bare = await serveBytes(sample);
const bareTarget = { pool: poolOf(bare.url), path: mock.path, token: mock.token };

/** Prism without its log, which would cost it time; so it does not say when it listens. */
async function servePrism(command: string): Promise<Served> {
  const file = join(mkdtempSync(join(tmpdir(), 'fgs-bench-')), 'openapi.json');
  writeFileSync(file, execFileSync(process.execPath, [COMMAND, 'openapi'], { cwd: tmpdir() }));
  const url = 'http://127.0.0.1:4010';
  const served = launch(url, command, ['mock', '--port', '4010', '--verboseLevel', 'silent', file]);
  while (!(await isListening(url))) await pause(100);
  return served;
}

async function isListening(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

const prism = process.env.PRISM === undefined ? undefined : await servePrism(process.env.PRISM);

afterAll(async () => {
  await target.pool.close();
  await bareTarget.pool.close();
  for (const server of [mock, bare, prism]) server?.stop();
});

/** Paths of one round after the other. */
function rounds(): () => readonly string[] {
  let round = -1;
  return () => {
    round = (round + 1) % ROUNDS;
    return functions.slice(round * PER_ROUND, (round + 1) * PER_ROUND);
  };
}

const once = { time: 0, iterations: ROUNDS, warmupTime: 0, warmupIterations: 0 };

describe(`${PER_ROUND} publications, ${AT_A_TIME} at a time`, () => {
  const bareRound = rounds();
  bench('a bare Fastify route', async () => forEach(bareRound(), path => publish(bareTarget, path)), {
    ...once,
    setup: () => forEach(functions, path => publish(bareTarget, path)),
  });

  const mockRound = rounds();
  bench('the mock server', async () => forEach(mockRound(), path => publish(target, path)), {
    ...once,
    setup: change,
  });

  if (prism !== undefined) {
    const prismTarget = { pool: poolOf(prism.url), path: mock.path, token: mock.token };
    const prismRound = rounds();
    bench('Prism', async () => forEach(prismRound(), path => publish(prismTarget, path)), once);
  }
});
