import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { httpsServer, identity } from '../target/loopback.test.servers.ts';
import { VERSIONS } from '../traffic/recordings.test.support.ts';
import type { CapturedExchange } from './captured.ts';
import { createCapturedJudge } from './captured-judge.ts';
import { listening, proxyFor, proxyTo, publishes, send } from './loopback.test.support.ts';
import { startProxy } from './proxy.ts';

describe('forwarding', () => {
  test('changes nothing but Host and what is about one connection', async () => {
    let arrived: IncomingMessage | undefined;
    let body = '';
    const { proxy } = await proxyFor(async (incoming, response) => {
      arrived = incoming;
      body = await text(incoming);
      response.sendDate = false;
      response.writeHead(201, 'Made', ['X-One', '1', 'x-one', '2', 'Connection', 'X-Hop', 'X-Hop', 'h']);
      response.end('answer');
    });
    const { answer, body: received } = await send(proxy, '/any/%3Apath?q=a:b', {
      method: 'PATCH',
      headers: { 'X-Mixed-Case': 'kept', connection: 'close, x-private', 'x-private': 'p', te: 'trailers' },
      body: 'sent',
    });
    expect(arrived?.method).toBe('PATCH');
    expect(arrived?.url).toBe('/any/%3Apath?q=a:b');
    expect(arrived?.rawHeaders).toContain('X-Mixed-Case');
    expect(arrived?.headers).not.toHaveProperty('x-private');
    expect(arrived?.headers).not.toHaveProperty('te');
    expect(`http://${arrived?.headers.host}`).not.toBe(proxy.url);
    expect(body).toBe('sent');
    expect(answer.statusCode).toBe(201);
    expect(answer.statusMessage).toBe('Made');
    expect(answer.rawHeaders.slice(0, 4)).toEqual(['X-One', '1', 'x-one', '2']);
    expect(answer.headers).not.toHaveProperty('x-hop');
    expect(answer.headers).not.toHaveProperty('date');
    expect(received).toBe('answer');
  });

  test('keeps the host that a signature covers', async () => {
    const hosts: (string | undefined)[] = [];
    const { proxy } = await proxyFor((incoming, response) => {
      hosts.push(incoming.headers.host);
      response.end();
    });
    const signed = (names: string) => `SDK-HMAC-SHA256 Access=AK, SignedHeaders=${names}, Signature=00`;
    await send(proxy, '/', { headers: { authorization: signed('content-type;host;x-sdk-date') } });
    await send(proxy, '/', { headers: { authorization: signed('x-sdk-date') } });
    expect(hosts[0]).toBe(new URL(proxy.url).host);
    expect(hosts[1]).not.toBe(hosts[0]);
  });

  test('passes bodies on as they come', async () => {
    let finish: (() => void) | undefined;
    const { proxy } = await proxyFor((_, response) => {
      response.write('first ');
      finish = () => response.end('last');
    });
    const outgoing = request(`${proxy.url}/`, { method: 'POST', agent: new Agent() });
    outgoing.end();
    const [answer] = await once(outgoing, 'response');
    expect(String((await once(answer, 'data'))[0])).toBe('first ');
    finish?.();
    expect(await text(answer)).toBe('last');
  });

  test('passes large bodies on whole, in chunks too, and does not judge them', async () => {
    const large = Buffer.alloc(6 * 1024 * 1024, 'x');
    let size = 0;
    const { proxy, captured, ended } = await proxyFor((incoming, response) => {
      incoming.on('data', chunk => {
        size += chunk.length;
      });
      incoming.on('end', () => response.end(large));
    });
    const { body } = await send(proxy, VERSIONS, {
      body: large,
      headers: { 'transfer-encoding': 'chunked' },
    });
    expect(body).toHaveLength(large.length);
    expect(size).toBe(large.length);
    await ended(1);
    expect(captured[0]?.body).toBeUndefined();
    expect(await createCapturedJudge().judge(captured[0] as CapturedExchange)).toBe('incomplete');
  });

  test('answers Expect: 100-continue', async () => {
    const { proxy } = await proxyFor((incoming, response) => {
      expect(incoming.headers.expect).toBeUndefined();
      publishes(incoming, response);
    });
    const outgoing = request(`${proxy.url}${VERSIONS}`, {
      method: 'POST',
      agent: new Agent(),
      headers: { expect: '100-continue', 'content-length': '2' },
    });
    outgoing.flushHeaders();
    await once(outgoing, 'continue');
    outgoing.end('{}');
    const [answer] = await once(outgoing, 'response');
    expect(JSON.parse(await text(answer))).toMatchObject({ func_name: 'f' });
  });

  test('passes on an answer that comes before the body was sent', async () => {
    const { proxy } = await proxyFor((incoming, response) => {
      response.writeHead(413).end('too large');
      incoming.resume();
    });
    const { answer, body } = await send(proxy, '/', { body: Buffer.alloc(2_000_000) });
    expect(answer.statusCode).toBe(413);
    expect(body).toBe('too large');
  });

  test('of a path below the endpoint’s own', async () => {
    const urls: (string | undefined)[] = [];
    const target = await listening(
      createServer((incoming, response) => {
        urls.push(incoming.url);
        response.end();
      }),
    );
    const { proxy, captured, ended } = await proxyTo(`${target}/gateway/`);
    await send(proxy, VERSIONS, { body: '{}' });
    await ended(1);
    expect(urls).toEqual([`/gateway${VERSIONS}`]);
    expect(captured[0]?.url).toBe(`${target}/gateway${VERSIONS}`);
  });
});

test('an endpoint with a certificate of its own is trusted when that is given', async () => {
  const { key, cert } = await identity();
  const target = await httpsServer((_, response) => response.end('over TLS'), { key, cert });
  const trusting = await proxyTo(target, { cacert: cert });
  const doubting = await proxyTo(target);
  expect((await send(trusting.proxy, '/')).body).toBe('over TLS');
  expect((await send(doubting.proxy, '/')).body).toContain('its certificate is self-signed and not trusted');
});

test.each([
  [{ endpoint: 'ftp://example.com' }, /no http or https URL/],
  [{ endpoint: 'http://127.0.0.1:1', host: '203.0.113.7' }, /203\.0\.113\.7 is no address of this machine/],
  [{ endpoint: 'https://127.0.0.1:1', cacert: 'none' }, /not in PEM form/],
])('%j cannot be proxied', async (options, message) => {
  await expect(startProxy({ ...options, onExchange: () => undefined })).rejects.toThrow(message);
});

test('a port that is in use is told', async () => {
  const { proxy } = await proxyFor(publishes);
  const port = Number(new URL(proxy.url).port);
  const second = startProxy({ endpoint: 'http://127.0.0.1:1', port, onExchange: () => undefined });
  await expect(second).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use.`);
});
