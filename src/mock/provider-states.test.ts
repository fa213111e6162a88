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

async function arranged(state: string, params: object = {}): Promise<string> {
  const { status, json } = await client.state(state, params);
  expect([status, json.project_id]).toEqual([200, mock.projectId]);
  return String(json.function_urn);
}

test('a function exists, with the members that were asked for', async () => {
  const urn = await arranged('a function exists', {
    timeout: 259200,
    strategy_config: { concurrency: 7 },
    dependencies: [{ id: 'd', runtime: 'Java8' }],
    function_async_config: { max_async_retry_attempts: 8, max_async_event_age_in_seconds: 60 },
    func_vpc: { vpc_id: 'v', subnet_id: 's', cidr: '10.0.0.0/8', security_groups: ['a', 'b'] },
  });
  expect((await client.publish(urn)).json).toMatchObject({
    timeout: 259200,
    strategy_config: { concurrency: 7 },
    dependencies: [{ id: 'd', runtime: 'Java8' }],
    function_async_config: { max_async_retry_attempts: 8, max_async_event_age_in_seconds: 60 },
    func_vpc: { vpc_id: 'v', cidr: '10.0.0.0/8', security_groups: ['a', 'b'], gateway: expect.any(String) },
  });
});

test('a function with unpublished changes has a version and can be published', async () => {
  const urn = await arranged('a function exists with unpublished changes');
  expect((await client.versions(urn)).json.count).toBe(2);
  expect((await client.publish(urn)).status).toBe(200);
});

test('the function does not exist', async () => {
  const urn = await arranged('the function does not exist');
  expect((await client.publish(urn)).json.error_code).toBe('FSS.1051');
});

test('the token has no permission', async () => {
  const { json } = await client.state('the token has no permission');
  expect(json).toEqual({ token: mock.forbiddenToken });
});

test('the service fails once', async () => {
  const urn = await arranged('the service fails');
  expect(await client.publish(urn)).toMatchObject({ status: 500, json: { error_code: 'FSS.0500' } });
  expect((await client.publish(urn)).status).toBe(200);
});

describe('teardown', () => {
  test('deletes what the setup made', async () => {
    const first = await arranged('a function exists', { timeout: 4 });
    const second = await arranged('a function exists', { timeout: 4 });
    const other = await arranged('a function exists', { timeout: 5 });
    await client.state('a function exists', { timeout: 4 }, 'teardown');
    await client.state('a function exists', { timeout: 4 }, 'teardown');
    expect((await client.read(first)).status).toBe(404);
    expect((await client.read(second)).status).toBe(404);
    expect((await client.read(other)).status).toBe(200);
  });

  test('code is named after its type and runtime', async () => {
    const named = async (params: object) => {
      const { json } = await client.state('a function exists', params);
      return (await client.publish(String(json.function_urn))).json;
    };
    expect(await named({ code_type: 'zip' })).toMatchObject({ code_filename: 'index.zip' });
    expect(await named({ runtime: 'Python3.9' })).toMatchObject({ code_filename: 'index.py' });
    expect(await named({ code_type: 'obs', code_url: 'https://bucket/x.zip' })).not.toHaveProperty(
      'code_filename',
    );
  });

  test('deletes the function that it names', async () => {
    const urn = await arranged('a function exists');
    await client.state('a function exists', { function_urn: urn }, 'teardown');
    expect((await client.read(urn)).status).toBe(404);
  });
});

test.each([
  ['the moon is full', {}, 404],
  ['toString', {}, 404],
  ['a function exists', { timeout: 2 }, 400],
  ['a function exists', { function_async_config: { max_async_event_age_in_seconds: 59 } }, 400],
  ['a function exists', { function_async_config: { max_async_retry_attempts: 9 } }, 400],
])('%s with %j is refused with %i and an error body', async (state, params, status) => {
  const reply = await client.state(state, params);
  expect(reply).toMatchObject({
    status,
    json: { error_code: expect.any(String), error_msg: expect.any(String) },
  });
});
