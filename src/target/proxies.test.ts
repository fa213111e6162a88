import { afterEach, expect, test, vi } from 'vitest';
import { createTarget } from './create-target.ts';
import {
  answerJson,
  closedPort,
  httpServer,
  httpsServer,
  identity,
  proxyTo,
  targetAt,
} from './loopback.test.servers.ts';

const REQUEST = { method: 'POST', path: '/v2/a:b?x=1', body: '{}' };
const HOST = 'functions.test';

afterEach(() => vi.unstubAllEnvs());

function useProxy(name: 'HTTP_PROXY' | 'HTTPS_PROXY', url: string, noProxy = ''): void {
  for (const other of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy']) {
    vi.stubEnv(other, '');
  }
  vi.stubEnv(name, url);
  vi.stubEnv('no_proxy', noProxy);
}

async function plainServer(): Promise<string> {
  return httpServer(({ headers, url, body }, response) =>
    answerJson(response, 200, { host: headers.host, url, body }),
  );
}

test('plain HTTP is forwarded by the proxy', async () => {
  const proxy = await proxyTo(await plainServer());
  useProxy('HTTP_PROXY', proxy.url);
  const { request, response, failure } = await targetAt(`http://${HOST}`).send(REQUEST);
  expect(failure).toBeUndefined();
  expect(JSON.parse(response?.body ?? '')).toEqual({ host: HOST, url: REQUEST.path, body: '{}' });
  expect(request.url).toBe(`http://${HOST}${REQUEST.path}`);
  expect(proxy.asked).toEqual([`POST http://${HOST}${REQUEST.path}`]);
});

test('TLS is tunnelled by the proxy, and the connection is kept', async () => {
  const own = await identity(HOST);
  const proxy = await proxyTo(await httpsServer((_, response) => answerJson(response, 200, {}), own));
  useProxy('HTTPS_PROXY', proxy.url);
  const target = targetAt(`https://${HOST}`, { cacert: own.cert, concurrency: 1 });
  expect((await target.send(REQUEST)).response?.status).toBe(200);
  expect((await target.send(REQUEST)).response?.status).toBe(200);
  expect(proxy.asked).toEqual([`CONNECT ${HOST}:443`]);
});

test('a proxy without a scheme is an HTTP proxy, and is given its credentials', async () => {
  const proxy = await proxyTo(await plainServer());
  useProxy('HTTP_PROXY', proxy.url.replace('http://', 'someone:pass%20word@'));
  const { request, response } = await targetAt(`http://${HOST}`).send(REQUEST);
  expect(response?.status).toBe(200);
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from('someone:pass word').toString('base64')}`]);
  expect(request.headers).not.toHaveProperty('proxy-authorization');
});

test('hosts in NO_PROXY and the machine itself are asked directly', async () => {
  const endpoint = await plainServer();
  useProxy('HTTP_PROXY', await closedPort(), `.${HOST}, other.test`);
  expect((await targetAt(endpoint).send(REQUEST)).response?.status).toBe(200);
  const { failure } = await targetAt(`http://eu.${HOST}.invalid`).send(REQUEST);
  expect(failure?.message).toContain('through the proxy');
  const direct = await targetAt(`http://no.other.test`).send(REQUEST);
  expect(direct.failure).toMatchObject({ kind: 'unreachable' });
  expect(direct.failure?.message).not.toContain('through the proxy');
});

test.each(['http', 'https'])('a proxy that refuses is said to refuse (%s)', async scheme => {
  const proxy = await proxyTo(await plainServer(), 407);
  useProxy('HTTPS_PROXY', proxy.url);
  vi.stubEnv('HTTP_PROXY', proxy.url);
  const { failure, response } = await targetAt(`${scheme}://${HOST}`).send(REQUEST);
  expect(failure).toEqual({
    kind: 'unreachable',
    message: `no connection to ${scheme}://${HOST} through the proxy (see HTTP_PROXY, HTTPS_PROXY, NO_PROXY): the proxy answered 407`,
  });
  expect(response).toBeUndefined();
});

test('a proxy that cannot be reached is not taken for the target', async () => {
  useProxy('HTTPS_PROXY', await closedPort());
  const { failure } = await targetAt(`https://${HOST}`).send(REQUEST);
  expect(failure?.kind).toBe('unreachable');
  expect(failure?.message).toMatch(/through the proxy .*: the connection was refused$/);
});

test('a proxy’s password that it echoes is nowhere in the exchange', async () => {
  const endpoint = await httpServer((_, response) =>
    answerJson(response, 200, { said: 'proxy-secret-word' }),
  );
  useProxy('HTTP_PROXY', (await proxyTo(endpoint)).url.replace('//', '//user:proxy-secret-word@'));
  const exchange = await targetAt(`http://${HOST}`).send(REQUEST);
  expect(exchange.response?.status).toBe(200);
  expect(JSON.stringify(exchange)).not.toContain('proxy-secret-word');
});

test.each(['socks5://user:secret@proxy.test', 'http://:secret@:'])('%s is refused at the door', url => {
  useProxy('HTTPS_PROXY', url);
  const open = () =>
    createTarget({ endpoint: `https://${HOST}`, projectId: 'p', credentials: { token: 't' } });
  expect(open).toThrow('The proxy in HTTPS_PROXY is no http or https URL.');
});
