/**
 * What the proxy adds to an exchange: a publication made directly and through the proxy, one at a time over a
 * connection that is kept alive. Target and proxy are processes of their own; needs the built package.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, bench, describe } from 'vitest';
import { TOKEN, VERSION, VERSIONS } from '../traffic/recordings.test.support.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

const TARGET = `
  const body = ${JSON.stringify(JSON.stringify(VERSION))};
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
  });
  server.listen(0, '127.0.0.1', () => console.log('listening on http://127.0.0.1:' + server.address().port + ','));
`;

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill();
});

/** Starts a process that says where it listens. */
async function started(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    said += chunk;
  });
  while (!said.includes(',')) await once(child.stdout, 'data');
  return /http:[^,\s]+/.exec(said)?.[0] ?? '';
}

const agent = new Agent({ keepAlive: true });
const headers = { 'x-auth-token': TOKEN, 'content-type': 'application/json' };

async function publish(url: string): Promise<void> {
  const outgoing = request(`${url}${VERSIONS}`, { method: 'POST', agent, headers });
  outgoing.end('{"description":"first"}');
  const [answer] = await once(outgoing, 'response');
  answer.resume();
  await once(answer, 'end');
}

const target = await started('-e', TARGET);
const out = join(tmpdir(), 'fgs-proxy-bench');
const proxy = await started(MAIN, 'proxy', '--endpoint', target, '--port', '0', '--out', out);

describe('one publication', () => {
  bench('directly', () => publish(target), { time: 3000 });
  bench('through the proxy', () => publish(proxy), { time: 3000 });
});
