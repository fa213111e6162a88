/**
 * What a run costs, beside replaying the same requests with a bare client, as many at a time; and what is gained by
 * asking many things at a time where answers take long.
 */

import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Pool } from 'undici';
import { afterAll, bench, describe } from 'vitest';
import { type MockServer, startMock } from '../mock/index.ts';

const command = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const AT_A_TIME = 8;
const LATENCY_MS = 100;
const rounds = { time: 0, iterations: 3, warmupTime: 0, warmupIterations: 0 };

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** The same account each time, so that recorded requests fit any of these servers. */
const account = { projectId: 'p'.repeat(32), token: 'token', forbiddenToken: 'forbidden' };

async function run(
  { url, projectId, token, forbiddenToken }: MockServer,
  concurrency = AT_A_TIME,
): Promise<void> {
  const args = ['run', '--endpoint', url, '--project-id', projectId, '--token', token, '--seed', '1'];
  await promisify(execFile)(process.execPath, [
    command,
    ...args,
    '--forbidden-token',
    forbiddenToken,
    '--concurrency',
    String(concurrency),
    '--out',
    join(tmpdir(), 'fgs-bench-run'),
  ]);
}

/** What a run sends that a bare client can send too: whole requests in the usual form. */
async function record(): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = [];
  const listen = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    const { method = 'GET', url = '/' } = request;
    const { 'x-auth-token': token = '', 'content-type': type } = request.headers;
    const headers = {
      'x-auth-token': String(token),
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    const exchange: Recorded = { method, path: url, headers, body: Buffer.alloc(0) };
    recorded.push(exchange);
    request.on('data', (chunk: Buffer) => {
      exchange.body = Buffer.concat([exchange.body, chunk]);
    });
  };
  const mock = await startMock(account);
  subscribe('http.server.request.start', listen);
  await run(mock);
  unsubscribe('http.server.request.start', listen);
  await mock.close();
  return recorded.filter(({ path }) => path.startsWith('/v2/'));
}

async function replay(requests: readonly Recorded[], { url }: MockServer): Promise<void> {
  const pool = new Pool(url, { connections: AT_A_TIME });
  const left = requests.values();
  const worker = async (): Promise<void> => {
    for (const { method, path, headers, body } of left) {
      const sent = body.length === 0 ? {} : { body };
      const answer = await pool
        .request({ method: method as 'POST', path, headers, ...sent })
        .catch(() => undefined);
      await answer?.body.text().catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  await pool.close();
}

const requests = await record();
const servers: MockServer[] = [];

/** A new server of the same account. */
async function fresh(latency = 0): Promise<MockServer> {
  const mock = await startMock({ ...account, latency });
  servers.push(mock);
  return mock;
}

afterAll(async () => {
  for (const server of servers) await server.close();
});

describe(`a standard run, ${requests.length} requests`, () => {
  bench('a bare client replays them', async () => replay(requests, await fresh()), rounds);
  bench('fgs-conformance run', async () => run(await fresh()), rounds);
});

describe(`a standard run with ${LATENCY_MS} ms an answer`, () => {
  const once = { ...rounds, iterations: 1 };
  bench('one at a time', async () => run(await fresh(LATENCY_MS), 1), once);
  bench(`${AT_A_TIME} at a time`, async () => run(await fresh(LATENCY_MS)), once);
});
