import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MockServer, startMock } from './index.ts';
import { clientOf, plain } from './mock-client.test.support.ts';

let mock: MockServer;
let client: ReturnType<typeof clientOf>;
beforeAll(async () => {
  mock = await startMock();
  client = clientOf(mock);
});
afterAll(() => mock.close());

describe('creating a function', () => {
  test('answers its configuration with :latest in the URN', async () => {
    const { status, json } = await client.call('POST', '', { body: { ...plain, func_name: 'created' } });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      func_urn: `urn:fss:${mock.region}:${mock.projectId}:function:default:created:latest`,
      version: 'latest',
      timeout: 30,
    });
  });

  test('refuses a name that is taken', async () => {
    await client.create({ func_name: 'taken' });
    expect(await client.call('POST', '', { body: { ...plain, func_name: 'taken' } })).toMatchObject({
      status: 409,
      json: { error_code: 'FSS.1061' },
    });
    await client.create({ func_name: 'taken', package: 'another' });
  });

  test('refuses more than 400 functions', async () => {
    const full = await startMock();
    const other = clientOf(full);
    for (let made = 0; made < 400; made += 1) await other.create();
    expect(await other.call('POST', '', { body: { ...plain, func_name: 'more' } })).toMatchObject({
      status: 403,
      json: { error_code: 'FSS.1041' },
    });
    await full.close();
  });

  test('refuses inline code of more than 10 KB', async () => {
    const func_code = { file: Buffer.alloc(10 * 1024 + 1).toString('base64') };
    expect(
      await client.call('POST', '', { body: { ...plain, func_name: 'large', func_code } }),
    ).toMatchObject({
      status: 413,
      json: { error_code: 'FSS.1072' },
    });
  });
});

describe('changing a configuration', () => {
  test('keeps what is left out, and unsets what is null or blank', async () => {
    const urn = await client.create({ description: 'd', xrole: 'x', user_data: 'u' });
    await client.configure(urn, { xrole: null, user_data: '', timeout: 31 });
    const { json } = await client.read(urn);
    expect(json).toMatchObject({ description: 'd', timeout: 31, code_type: 'inline' });
    expect(json).not.toHaveProperty('xrole');
    expect(json).not.toHaveProperty('user_data');
  });

  test('demands the mandatory members', async () => {
    const urn = await client.create();
    expect(await client.configure(urn, { timeout: undefined })).toMatchObject({
      status: 400,
      json: { error_code: 'FSS.1008' },
    });
  });

  test('takes the name of the function, or none', async () => {
    const urn = await client.create();
    expect((await client.configure(urn, { func_name: undefined, timeout: 31 })).json).toMatchObject({
      func_name: urn.split(':').at(-1),
      timeout: 31,
    });
  });

  test('does not rename', async () => {
    const urn = await client.create();
    expect(await client.configure(urn, { func_name: 'renamed' })).toMatchObject({
      status: 400,
      json: { error_code: 'FSS.1002' },
    });
  });

  test('changes nothing when it is refused', async () => {
    const urn = await client.create();
    const { json: before } = await client.read(urn);
    await client.configure(urn, { timeout: 31, memory_size: 129 });
    expect((await client.read(urn)).json).toEqual(before);
  });
});

test('changing the code changes digest and size, and asks for the code', async () => {
  const urn = await client.create();
  const { json: before } = await client.read(urn);
  const file = Buffer.from('exports.y = 2;').toString('base64');
  const changed = await client.call('PUT', `/${urn}/code`, {
    body: { code_type: 'zip', code_filename: 'y.zip', func_code: { file } },
  });
  expect(changed).toMatchObject({ status: 200, json: { code_type: 'zip', code_size: 14 } });
  expect(changed.json.digest).not.toBe(before.digest);
  expect(await client.call('PUT', `/${urn}/code`, { body: { code_type: 'inline' } })).toMatchObject({
    status: 400,
    json: { error_code: 'FSS.1012' },
  });
});

test('without a number the maximum of instances is unset', async () => {
  const urn = await client.create();
  const set = (body: object) => client.call('PUT', `/${urn}/config-max-instance`, { body });
  await set({ max_instance_num: 5 });
  expect((await set({})).status).toBe(200);
  expect((await client.read(urn)).json).not.toHaveProperty('strategy_config');
});

test('the maximum of instances is the concurrency', async () => {
  const urn = await client.create();
  const set = (max_instance_num: unknown) =>
    client.call('PUT', `/${urn}/config-max-instance`, { body: { max_instance_num } });
  expect((await set(1000)).json.strategy_config).toEqual({ concurrency: 1000 });
  for (const number of [1001, -2, 'many']) {
    expect(await set(number)).toMatchObject({ status: 400, json: { error_code: 'FSS.1026' } });
  }
});

describe('configuring asynchronous notification', () => {
  test('is reported by the next version, with its times', async () => {
    const urn = await client.create();
    const settings = {
      max_async_event_age_in_seconds: 3600,
      max_async_retry_attempts: 2,
      destination_config: { on_failure: { destination: 'FunctionGraph', param: '{"func_urn":"urn:x"}' } },
    };
    const answer = await client.call('PUT', `/${urn}/async-invoke-config`, { body: settings });
    expect(answer).toMatchObject({ status: 200, json: { func_urn: `${urn}:latest`, ...settings } });
    expect((await client.publish(urn)).json.function_async_config).toEqual({
      ...settings,
      created_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      last_modified: expect.stringMatching(/./),
    });
  });

  test.each([
    [{ max_async_event_age_in_seconds: 60 }, 200],
    [{ max_async_event_age_in_seconds: 59 }, 400],
    [{ max_async_event_age_in_seconds: 0 }, 400],
    [{ max_async_event_age_in_seconds: 86401 }, 400],
    [{ max_async_retry_attempts: 3 }, 200],
    [{ max_async_retry_attempts: 4 }, 400],
    [{ destination_config: { on_success: { destination: 'DIS', param: '{}' } } }, 400],
    [{ destination_config: { on_success: { destination: 'SMN', param: 'x' } } }, 400],
  ])('%j', async (body, status) => {
    const urn = await client.create();
    expect((await client.call('PUT', `/${urn}/async-invoke-config`, { body })).status).toBe(status);
    await client.remove(urn);
  });
});

test('asynchronous notification can be read and deleted', async () => {
  const urn = await client.create();
  const settings = { max_async_event_age_in_seconds: 3600, max_async_retry_attempts: 0 };
  const path = `/${urn}/async-invoke-config`;
  const none = { status: 404, json: { error_code: 'FSS.0404' } };
  expect(await client.call('GET', path)).toMatchObject(none);
  await client.call('PUT', path, { body: settings });
  expect(await client.call('GET', path)).toMatchObject({
    status: 200,
    json: { func_urn: `${urn}:latest`, ...settings, created_time: expect.any(String) },
  });
  expect(await client.call('DELETE', path)).toMatchObject({ status: 204, text: '' });
  expect(await client.call('GET', path)).toMatchObject(none);
  expect(await client.call('DELETE', path)).toMatchObject(none);
  expect((await client.publish(urn)).json).not.toHaveProperty('function_async_config');
});

describe('the version list', () => {
  test('comes in pages', async () => {
    const urn = await client.create();
    for (const version of ['a', 'b', 'c']) {
      await client.publish(urn, { version });
      await client.configure(urn, { description: version });
    }
    expect((await client.versions(urn, '?maxitems=2')).json).toMatchObject({
      versions: [{ version: 'latest' }, { version: 'a', func_urn: `${urn}:a` }],
      next_marker: 2,
      count: 4,
    });
    expect((await client.versions(urn, '?marker=2&maxitems=2')).json).toMatchObject({
      versions: [{ version: 'b' }, { version: 'c' }],
      next_marker: 4,
      count: 4,
    });
    expect(await client.versions(urn, '?marker=x')).toMatchObject({
      status: 400,
      json: { error_code: 'FSS.1001' },
    });
  });
});

test('the functions of the project are listed', async () => {
  const urn = await client.create();
  const { json } = await client.call('GET', '?maxitems=1000');
  expect(json.functions).toContainEqual(expect.objectContaining({ func_urn: `${urn}:latest` }));
});

describe('deleting', () => {
  test('takes a version, or the whole function', async () => {
    const urn = await client.create();
    await client.publish(urn, { version: 'v1' });
    expect(await client.remove(`${urn}:v1`)).toMatchObject({ status: 204, text: '' });
    expect((await client.versions(urn)).json.count).toBe(1);
    expect((await client.remove(urn)).status).toBe(204);
    expect(await client.read(urn)).toMatchObject({ status: 404, json: { error_code: 'FSS.1051' } });
  });

  test('does not take latest alone, nor what does not exist', async () => {
    const urn = await client.create();
    expect((await client.remove(`${urn}:latest`)).status).toBe(400);
    expect(await client.remove(`${urn}:v1`)).toMatchObject({ status: 404, json: { error_code: 'FSS.1052' } });
    expect((await client.remove('none')).status).toBe(404);
    expect((await client.read(urn)).status).toBe(200);
  });
});

test('a version can be read by its URN', async () => {
  const urn = await client.create();
  await client.publish(urn, { version: 'v1' });
  await client.configure(urn, { timeout: 99 });
  expect((await client.read(`${urn}:v1`)).json).toMatchObject({ func_urn: `${urn}:v1`, timeout: 30 });
});
