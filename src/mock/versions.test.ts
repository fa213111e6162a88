import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MockServer, startMock } from './index.ts';
import { clientOf } from './mock-client.test.support.ts';

let mock: MockServer;
let client: ReturnType<typeof clientOf>;
beforeAll(async () => {
  mock = await startMock();
  client = clientOf(mock);
});
afterAll(() => mock.close());

/** A function with a version `v1` and the alias `stable` for it. */
async function published(): Promise<string> {
  const urn = await client.create({ description: 'as published' });
  await client.publish(urn, { version: 'v1', description: 'first' });
  await client.call('POST', `/${urn}/aliases`, { body: { name: 'stable', version: 'v1' } });
  return urn;
}

describe.each(['v1', '!stable'])('what is sent to %s concerns that version', qualifier => {
  test('a configuration', async () => {
    const urn = await published();
    const changed = await client.call('PUT', `/${urn}:${qualifier}/config`, {
      body: { runtime: 'Node.js14.18', timeout: 99, handler: 'index.handler', memory_size: 256 },
    });
    expect(changed).toMatchObject({ status: 200, json: { func_urn: `${urn}:v1`, timeout: 99 } });
    const configured = {
      timeout: 99,
      memory_size: 256,
      cpu: 400,
      version: 'v1',
      description: 'as published',
    };
    expect((await client.read(`${urn}:v1`)).json).toMatchObject(configured);
    expect((await client.versions(urn)).json.versions).toMatchObject([
      { version: 'latest', timeout: 30, memory_size: 128 },
      { ...configured, version_description: 'first' },
    ]);
  });

  test('the maximum of instances', async () => {
    const urn = await published();
    const body = { max_instance_num: 7 };
    expect((await client.call('PUT', `/${urn}:${qualifier}/config-max-instance`, { body })).status).toBe(200);
    expect((await client.read(`${urn}:v1`)).json).toMatchObject({ strategy_config: { concurrency: 7 } });
    expect((await client.read(urn)).json).not.toHaveProperty('strategy_config');
  });

  test('asynchronous settings', async () => {
    const urn = await published();
    const path = `/${urn}:${qualifier}/async-invoke-config`;
    const body = { max_async_retry_attempts: 1 };
    expect(await client.call('PUT', path, { body })).toMatchObject({
      json: { func_urn: `${urn}:v1`, ...body },
    });
    expect((await client.call('GET', path)).json).toMatchObject(body);
    expect((await client.call('GET', `/${urn}/async-invoke-config`)).status).toBe(404);
    expect((await client.call('DELETE', path)).status).toBe(204);
    expect((await client.call('GET', path)).status).toBe(404);
  });

  test('code, which cannot change', async () => {
    const urn = await published();
    const body = { code_type: 'inline', func_code: { file: Buffer.from('other').toString('base64') } };
    expect(await client.call('PUT', `/${urn}:${qualifier}/code`, { body })).toMatchObject({
      status: 400,
      json: { error_code: 'FSS.1015' },
    });
  });

  test('a publication, which is of the function', async () => {
    const urn = await published();
    await client.configure(urn, { timeout: 31 });
    expect(await client.publish(`${urn}:${qualifier}`, { version: 'v2' })).toMatchObject({
      status: 200,
      json: { version: 'v2', timeout: 31 },
    });
  });

  test('a reading of the code', async () => {
    const urn = await published();
    const file = Buffer.from('other').toString('base64');
    await client.call('PUT', `/${urn}/code`, { body: { code_type: 'inline', func_code: { file } } });
    expect((await client.call('GET', `/${urn}/code`)).json).toMatchObject({ func_code: { file } });
    expect((await client.call('GET', `/${urn}:${qualifier}/code`)).json).toMatchObject({
      version: 'v1',
      func_code: { file: expect.not.stringMatching(file) },
    });
  });

  test('a deletion', async () => {
    const urn = await published();
    expect((await client.remove(`${urn}:${qualifier}`)).status).toBe(204);
    expect(await client.read(`${urn}:v1`)).toMatchObject({ status: 404, json: { error_code: 'FSS.1052' } });
    expect((await client.read(urn)).status).toBe(200);
  });
});

test('a version that was changed is still what the function was published as', async () => {
  const urn = await published();
  await client.configure(`${urn}:v1`, { func_name: undefined, timeout: 99 });
  expect(await client.publish(urn)).toMatchObject({ status: 400, json: { error_code: 'FSS.1016' } });
});

test('changing the configuration to what it is changes nothing, whatever the order of its members', async () => {
  const urn = await client.create({ user_data: '{}', description: 'd' });
  await client.publish(urn);
  await client.configure(urn, { description: 'd', user_data: '{}' });
  expect(await client.publish(urn)).toMatchObject({ status: 400, json: { error_code: 'FSS.1016' } });
});

test('a version that does not exist cannot be changed', async () => {
  const urn = await client.create();
  expect(await client.configure(`${urn}:v1`, { func_name: undefined })).toMatchObject({
    status: 404,
    json: { error_code: 'FSS.1052' },
  });
});
