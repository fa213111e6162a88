import { expect, test } from 'vitest';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { BudgetExhausted } from './budget.ts';
import { createTarget } from './create-target.ts';
import { WRONG_TOKEN } from './credentials.ts';
import { Interrupted } from './interruption.ts';
import { type Arrived, answerJson, httpServer, rawServer, TOKEN, targetAt } from './loopback.test.servers.ts';

const REQUEST = { method: 'POST', path: '/v2/project/x', body: '{}' };

/** A server that answers 200 and keeps what arrives. */
async function recorder(): Promise<{ endpoint: string; arrived: Arrived[] }> {
  const arrived: Arrived[] = [];
  const endpoint = await httpServer((request, response) => {
    arrived.push(request);
    answerJson(response, 200, {});
  });
  return { endpoint, arrived };
}

test('an exchange holds what was sent, as it was sent', async () => {
  const { endpoint, arrived } = await recorder();
  const exchange = await targetAt(`${endpoint}/prefix/`).send({
    method: 'PUT',
    path: '/v2/a:b%3Ac/../x?q=1',
    headers: { 'X-Extra': '1' },
    body: '{"ä":1}',
  });
  const { connection, ...headers } = arrived[0]?.headers ?? {};
  expect(arrived[0]?.url).toBe('/prefix/v2/a:b%3Ac/../x?q=1');
  expect(connection).toBe('keep-alive');
  expect(exchange.request).toEqual({
    method: 'PUT',
    url: `${endpoint}/prefix/v2/a:b%3Ac/../x?q=1`,
    headers: { ...headers, 'x-auth-token': '$FGS_TOKEN' },
    body: '{"ä":1}',
  });
  expect(headers).toMatchObject({
    'x-extra': '1',
    'content-type': 'application/json',
    'x-auth-token': TOKEN,
  });
});

test.each(['GET', 'POST', 'PUT', 'DELETE'])(
  'the headers of a %s without body are the ones that were sent',
  async method => {
    const { endpoint, arrived } = await recorder();
    const { request } = await targetAt(endpoint).send({ method, path: '/' });
    const { connection: _, ...headers } = arrived[0]?.headers ?? {};
    expect(request.headers).toEqual({ ...headers, 'x-auth-token': '$FGS_TOKEN' });
    expect(request.body).toBeUndefined();
  },
);

test('an exchange holds status, headers and body of the answer', async () => {
  const endpoint = await httpServer((_, response) => {
    response.setHeader('X-Repeated', ['a', 'b']);
    answerJson(response, 404, { error_code: 'FSS.1051', error_msg: 'gone' });
  });
  const { response, failure, durationMs } = await targetAt(endpoint).send(REQUEST);
  expect(failure).toBeUndefined();
  expect(response).toMatchObject({ status: 404, body: '{"error_code":"FSS.1051","error_msg":"gone"}' });
  expect(response?.headers['x-repeated']).toBe('a, b');
  expect(durationMs).toBeGreaterThanOrEqual(0);
});

test('bytes that are no UTF-8 are sent as they are and kept in base64', async () => {
  const { endpoint } = await recorder();
  const { request } = await targetAt(endpoint).send({ ...REQUEST, body: Buffer.from([0xff, 0x7b]) });
  expect(request).toMatchObject({ body: '/3s=', bodyEncoding: 'base64' });
});

test('the content type is left out, replaced or JSON', async () => {
  const { endpoint, arrived } = await recorder();
  const target = targetAt(endpoint);
  await target.send({ ...REQUEST, contentType: null });
  await target.send({ ...REQUEST, contentType: 'text/plain' });
  await target.send({ method: 'GET', path: '/' });
  await target.send(REQUEST);
  expect(arrived.map(({ headers }) => headers['content-type'])).toEqual([
    undefined,
    'text/plain',
    undefined,
    'application/json',
  ]);
});

test('credentials are valid, wrong, missing or forbidden', async () => {
  const { endpoint, arrived } = await recorder();
  const seen: Context[] = [];
  const target = targetAt(endpoint, { observe: (_, context) => seen.push(context) });
  expect(target.hasForbiddenToken).toBe(false);
  await expect(target.send({ ...REQUEST, credentials: 'forbidden' })).rejects.toThrow(/without permission/);
  target.useForbiddenToken('forbidden-token');
  for (const credentials of ['valid', 'wrong', 'missing', 'forbidden'] as const) {
    await target.send({ ...REQUEST, credentials }, { function: 'exists' });
  }
  const tokens = arrived.map(({ headers }) => headers['x-auth-token']);
  expect(tokens).toEqual([TOKEN, WRONG_TOKEN, undefined, 'forbidden-token']);
  const known = { projectId: 'project', function: 'exists' };
  expect(seen).toEqual([
    { ...known, credentials: 'valid' },
    { ...known, credentials: 'wrong' },
    known,
    { ...known, credentials: 'forbidden' },
  ]);
});

test('a secret that the target echoes is nowhere in the exchange', async () => {
  const endpoint = await httpServer(({ headers }, response) => {
    const token = String(headers['x-auth-token']);
    response.setHeader('x-echo', token);
    response.setHeader('location', `/login?token=${encodeURIComponent(token)}`);
    answerJson(response, 401, {
      error_code: 'FSS.0401',
      error_msg: `bad token ${token}`,
      basic: Buffer.from(`user:${token}`).toString('base64'),
    });
  });
  const observed: Exchange[] = [];
  const target = targetAt(endpoint, { observe: exchange => observed.push(exchange) });
  const exchange = await target.send({ ...REQUEST, path: `/x?token=${TOKEN}`, body: `{"t":"${TOKEN}"}` });
  const stored = JSON.stringify([exchange, observed]);
  for (const echo of [TOKEN, encodeURIComponent(TOKEN), Buffer.from(TOKEN).toString('base64').slice(4, -4)]) {
    expect(stored).not.toContain(echo);
  }
  expect(exchange.request.headers['x-auth-token']).toBe('$FGS_TOKEN');
  expect(exchange.response?.headers).toMatchObject({ 'x-echo': '$FGS_TOKEN' });
  expect(exchange.response?.body).toContain('bad token $FGS_TOKEN');
});

test('a secret in bytes that are no UTF-8, and in a failure, is replaced', async () => {
  const bytes = await httpServer((_, response) => {
    response.end(Buffer.concat([Buffer.from([0xff]), Buffer.from(TOKEN)]));
  });
  const { response } = await targetAt(bytes).send(REQUEST);
  expect(Buffer.from(response?.body ?? '', 'base64').toString('latin1')).toBe('\u00ff$FGS_TOKEN');

  const cutOff = await rawServer(socket =>
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n${TOKEN}`),
  );
  expect(JSON.stringify(await targetAt(cutOff).send(REQUEST))).not.toContain(TOKEN);
});

test('a token too short to be looked for is hidden in its header all the same', async () => {
  const { endpoint } = await recorder();
  const { request } = await targetAt(endpoint, { credentials: { token: 'a' } }).send(REQUEST);
  expect(request.headers['x-auth-token']).toBe('$FGS_TOKEN');
});

test('redirects are not followed', async () => {
  let requests = 0;
  const endpoint = await httpServer((_, response) => {
    requests += 1;
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  const { response } = await targetAt(endpoint).send(REQUEST);
  expect(response).toMatchObject({ status: 307, headers: { location: '/elsewhere' } });
  expect(requests).toBe(1);
});

test('a gateway’s 429 is asked again; every attempt counts, the last one is observed', async () => {
  let requests = 0;
  const endpoint = await httpServer((_, response) => {
    requests += 1;
    response.setHeader('retry-after', '0');
    answerJson(response, requests < 3 ? 429 : 200, {});
  });
  const observed: (number | undefined)[] = [];
  const target = targetAt(endpoint, { observe: ({ response }) => observed.push(response?.status) });
  expect((await target.send(REQUEST)).response?.status).toBe(200);
  expect(target.sent).toBe(3);
  expect(observed).toEqual([200]);
});

test('a gateway’s answer that persists is the answer, after three further attempts', async () => {
  const endpoint = await httpServer((_, response) => {
    response.setHeader('retry-after', '0');
    answerJson(response, 503, {});
  });
  const target = targetAt(endpoint);
  expect((await target.send(REQUEST)).response?.status).toBe(503);
  expect(target.sent).toBe(4);
});

test('when the budget is used up nothing more is sent, clean-up aside', async () => {
  const { endpoint, arrived } = await recorder();
  const target = targetAt(endpoint, { maxRequests: 3, reserved: () => 1 });
  expect(target.remaining).toBe(2);
  await target.send(REQUEST);
  await target.send(REQUEST);
  expect(target.remaining).toBe(0);
  await expect(target.send(REQUEST)).rejects.toThrow(BudgetExhausted);
  await target.send(REQUEST, {}, { fromReserve: true });
  await expect(target.send(REQUEST, {}, { fromReserve: true })).rejects.toThrow(/limit of 3 requests/);
  expect([target.sent, arrived.length]).toEqual([3, 3]);
});

test('requests sent at once do not exceed the budget', async () => {
  const { endpoint, arrived } = await recorder();
  const target = targetAt(endpoint, { maxRequests: 5 });
  const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => target.send(REQUEST)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  expect(arrived).toHaveLength(5);
});

test('no more exchanges than the concurrency are under way, and all of them are made', async () => {
  let underWay = 0;
  let most = 0;
  const endpoint = await httpServer((_, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    setTimeout(() => {
      underWay -= 1;
      answerJson(response, 200, {});
    }, 10);
  });
  const target = targetAt(endpoint, { concurrency: 3 });
  const exchanges = await Promise.all(Array.from({ length: 20 }, () => target.send(REQUEST)));
  expect(exchanges.every(({ response }) => response?.status === 200)).toBe(true);
  expect(most).toBe(3);
});

test('requests start no faster than the rate', async () => {
  const starts: number[] = [];
  const endpoint = await httpServer((_, response) => {
    starts.push(performance.now());
    answerJson(response, 200, {});
  });
  const target = targetAt(endpoint, { rate: 50, concurrency: 8 });
  const began = performance.now();
  await Promise.all(Array.from({ length: 11 }, () => target.send(REQUEST)));
  // Ten intervals of 20 ms; timers may fire a millisecond early.
  expect(performance.now() - began).toBeGreaterThanOrEqual(190);
  expect(starts).toHaveLength(11);
});

test('after an interruption only clean-up is sent, and what waits is given up', async () => {
  const { endpoint, arrived } = await recorder();
  const interruption = new AbortController();
  const target = targetAt(endpoint, { signal: interruption.signal, rate: 1 });
  await target.send(REQUEST);
  const waiting = target.send(REQUEST);
  interruption.abort();
  await expect(waiting).rejects.toThrow(Interrupted);
  await expect(target.send(REQUEST)).rejects.toThrow(Interrupted);
  expect(arrived).toHaveLength(1);
});

test('what is sent unobserved is observed when the caller says so', async () => {
  const { endpoint } = await recorder();
  const seen: Context[] = [];
  const target = targetAt(endpoint, { observe: (_, context) => seen.push(context) });
  const exchange = await target.send({ ...REQUEST, credentials: 'wrong' }, {}, { observed: false });
  expect(seen).toEqual([]);
  target.observe(exchange, { function: 'exists' });
  expect(seen).toEqual([{ projectId: 'project', credentials: 'wrong', function: 'exists' }]);
});

test.each([
  ['no URL', { endpoint: 'localhost:8080' }, /no http or https URL/],
  ['another scheme', { endpoint: 'ftp://host' }, /no http or https URL/],
  ['credentials in the URL', { endpoint: 'https://user:secret@host' }, /user name or a password/],
  ['a query', { endpoint: 'https://host/?a=1' }, /query/],
  ['an empty token', { credentials: { token: '' } }, /token is empty/],
  ['a token with a line break', { credentials: { token: 'abc\n' } }, /line breaks/],
  ['no certificate', { cacert: 'nonsense' }, /PEM/],
])('%s is refused at the door', (_, options, message) => {
  const given = { endpoint: 'https://host', projectId: 'p', credentials: { token: 'secret' }, ...options };
  expect(() => createTarget(given)).toThrow(message);
  try {
    createTarget(given);
  } catch (error) {
    expect(String(error)).not.toContain('secret');
  }
});
