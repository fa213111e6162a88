import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MockServer, startMock } from './index.ts';
import { clientOf } from './mock-client.test.support.ts';

let mock: MockServer;
let client: ReturnType<typeof clientOf>;
beforeAll(async () => {
  mock = await startMock();
  client = clientOf(mock);
});
afterAll(() => mock.close());

/** A function with the versions v1 and v2. */
async function published(): Promise<string> {
  const urn = await client.create();
  await client.publish(urn, { version: 'v1' });
  await client.configure(urn, { timeout: 31 });
  await client.publish(urn, { version: 'v2' });
  return urn;
}

const aliases = (method: string, urn: string, body?: object, name?: string) =>
  client.call(method, `/${urn}/aliases${name === undefined ? '' : `/${name}`}`, { body });

test('an alias is made, read, listed, changed and deleted', async () => {
  const urn = await published();
  const sent = { name: 'stable', version: 'v1', description: 'what is live' };
  const reported = { ...sent, alias_urn: `${urn}:!stable`, last_modified: expect.stringMatching(/^\d{4}-/) };
  expect(await aliases('POST', urn, sent)).toMatchObject({ status: 200, json: reported });
  expect((await aliases('GET', urn, undefined, 'stable')).json).toEqual(reported);
  expect(JSON.parse((await aliases('GET', urn)).text)).toEqual([reported]);
  expect((await client.read(`${urn}:!stable`)).json).toMatchObject({ version: 'v1', timeout: 30 });

  const weights = { v1: 10 };
  const change = { version: 'v2', additional_version_weights: weights };
  expect(await aliases('PUT', urn, change, 'stable')).toMatchObject({
    status: 200,
    json: { name: 'stable', ...change },
  });
  expect((await client.read(`${urn}:!stable`)).json).toMatchObject({ version: 'v2', timeout: 31 });

  expect(await aliases('DELETE', urn, undefined, 'stable')).toMatchObject({ status: 204, text: '' });
  expect(JSON.parse((await aliases('GET', urn)).text)).toEqual([]);
  expect(await client.read(`${urn}:!stable`)).toMatchObject({
    status: 404,
    json: { error_code: 'FSS.1053' },
  });
});

test('an alias may stand for latest', async () => {
  const urn = await client.create();
  await aliases('POST', urn, { name: 'edge', version: 'latest' });
  await client.configure(`${urn}:!edge`, { func_name: undefined, timeout: 31 });
  expect((await client.read(urn)).json).toMatchObject({ timeout: 31 });
  expect(await client.remove(`${urn}:!edge`)).toMatchObject({
    status: 400,
    json: { error_code: 'FSS.1015' },
  });
});

test('an alias goes with its version', async () => {
  const urn = await published();
  await aliases('POST', urn, { name: 'stable', version: 'v1' });
  await client.remove(`${urn}:v1`);
  expect((await aliases('GET', urn, undefined, 'stable')).json.error_code).toBe('FSS.1053');
});

test.each([
  [{ version: 'v1' }, 400, 'FSS.0400'],
  [{ name: 'a' }, 400, 'FSS.0400'],
  [{ name: 'a:b', version: 'v1' }, 400, 'FSS.0400'],
  [{ name: 'latest', version: 'v1' }, 400, 'FSS.0400'],
  [{ name: 7, version: 'v1' }, 400, 'FSS.0400'],
  [{ name: 'a', version: 'v1', description: 7 }, 400, 'FSS.0400'],
  [{ name: 'a', version: 'v1', additional_version_weights: [] }, 400, 'FSS.0400'],
  [{ name: 'a', version: 'v3' }, 404, 'FSS.1052'],
  [{ name: 'taken', version: 'v2' }, 409, 'FSS.0409'],
])('making %j is refused', async (body, status, code) => {
  const urn = await published();
  await aliases('POST', urn, { name: 'taken', version: 'v1' });
  expect(await aliases('POST', urn, body)).toMatchObject({ status, json: { error_code: code } });
  await client.remove(urn);
});

test.each(['GET', 'PUT', 'DELETE'])('%s of an alias that does not exist is refused', async method => {
  const urn = await published();
  const body = method === 'PUT' ? { version: 'v1' } : undefined;
  expect(await aliases(method, urn, body, 'none')).toMatchObject({
    status: 404,
    json: { error_code: 'FSS.1053' },
  });
});
