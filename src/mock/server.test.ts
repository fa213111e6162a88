import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { type MockOptions, startMock } from './index.ts';
import { clientOf, plain } from './mock-client.test.support.ts';

test('what is not given is made up, and what is given is used', async () => {
  const first = await startMock();
  const second = await startMock({ projectId: 'p1', token: 't1', forbiddenToken: 'f1' });
  expect(first.projectId).toMatch(/^[0-9a-f]{32}$/);
  expect(first.token).not.toBe(first.forbiddenToken);
  expect(second).toMatchObject({ projectId: 'p1', token: 't1', forbiddenToken: 'f1' });
  expect(second.url).not.toBe(first.url);
  expect((await clientOf(second).call('GET', '')).status).toBe(200);
  await Promise.all([first.close(), second.close()]);
});

test('functions that are given exist from the start', async () => {
  const functions: NonNullable<MockOptions['functions']> = [
    { func_name: 'hello', memory_size: 256, strategy_config: { concurrency: 10 } },
    { func_name: 'packed', package: 'tools', code_type: 'obs', code_url: 'https://bucket/x.zip' },
    {},
  ];
  const mock = await startMock({ functions });
  const client = clientOf(mock);
  const [hello = '', packed = '', nameless = ''] = mock.functionUrns;
  expect(hello).toBe(`urn:fss:${mock.region}:${mock.projectId}:function:default:hello`);
  expect((await client.publish(hello, { version: 'v1' })).json).toMatchObject(functions[0] ?? {});
  expect((await client.publish(packed)).json).toMatchObject(functions[1] ?? {});
  expect((await client.publish(nameless)).status).toBe(200);
  expect((await client.call('GET', '')).json.count).toBe(3);
  await mock.close();
});

test('more functions may be given than can be created', async () => {
  const mock = await startMock({ functions: Array.from({ length: 500 }, () => ({})) });
  const body = { ...plain, func_name: 'more' };
  expect((await clientOf(mock).call('POST', '', { body })).json.error_code).toBe('FSS.1041');
  await mock.close();
});

test.each([{}, { dress: 'gzip' }])('exchanges of the API are told as they are, with %j', async options => {
  const exchanges: Exchange[] = [];
  const mock = await startMock({
    ...options,
    functions: [{}],
    onExchange: each => void exchanges.push(each),
  });
  const [urn = ''] = mock.functionUrns;
  await fetch(`${mock.url}/v3`);
  await clientOf(mock).state('the token has no permission');
  const { json } = await clientOf(mock).publish(urn, { version: 'v1' });
  const { text } = await clientOf(mock).call('GET', '/f/triggers');
  await mock.close();
  expect(exchanges).toMatchObject([
    {
      request: { method: 'POST', headers: { 'x-auth-token': mock.token }, body: '{"version":"v1"}' },
      response: { status: 200, headers: { 'content-type': 'application/json' } },
    },
    { request: { method: 'GET' }, response: { status: 404, body: text } },
  ]);
  expect(JSON.parse(exchanges[0]?.response?.body ?? '')).toEqual(json);
});

test('an exchange that failed on purpose is told as a failure', async () => {
  const exchanges: Exchange[] = [];
  const mock = await startMock({ fault: 'errors-break-off', onExchange: each => void exchanges.push(each) });
  await expect(clientOf(mock).publish('none')).rejects.toThrow();
  await mock.close();
  expect(exchanges).toMatchObject([{ failure: { kind: 'reset' } }]);
});

test('a port in use is told in a sentence', async () => {
  const mock = await startMock();
  const port = Number(new URL(mock.url).port);
  await expect(startMock({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use.`);
  await mock.close();
});

test.each([
  [{ fault: 'none-such' }, 'The mock server has no fault named none-such.'],
  [{ dress: 'none-such' }, 'The mock server has no dress named none-such.'],
  [{ host: '192.0.2.1' }, '192.0.2.1 is no address of this machine that can be listened on.'],
  [{ port: 70000 }, '70000 is no port; ports are 0 to 65535.'],
  [{ functions: [{}, { timeout: 2 }] }, 'functions[1] cannot be: timeout is 2; documented: 3..259200.'],
  [
    { functions: [{ func_name: 'a' }, { func_name: 'a' }] },
    'functions[1] cannot be: The function a exists already.',
  ],
  [
    { functions: JSON.parse('[{"memry_size": 256}]') },
    'functions[0] has "memry_size", which is no member of it. Did you mean memory_size',
  ],
  [
    { functions: JSON.parse('[{"func_vpc": {"vpcid": "v"}}]') },
    'functions[0].func_vpc has "vpcid", which is no member of it. Did you mean vpc_id',
  ],
  [{ token: 'same', forbiddenToken: 'same' }, 'The token and the forbidden token are the same.'],
])('%j is refused in a sentence', async (options, message) => {
  await expect(startMock(options)).rejects.toThrow(message);
});

test('closing ends connections that clients keep open', async () => {
  const mock = await startMock();
  const response = await fetch(`${mock.url}/`, { headers: { connection: 'keep-alive' } });
  await response.text();
  await mock.close();
  await expect(fetch(`${mock.url}/`)).rejects.toThrow();
});

test('closing does not wait for an answer that is held back', async () => {
  const mock = await startMock({ latency: 60_000 });
  const pending = fetch(`${mock.url}/`).then(
    () => 'answered',
    () => 'ended',
  );
  await expect
    .poll(() => fetch(`${mock.url}/`, { signal: AbortSignal.timeout(50) }).catch(() => 'held'))
    .toBe('held');
  await mock.close();
  expect(await pending).toBe('ended');
});

test('answers are held back for as long as the latency', async () => {
  const mock = await startMock({ latency: 40 });
  const begun = performance.now();
  await fetch(`${mock.url}/`);
  expect(performance.now() - begun).toBeGreaterThan(35);
  await mock.close();
});

test.each([
  {},
  { dress: 'in-pieces' },
  { dress: 'until-close' },
  { dress: 'gzip' },
  { fault: 'errors-break-off' },
])('clients that go away before the answer do no harm: %j', async options => {
  const mock = await startMock({ ...options, latency: 30 });
  const path = `${mock.url}/v2/p/fgs/functions/f/versions`;
  const impatient = () =>
    fetch(path, { method: 'POST', signal: AbortSignal.timeout(10) }).catch(() => 'left');
  expect(await Promise.all([impatient(), impatient(), impatient()])).toEqual(['left', 'left', 'left']);
  const patient = await fetch(`${mock.url}/`);
  await patient.text();
  expect(patient.status).toBe(404);
  await mock.close();
});
