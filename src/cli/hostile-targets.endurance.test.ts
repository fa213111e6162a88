/** Targets that do anything but answer: a run ends in bounded time and memory, and says why in one sentence. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { afterEach, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listening(server: Server, scheme = 'http'): Promise<string> {
  const open = new Set<Socket>();
  server.on('connection', socket => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  closing.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server of raw bytes, which are sent as soon as somebody connects. */
function raw(onConnection: (socket: Socket) => void): Promise<string> {
  return listening(createNetServer(onConnection));
}

/** A server that answers every request alike, once it has read it. */
function answering(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<string> {
  const server = createHttpServer((request, response) => {
    request.resume().on('end', () => answer(response, request));
  });
  return listening(server);
}

function always(status: number, headers: Record<string, string>, body: string): Promise<string> {
  return answering(response => response.writeHead(status, headers).end(body));
}

const JSON_TYPE = { 'content-type': 'application/json' };

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The last line of a report: verdict and reason. */
  readonly verdict: string;
  /** The most memory that the process ever had, in MB; 0 where that cannot be seen. */
  readonly peakMb: number;
}

async function run(endpoint: string, ...more: readonly string[]): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-hostile-'));
  const { PATH = '' } = process.env;
  const target = ['--endpoint', endpoint, '--project-id', 'p', '--region', 'r'];
  const how = ['--profile', 'smoke', '--seed', '1', '--timeout', '250', '--out', folder];
  const child = spawn(process.execPath, [MAIN, 'run', ...target, ...how, ...more], {
    cwd: folder,
    env: { PATH, TMPDIR: folder, FGS_TOKEN: 'the-token' },
  });
  let peakMb = 0;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
  }, 100);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', chunk => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  clearInterval(watch);
  await rm(folder, { recursive: true, force: true });
  expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+/m);
  const verdict = stdout.split('\n').findLast(line => /^\w+: .* · /.test(line)) ?? '';
  return { code, stdout, stderr, verdict, peakMb };
}

test('a closed port', async () => {
  const endpoint = await raw(() => {});
  for (const close of closing.splice(0)) await close();
  const { code, verdict } = await run(endpoint);
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: the target is not reachable: .*the connection was refused/);
});

test('a host name that nobody has', async () => {
  const { code, verdict } = await run('http://nonexistent.invalid');
  expect(code).toBe(3);
  expect(verdict).toMatch(
    /^inconclusive: the target is not reachable: no connection to http:\/\/nonexistent/,
  );
});

test('a socket that never says a word', async () => {
  const { code, verdict } = await run(await raw(() => {}));
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: the target does not answer: no answer came within 250 ms/);
});

test('a socket that closes at once', async () => {
  const { code, verdict } = await run(await raw(socket => socket.destroy()));
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: the target does not answer: the connection was closed/);
});

test('a socket that babbles without end', async () => {
  const endpoint = await raw(socket => {
    const babble = () => {
      while (!socket.destroyed && socket.write('220 mail.example.com ESMTP ready\r\n'.repeat(100)));
    };
    socket.on('drain', babble);
    babble();
  });
  const { code, verdict, peakMb } = await run(endpoint);
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: the target does not answer: what came is not HTTP/);
  expect(peakMb).toBeLessThan(800);
});

test('a certificate that nobody vouches for', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'hostile' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const endpoint = await listening(createHttpsServer({ key, cert }), 'https');
  const { code, verdict } = await run(endpoint);
  expect(code).toBe(3);
  expect(verdict).toMatch(
    /^inconclusive: .* its certificate is self-signed and not trusted \(see --cacert\)/,
  );

  const folder = await mkdtemp(join(tmpdir(), 'fgs-cacert-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'ca.pem'), cert);
  const other = await run(endpoint, '--cacert', join(folder, 'ca.pem'));
  expect(other.code).toBe(3);
  expect(other.verdict).toMatch(/its certificate is for another host/);
});

test('no TLS where there should be some', async () => {
  const endpoint = await always(200, JSON_TYPE, '{}');
  const { code, verdict } = await run(endpoint.replace('http:', 'https:'));
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: the target is not reachable: .* it does not speak TLS there/);
});

test.each([
  [
    'of the body',
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n',
    1,
    /^nonconformant: .*robustness\.complete/,
  ],
  ['of the headers', 'HTTP/1.1 200 OK\r\nX-Endless: ', 3, /^inconclusive: .*no answer came within 250 ms/],
])('an endless drip %s', async (_, head, exitCode, reason) => {
  const endpoint = await raw(socket => {
    socket.write(head);
    const drip = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  const { code, verdict } = await run(endpoint);
  expect(code).toBe(exitCode);
  expect(verdict).toMatch(reason);
});

test('an endless flood', async () => {
  const block = Buffer.alloc(256 * 1024, '{"a":[');
  const endpoint = await raw(socket => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n');
    const pour = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', pour);
    socket.once('data', pour);
  });
  const { code, verdict, peakMb } = await run(endpoint, '--timeout', '5000');
  expect(code).toBe(1);
  expect(verdict).toMatch(/^nonconformant: .*robustness\.complete/);
  expect(peakMb).toBeLessThan(800);
});

test('the HTML of a gateway', async () => {
  const html = '<html><body><h1>502 Bad Gateway</h1></body></html>';
  const { code, verdict } = await run(
    await always(502, { 'content-type': 'text/html', 'retry-after': '0' }, html),
  );
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: .*502/);
});

test('HTML with a 200', async () => {
  const { code, verdict } = await run(await always(200, { 'content-type': 'text/html' }, '<html></html>'));
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: the endpoint answers with an HTML page \(200\)/);
});

test('a 401 for everything', async () => {
  let requests = 0;
  const endpoint = await answering(response => {
    requests += 1;
    response.writeHead(401, JSON_TYPE).end('{"error_code":"APIG.0301","error_msg":"Incorrect token"}');
  });
  const { code, verdict } = await run(endpoint);
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: the credentials were refused: 401 .*Incorrect token/);
  expect(requests).toBeLessThanOrEqual(2);
});

test.each([429, 503])('a %i for everything', async status => {
  let requests = 0;
  const endpoint = await answering(response => {
    requests += 1;
    response.writeHead(status, { ...JSON_TYPE, 'retry-after': '0' }).end('{}');
  });
  const { code, verdict } = await run(endpoint);
  expect(code).toBe(3);
  expect(verdict).toMatch(new RegExp(`^inconclusive: .*${status}`));
  expect(requests).toBeLessThanOrEqual(40);
});

test.each([302, 307])('a %i to another host, which is not followed', async status => {
  const visitors: string[] = [];
  const elsewhere = await answering((response, { headers }) => {
    visitors.push(JSON.stringify(headers));
    response.writeHead(200, JSON_TYPE).end('{}');
  });
  const { code, verdict } = await run(await always(status, { location: `${elsewhere}/v2/p` }, ''));
  expect(code).toBe(3);
  expect(verdict).toMatch(/^inconclusive: the endpoint redirects to http/);
  expect(visitors).toEqual([]);
});

test('an IAM that redirects the password to another host', async () => {
  const visitors: string[] = [];
  const elsewhere = await answering((response, { url = '' }) => {
    visitors.push(url);
    response.writeHead(201, { ...JSON_TYPE, 'x-subject-token': 'MIIabc' }).end('{}');
  });
  const iam = await always(307, { location: `${elsewhere}/v3/auth/tokens` }, '');
  const folder = await mkdtemp(join(tmpdir(), 'fgs-iam-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const { PATH = '' } = process.env;
  const login = ['--iam-url', iam, '--username', 'u', '--domain', 'd', '--project-name', 'n'];
  const args = ['run', '--endpoint', elsewhere, ...login, '--out', folder];
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH, FGS_PASSWORD: 'the-password' },
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    stdout += chunk;
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(3);
  expect(stdout).toMatch(/inconclusive: IAM at \S+ gave no token \(307\)/);
  expect(visitors).toEqual([]);
});
