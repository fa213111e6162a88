import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { answerJson, httpsServer, type Identity, identity, targetAt } from './loopback.test.servers.ts';

const REQUEST = { method: 'POST', path: '/', body: '{}' };

function serverWith(own: Identity): Promise<string> {
  return httpsServer((_, response) => answerJson(response, 200, {}), own);
}

test('a private CA is trusted when it is given, among others too', async () => {
  const own = await identity();
  const endpoint = await serverWith(own);
  for (const cacert of [own.cert, `${(await identity('other.test')).cert}\n${own.cert}`]) {
    const { failure, response } = await targetAt(endpoint, { cacert }).send(REQUEST);
    expect(failure).toBeUndefined();
    expect(response?.status).toBe(200);
  }
});

test('a CA that Node was told of is trusted beside the one that is given', async () => {
  const own = await identity();
  const file = join(await mkdtemp(join(tmpdir(), 'fgs-extra-')), 'extra.pem');
  await writeFile(file, own.cert);
  vi.stubEnv('NODE_EXTRA_CA_CERTS', file);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    return rm(dirname(file), { recursive: true });
  });
  const endpoint = await serverWith(own);
  const other = (await identity('other.test')).cert;
  expect((await targetAt(endpoint, { cacert: other }).send(REQUEST)).response?.status).toBe(200);
});

test('a certificate that nobody vouches for is unreachable, with what to do about it', async () => {
  const endpoint = await serverWith(await identity());
  const { failure, response } = await targetAt(endpoint).send(REQUEST);
  expect(failure).toEqual({
    kind: 'unreachable',
    message: `no connection to ${endpoint}: its certificate is self-signed and not trusted (see --cacert)`,
  });
  expect(response).toBeUndefined();
});

test.each([
  ['for another host', () => identity('other.test'), 'its certificate is for another host'],
  ['that has expired', () => identity(undefined, new Date(86_400_000)), 'its certificate has expired'],
])('a certificate %s is unreachable', async (_, make, reason) => {
  const own = await make();
  const { failure } = await targetAt(await serverWith(own), { cacert: own.cert }).send(REQUEST);
  expect(failure?.kind).toBe('unreachable');
  expect(failure?.message).toMatch(new RegExp(`: ${reason}$`));
});

test('a TLS connection that was closed while it was idle is not held against the target', async () => {
  const own = await identity();
  let requests = 0;
  const endpoint = await httpsServer((_, response) => {
    // The second request comes on the kept connection, which ends without a word.
    if (requests++ === 1) response.socket?.destroy();
    else answerJson(response, 200, {});
  }, own);
  const target = targetAt(endpoint, { cacert: own.cert, concurrency: 1 });
  await target.send(REQUEST);
  const { failure, response } = await target.send({ ...REQUEST, method: 'PUT' });
  expect(failure).toBeUndefined();
  expect(response?.status).toBe(200);
  expect(requests).toBe(3);
});
