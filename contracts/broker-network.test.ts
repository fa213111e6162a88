/** Brokers as companies run them: below a path, behind TLS of their own, moved, busy or silent. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { canIDeploy } from '../src/pact/can-i-deploy.ts';
import { publishPacts } from '../src/pact/publish.ts';
import { verifyPacts } from '../src/pact/verify.ts';
import { brokerTrial, MY_SDK, RESULTS, TOKEN, VERSION } from './broker-trial.test.support.ts';

const trial = brokerTrial();

let folder: string;
let certificate: { readonly private: string; readonly cert: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fgs-conformance-ca-'));
  certificate = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const servers: { close(): unknown }[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const each of servers.splice(0)) each.close();
});

type At = { readonly brokerBaseUrl: string; readonly brokerToken?: string; readonly cacert?: string };

/** From a pact to a yes. */
async function allOf(at: At) {
  await publishPacts({ ...at, ...VERSION, dir: trial.file });
  const verified = await verifyPacts({ ...at, ...RESULTS });
  const asked = await canIDeploy({ ...at, selectors: [MY_SDK] });
  return { told: verified.told, isDeployable: asked.isDeployable };
}

const YES = { told: [{ told: 'success' }], isDeployable: true };

test('a broker below a path', async () => {
  const double = await trial.startDouble({ prefix: '/tools/pact-broker', token: TOKEN });
  expect(await allOf({ brokerBaseUrl: double.url, brokerToken: TOKEN })).toMatchObject(YES);
  const slash = { brokerBaseUrl: `${double.url}/`, brokerToken: TOKEN };
  expect(await canIDeploy({ ...slash, selectors: [MY_SDK] })).toMatchObject({ isDeployable: true });
});

test('a broker with a certificate of the company’s own', async () => {
  const double = await trial.startDouble({
    https: { key: certificate.private, cert: certificate.cert },
    token: TOKEN,
  });
  const at = { brokerBaseUrl: double.url, brokerToken: TOKEN };
  const untrusted = /is not reachable: .*its certificate is self-signed and not trusted \(see --cacert\)/;
  await expect(publishPacts({ ...at, ...VERSION, dir: trial.file })).rejects.toThrow(untrusted);
  await expect(verifyPacts(at)).rejects.toThrow(untrusted);
  await expect(canIDeploy({ ...at, selectors: [MY_SDK] })).rejects.toThrow(untrusted);
  expect(await allOf({ ...at, cacert: certificate.cert })).toMatchObject(YES);
  const file = join(folder, 'ca.pem');
  await writeFile(file, certificate.cert);
  vi.stubEnv('SSL_CERT_FILE', file);
  expect(await canIDeploy({ ...at, selectors: [MY_SDK] })).toMatchObject({ isDeployable: true });
  const question = [
    'can-i-deploy',
    '--pacticipant',
    'my-sdk',
    '--version',
    '1.0.0',
    '--broker-base-url',
    double.url,
  ];
  const trusting = { PACT_BROKER_TOKEN: TOKEN, NODE_EXTRA_CA_CERTS: file };
  expect(await start(question, trusting).ended).toMatchObject({ code: 0 });
  expect(await start([...question, '--cacert', file], { PACT_BROKER_TOKEN: TOKEN }).ended).toMatchObject({
    code: 0,
  });
  expect(await start(question, { PACT_BROKER_TOKEN: TOKEN }).ended).toMatchObject({ code: 3 });
  vi.stubEnv('SSL_CERT_FILE', join(folder, 'nowhere.pem'));
  await expect(canIDeploy({ ...at, selectors: [MY_SDK] })).rejects.toThrow(
    /SSL_CERT_FILE names .* cannot be read/,
  );
});

test.each([301, 302, 307, 308])('a broker that has moved, with %i', async status => {
  const double = await trial.startDouble({ token: TOKEN });
  const old = createServer(({ url }, response) => {
    response.writeHead(status, { location: `${double.url}${url}` }).end();
  });
  const at = { brokerBaseUrl: await addressOf(old), brokerToken: TOKEN };
  await publishPacts({ ...at, ...VERSION, dir: trial.file });
  expect(await canIDeploy({ ...at, selectors: [MY_SDK] })).toMatchObject({ matrix: [{ result: 'unknown' }] });
});

test('to another host, credentials do not go along, which is told', async () => {
  const double = await trial.startDouble({ token: TOKEN });
  const elsewhere = double.url.replace('127.0.0.1', 'localhost');
  const old = createServer((_, response) => {
    response.writeHead(301, { location: elsewhere }).end();
  });
  const at = { brokerBaseUrl: await addressOf(old), brokerToken: TOKEN };
  await expect(verifyPacts(at)).rejects.toThrow(/leads to http:\/\/localhost:\d+, which wants credentials/);
});

test('a broker that is busy for a moment, and one that is for longer', async () => {
  const waited: string[] = [];
  const double = await trial.startDouble({ busy: 2 });
  const at = { brokerBaseUrl: double.url, onWait: (told: string) => waited.push(told) };
  await publishPacts({ ...at, ...VERSION, dir: trial.file });
  expect(waited).toHaveLength(2);
  expect(waited[0]).toMatch(/a gateway answers for the broker at .*, with 503: asking again/);
  const down = await trial.startDouble({ busy: 1000 });
  await expect(verifyPacts({ brokerBaseUrl: down.url })).rejects.toThrow(
    /is not reachable: only a gateway answers for it, with 503/,
  );
});

test('a broker that goes round in circles', async () => {
  const circle = createServer((_, response) => {
    response.writeHead(302, { location: '/again' }).end();
  });
  await expect(verifyPacts({ brokerBaseUrl: await addressOf(circle) })).rejects.toThrow(
    /redirects more than 5/,
  );
});

const MAIN = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

test('a broker that never answers is given up within a minute, and a signal ends the wait at once', async () => {
  const silent = createTcpServer(() => undefined).listen(0, '127.0.0.1');
  servers.push(silent);
  await once(silent, 'listening');
  const url = `http://127.0.0.1:${Object(silent.address()).port}`;
  const asking = (...args: readonly string[]) => start([...args, '--broker-base-url', url]);
  const started = performance.now();
  const publish = ['publish', '--dir', trial.file, '--consumer-app-version', '1'];
  const given = [publish, ['verify'], ['can-i-deploy', '--version', '1']].map(args => asking(...args));
  const stopped = asking(...publish);
  await expect.poll(stopped.told, { timeout: 30_000 }).toMatch(/waiting for the broker at/);
  stopped.child.kill('SIGTERM');
  expect(await stopped.ended).toMatchObject({ code: 130 });
  for (const { ended } of given)
    expect(await ended).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/is not reachable: no answer came/),
    });
  expect(performance.now() - started).toBeLessThan(60_000);
});

/** Starts a command of the built command line. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, 'pact', ...args], {
    env: { PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, stderr }));
  return { child, ended, told: () => stderr };
}

async function addressOf(server: Server): Promise<string> {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${Object(server.address()).port}`;
}
