import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
} from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { httpsServer, identity } from '../target/loopback.test.servers.ts';
import type { CapturedExchange } from './captured.ts';
import { createCapturedJudge } from './captured-judge.ts';
import { startProxy, type TrafficProxy } from './proxy.ts';
import { CONFIGURATION, FUNCTION, TOKEN, VERSION, VERSIONS } from './recordings.test.support.ts';

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function listening(server: Server | ReturnType<typeof createSocketServer>): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Setup {
  readonly proxy: TrafficProxy;
  /** Exchanges of this API, as they ended. */
  readonly captured: CapturedExchange[];
  /** Resolves once so many exchanges were kept. */
  ended(count: number): Promise<void>;
}

async function proxyTo(endpoint: string): Promise<Setup> {
  const captured: CapturedExchange[] = [];
  let wake: (() => void) | undefined;
  const proxy = await startProxy({
    endpoint,
    onExchange: each => {
      captured.push(each);
      wake?.();
    },
  });
  opened.push(() => proxy.close());
  const ended = async (count: number): Promise<void> => {
    while (captured.length < count) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
  };
  return { proxy, captured, ended };
}

async function proxyFor(target: RequestListener): Promise<Setup> {
  return proxyTo(await listening(createServer(target)));
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

async function send(
  { url }: TrafficProxy,
  path: string,
  { method = 'POST', headers = {}, body }: Sent = {},
): Promise<{ answer: IncomingMessage; body: string }> {
  const outgoing = request(`${url}${path}`, {
    method,
    agent: new Agent(),
    headers: { 'x-auth-token': TOKEN, 'content-type': 'application/json', ...headers },
  });
  outgoing.end(body);
  const [answer] = await once(outgoing, 'response');
  return { answer, body: await text(answer) };
}

const publishes: RequestListener = (incoming, response) => {
  incoming.resume().on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(VERSION));
  });
};

async function findings(
  captured: readonly CapturedExchange[],
  projectId?: string,
): Promise<readonly string[]> {
  const judge = createCapturedJudge(projectId);
  for (const each of captured) await judge.judge(each);
  const { clauses } = judge.evidence();
  return Object.keys(clauses).filter(id => (clauses[id]?.violations ?? 0) > 0);
}

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
    expect(await createCapturedJudge().judge(captured[0] as CapturedExchange)).toBeUndefined();
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
  const start = (more: { cacert?: string }) =>
    startProxy({ endpoint: target, ...more, onExchange: () => undefined });
  const trusting = await start({ cacert: cert });
  const doubting = await start({});
  opened.push(
    () => trusting.close(),
    () => doubting.close(),
  );
  expect((await send(trusting, '/')).body).toBe('over TLS');
  expect((await send(doubting, '/')).body).toContain('its certificate is self-signed and not trusted');
});

describe('when the endpoint fails', () => {
  test('to be there, the client gets a 502 and nothing is held against it', async () => {
    const server = createServer();
    const url = await listening(server);
    await new Promise(resolve => server.close(resolve));
    const { proxy, captured, ended } = await proxyTo(url);
    const { answer, body } = await send(proxy, VERSIONS, { body: '{}' });
    expect(answer.statusCode).toBe(502);
    expect(JSON.parse(body).error_msg).toMatch(/no connection to .*: the connection was refused/);
    await ended(1);
    expect(captured[0]?.failure?.kind).toBe('unreachable');
    expect(await findings(captured)).toEqual([]);
  });

  async function brokenTarget(answer: (socket: Socket) => void): Promise<Setup> {
    const server = createSocketServer(socket => {
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    });
    return proxyTo(await listening(server));
  }

  test('to answer, the client gets a 502 and the endpoint a finding', async () => {
    const { proxy, captured, ended } = await brokenTarget(socket => socket.destroy());
    expect((await send(proxy, VERSIONS, { body: '{}' })).answer.statusCode).toBe(502);
    await ended(1);
    expect(await findings(captured)).toEqual(['robustness.answered']);
  });

  test('to speak HTTP, likewise', async () => {
    const { proxy, captured, ended } = await brokenTarget(socket => socket.end('hello\r\n\r\n'));
    expect((await send(proxy, VERSIONS, { body: '{}' })).answer.statusCode).toBe(502);
    await ended(1);
    expect(captured[0]?.failure?.kind).toBe('malformed');
    expect(await findings(captured)).toEqual(['robustness.answered']);
  });

  test('in the middle of an answer, it breaks off for the client too', async () => {
    const { proxy, captured, ended } = await brokenTarget(socket => {
      const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n';
      socket.write(`${head}{"func`, () => socket.destroy());
    });
    await expect(send(proxy, VERSIONS, { body: '{}' })).rejects.toThrow(/aborted/);
    await ended(1);
    expect(await findings(captured)).toEqual(['robustness.complete']);
  });
});

test('a client that goes away takes its request with it, and nothing is held against the endpoint', async () => {
  let closed: Promise<unknown> | undefined;
  const { proxy, captured, ended } = await proxyFor(incoming => {
    closed = once(incoming.socket, 'close');
    client.destroy();
  });
  const { hostname, port } = new URL(proxy.url);
  const client = connect(Number(port), hostname);
  client.write(`POST ${VERSIONS} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}`);
  await ended(1);
  await closed;
  expect(captured[0]?.isPartial).toBe(true);
  expect(await findings(captured)).toEqual([]);
});

describe('judging', () => {
  test('what passes, compressed answers too, and not what is of another service', async () => {
    const { proxy, captured, ended } = await proxyFor((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify({ ...VERSION, memory_size: 129 })));
    });
    await send(proxy, '/v1/p/servers', { method: 'GET' });
    await send(proxy, VERSIONS, { body: '{}' });
    await ended(1);
    expect(proxy.foreign).toBe(1);
    expect(await findings(captured, 'p')).toEqual(['body.memory_size.values']);
  });

  test('an exchange against those before it', async () => {
    const { proxy, captured, ended } = await proxyFor(publishes);
    await send(proxy, '/v2/p/fgs/functions', { body: JSON.stringify({ ...CONFIGURATION, timeout: 4 }) });
    await send(proxy, VERSIONS, { body: '{}' });
    await ended(2);
    expect(await findings(captured)).toEqual(['body.timeout.echo']);
  });

  test('but not against a change at the same time', async () => {
    let answerChange: (() => void) | undefined;
    let changeArrived: (() => void) | undefined;
    const arrival = new Promise<void>(resolve => {
      changeArrived = resolve;
    });
    const { proxy, captured, ended } = await proxyFor((incoming, response) => {
      if (incoming.url?.endsWith('/config')) {
        answerChange = () => publishes(incoming, response);
        changeArrived?.();
      } else {
        publishes(incoming, response);
        response.on('finish', () => answerChange?.());
      }
    });
    const { func_name, runtime, handler, memory_size } = CONFIGURATION;
    const body = JSON.stringify({ func_name, runtime, handler, memory_size, timeout: 4 });
    const change = send(proxy, `${FUNCTION}/config`, { method: 'PUT', body });
    await arrival;
    await Promise.all([change, send(proxy, VERSIONS, { body: '{}' })]);
    answerChange = undefined;
    await send(proxy, VERSIONS, { body: '{}' });
    await ended(3);
    expect(captured.map(({ isEntangled }) => isEntangled)).toEqual([true, true, false]);
    expect(await findings(captured)).toEqual([]);
  });
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
