import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MEMORY_SIZES, RUNTIMES } from '../page/values.ts';
import { type MockServer, startMock } from './index.ts';
import { clientOf, plain } from './mock-client.test.support.ts';

let mock: MockServer;
let client: ReturnType<typeof clientOf>;
beforeAll(async () => {
  mock = await startMock();
  client = clientOf(mock);
});
afterAll(() => mock.close());

const { code_filename: _filename, func_code: _code, ...withoutCode } = plain;
const mount = { mount_type: 'sfs', mount_resource: 'r', local_mount_path: '/mnt' };
const members = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v'])));

describe('a documented configuration is accepted', () => {
  test.each([
    ...RUNTIMES.map(runtime => ({ runtime })),
    ...MEMORY_SIZES.map(memory_size => ({ memory_size })),
    { timeout: 3 },
    { timeout: 259200 },
    { handler: 'a.b' },
    { handler: `${'a'.repeat(126)}.b` },
    { handler: 'com.example.Main.run' },
    { runtime: 'Custom', handler: 'bootstrap' },
    { runtime: 'http', handler: '-' },
    { runtime: 'Custom Image', handler: '-', code_type: undefined, func_code: undefined },
    { func_name: 'a' },
    { func_name: `a${'-'.repeat(58)}9` },
    { ...withoutCode, code_type: 'obs', code_url: 'https://bucket/x.zip', code_filename: null },
    { code_type: 'jar', code_filename: 'x.jar' },
    { user_data: 'x'.repeat(4096) },
    { user_data: members(20) },
    { initializer_handler: 'a.b', initializer_timeout: 1 },
    { initializer_handler: '', initializer_timeout: 0 },
    { pre_stop_timeout: 0 },
    { pre_stop_handler: 'a.b', pre_stop_timeout: 90 },
    { mount_config: { mount_user: { user_id: -1, user_group_id: '1' }, func_mounts: [mount] } },
    { type: 'v1' },
    { enable_dynamic_memory: false },
    { unknown_member: { deep: [[[]]] } },
    { xrole: null, app_xrole: '', func_vpc: null, mount_config: null },
    { func_vpc: {} },
  ])('%j', async configuration => {
    const urn = await client.create(configuration);
    await client.remove(urn);
  });
});

describe('an undocumented configuration is refused with the code of its member', () => {
  test.each<[object, string, string]>([
    [{ func_name: '1a' }, 'FSS.1002', 'func_name'],
    [{ func_name: 'a'.repeat(61) }, 'FSS.1002', 'func_name'],
    [{ func_name: 7 }, 'FSS.1002', 'func_name'],
    [{ package: undefined }, 'FSS.1004', 'package'],
    [{ package: 'a:b' }, 'FSS.1004', 'package'],
    [{ runtime: 'Python 3.6' }, 'FSS.1005', 'runtime'],
    [{ runtime: '' }, 'FSS.1005', 'runtime'],
    [{ timeout: 2 }, 'FSS.1008', 'timeout is 2; documented: 3..259200'],
    [{ timeout: 259201 }, 'FSS.1008', 'timeout'],
    [{ timeout: 3.5 }, 'FSS.1008', 'timeout'],
    [{ timeout: '3' }, 'FSS.1008', 'timeout'],
    [{ handler: 'ab' }, 'FSS.1003', 'handler'],
    [{ handler: 'nodot' }, 'FSS.1003', 'handler'],
    [{ handler: `${'a'.repeat(127)}.b` }, 'FSS.1003', 'handler'],
    [{ memory_size: 129 }, 'FSS.1007', 'memory_size'],
    [{ memory_size: 8192 }, 'FSS.1007', 'memory_size'],
    [{ code_type: 'tar' }, 'FSS.1006', 'code_type'],
    [{ code_type: undefined }, 'FSS.1006', 'code_type'],
    [{ code_type: 'obs' }, 'FSS.1010', 'code_url'],
    [{ code_url: 'https://bucket/x.zip' }, 'FSS.1010', 'code_url'],
    [{ func_code: { file: '!' } }, 'FSS.1011', 'func_code'],
    [{ user_data: 'é'.repeat(2049) }, 'FSS.1018', 'user_data'],
    [{ user_data: members(21) }, 'FSS.1017', 'user_data'],
    [{ user_data: {} }, 'FSS.1009', 'user_data'],
    [{ encrypted_user_data: members(21) }, 'FSS.1017', 'encrypted_user_data'],
    [{ initializer_handler: 'nodot', initializer_timeout: 3 }, 'FSS.1404', 'initializer_handler'],
    [{ initializer_handler: 'a.b' }, 'FSS.1405', 'initializer_timeout'],
    [{ initializer_handler: 'a.b', initializer_timeout: 0 }, 'FSS.1405', 'initializer_timeout'],
    [{ initializer_timeout: 301 }, 'FSS.1405', 'initializer_timeout'],
    [{ pre_stop_handler: 'a.' }, 'FSS.0400', 'pre_stop_handler'],
    [{ pre_stop_timeout: 91 }, 'FSS.0400', 'pre_stop_timeout'],
    [{ mount_config: { mount_user: { user_id: 0 } } }, 'FSS.1075', 'mount_config.mount_user.user_id'],
    [{ mount_config: { mount_user: { user_group_id: '65535' } } }, 'FSS.1075', 'user_group_id'],
    [{ mount_config: { func_mounts: [{ ...mount, mount_type: 'nfs' }] } }, 'FSS.0400', 'mount_type'],
    [{ mount_config: { func_mounts: [{ ...mount, mount_type: 'ecs' }] } }, 'FSS.0400', 'mount_share_path'],
    [{ mount_config: { func_mounts: [{ mount_type: 'sfs' }] } }, 'FSS.0400', 'mount_resource'],
    [{ func_vpc: { vpc_id: 'v' } }, 'FSS.0400', 'subnet_id'],
    [{ type: 'v3' }, 'FSS.0400', 'type'],
    [{ enable_dynamic_memory: 'yes' }, 'FSS.0400', 'enable_dynamic_memory'],
  ])('%j: %s', async (configuration, code, words) => {
    const reply = await client.call('POST', '', {
      body: { ...plain, func_name: 'refused', ...configuration },
    });
    expect(reply).toMatchObject({
      status: 400,
      json: { error_code: code, error_msg: expect.stringContaining(words) },
    });
  });

  test.each<[string, object]>([
    ['v1', { concurrency: 5 }],
    ['v1', { concurrency: 0, concurrent_num: 2 }],
    ['v2', { concurrency: 1001 }],
    ['v2', { concurrency: -2 }],
    ['v2', { concurrent_num: 0 }],
    ['v2', { concurrent_num: 1001 }],
  ])('%s with %j: FSS.1026', async (type, strategy_config) => {
    const urn = await client.create({ type });
    expect(await client.configure(urn, { type, strategy_config })).toMatchObject({
      status: 400,
      json: { error_code: 'FSS.1026', error_msg: expect.stringContaining('concurren') },
    });
  });
});
