/** Targets that are fine until something is published: every way of not answering is a finding, never a crash. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { startMock } from '../mock/index.ts';
import { parseReport } from '../report/index.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Answers a publication, or leaves it to the mock server (`false`). */
type Misbehave = (response: ServerResponse, request: IncomingMessage) => boolean;

interface Misbehaving {
  readonly endpoint: string;
  readonly projectId: string;
  readonly token: string;
  /** Publications that were not left to the mock server. */
  readonly misbehaviours: () => number;
  /** As a crash would. */
  readonly die: () => void;
  readonly functionsLeft: () => Promise<number>;
}

/** A server in front of the mock server that misbehaves on publications. */
async function misbehaving(misbehave: Misbehave): Promise<Misbehaving> {
  const mock = await startMock();
  closing.push(() => mock.close());
  let misbehaviours = 0;
  const server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    const isPublication = method === 'POST' && url.endsWith('/versions');
    if (isPublication && misbehave(response, request)) {
      misbehaviours++;
      request.resume();
      return;
    }
    const onward = forward(mock.url, { method, path: url, headers, agent: false }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const die = (): void => {
    server.closeAllConnections();
    server.close();
  };
  closing.push(die);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { projectId, token } = mock;
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    projectId,
    token,
    misbehaviours: () => misbehaviours,
    die,
    functionsLeft: async () => {
      const list = `${mock.url}/v2/${projectId}/fgs/functions`;
      const answer = await fetch(list, { headers: { 'x-auth-token': token } });
      const { functions } = (await answer.json()) as { functions: readonly unknown[] };
      return functions.length;
    },
  };
}

async function run({ endpoint, projectId, token }: Misbehaving, ...more: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-robustness-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const { PATH = '' } = process.env;
  const args = ['run', '--endpoint', endpoint, '--project-id', projectId, '--seed', '1', '--out', folder];
  const child = spawn(process.execPath, [MAIN, ...args, '--timeout', '400', ...more], {
    cwd: folder,
    env: { PATH, TMPDIR: folder, FGS_TOKEN: token },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => {
      said += chunk;
    });
  }
  const [code] = await once(child, 'close');
  expect(said).not.toMatch(/^\s+at .*:\d+|itself failed/m);
  const { clauses, summary } = parseReport(await readFile(join(folder, 'report.json'), 'utf8'));
  const failing = clauses.filter(({ verdict, level }) => verdict === 'fail' && level === 'required');
  const messages = failing.flatMap(({ id, findings }) => findings.map(({ message }) => `${id}: ${message}`));
  return { code, clauses, summary, messages };
}

const OK = { 'content-type': 'application/json' };
const BOMB = gzipSync(Buffer.alloc(32 * 1024 * 1024));

/** Sends bytes in place of an answer, and perhaps ends the connection. */
function bytes(text: string, isOver = true): Misbehave {
  return ({ socket }) => {
    socket?.write(text);
    if (isOver) socket?.end();
    return true;
  };
}

function answer(headers: Record<string, string>, body: string | Buffer, status = 200): Misbehave {
  return response => {
    response.writeHead(status, headers).end(body);
    return true;
  };
}

const flood: Misbehave = response => {
  response.writeHead(200, OK);
  const pour = (): void => {
    while (!response.destroyed && response.write('{"a":['.repeat(10_000)));
    response.once('drain', pour);
  };
  pour();
  return true;
};

const reset: Misbehave = ({ socket }) => {
  socket?.resetAndDestroy();
  return true;
};

test.each<[string, Misbehave, RegExp]>([
  ['hangs', () => true, /robustness\.answered: .*no answer came within 400 ms/],
  ['resets the connection', reset, /robustness\.answered: .*the connection was closed/],
  ['closes the connection', bytes(''), /robustness\.answered: .*the connection was closed/],
  ['is no HTTP', bytes('NONSENSE\r\n\r\n'), /robustness\.answered: .*what came is not HTTP/],
  [
    'breaks off',
    bytes('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"func'),
    /robustness\.complete: .*closed in the middle/,
  ],
  [
    'stops in the middle',
    bytes('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"func', false),
    /robustness\.complete: .*not complete after 400 ms/,
  ],
  ['does not end', flood, /robustness\.complete: .*larger than 4 MiB/],
  [
    'is a compressed bomb',
    answer({ ...OK, 'content-encoding': 'gzip' }, BOMB),
    /robustness\.complete: .*larger than 4 MiB/,
  ],
  [
    'is no UTF-8',
    answer(OK, Buffer.from('{"version":"\xff"}', 'latin1')),
    /robustness\.readable: the answer is no valid UTF-8/,
  ],
  ['redirects to itself', answer({ location: '?' }, '', 302), /status\.documented: the status is 302/],
  [
    'is longer than announced',
    bytes('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{"func_urn":1}'),
    /body\.type: /,
  ],
])('an answer that %s is a finding, and what was created is deleted', async (_, misbehave, finding) => {
  const target = await misbehaving(misbehave);
  const { code, summary, messages } = await run(target, '--profile', 'smoke');
  expect(messages.join('\n')).toMatch(finding);
  expect([code, summary.verdict]).toEqual([1, 'nonconformant']);
  expect(await target.functionsLeft()).toBe(0);
});

test('hangs do not add up: the rest is not exercised, with that reason', async () => {
  const target = await misbehaving(() => true);
  const { summary, clauses } = await run(target);
  expect(summary.verdict).toBe('nonconformant');
  expect(target.misbehaviours()).toBeLessThan(30);
  const reasons = clauses.filter(({ verdict }) => verdict === 'not-exercised').map(({ reason }) => reason);
  expect(reasons.join('\n')).toMatch(/got no answer|not answered in time/);
});

test('a hang on requests in another form is a finding of robustness alone', async () => {
  const isUnusual: Misbehave = (_, { headers }) =>
    headers['transfer-encoding'] !== undefined || headers['content-encoding'] !== undefined;
  const target = await misbehaving(isUnusual);
  const { code, messages } = await run(target, '--only', 'robustness.*', '--only', 'request.*');
  expect(code).toBe(1);
  expect(messages.map(message => message.split(':')[0])).toEqual(['robustness.answered']);
  expect(target.misbehaviours()).toBeLessThan(8);
});

test('a target that dies of abuse is named', async () => {
  const target: Misbehaving = await misbehaving((_, { url = '' }) => {
    if (url.includes('%zz')) setImmediate(target.die);
    return url.includes('%zz');
  });
  const { code, messages } = await run(target, '--only', 'robustness.*');
  expect(code).toBe(1);
  expect(messages.join('\n')).toMatch(
    /^robustness\.alive: the target stopped answering after the bytes "POST [^ ]*%zz.*: no connection.*the connection was refused$/,
  );
});
