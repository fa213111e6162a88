import { describe, expect, test } from 'vitest';
import { published, type Said, said } from '../../judge/said.test.support.ts';
import type { Configuration } from '../configuration.ts';

/** What a version that reports these members says of what was configured. */
function reported(members: object, configuration: object): Said {
  return said(published(members), /\.echo$/, { configuration: configuration as Partial<Configuration> });
}

const MOUNT = { mount_type: 'sfs', mount_resource: 'r', local_mount_path: '/a' };
const NETWORK = { vpc_id: 'v', subnet_id: 's' };

function mounted(...mounts: readonly unknown[]): object {
  return { mount_config: { func_mounts: mounts } };
}

const DESCRIPTION = 'body.version_description.echo';

describe('a published version', () => {
  test.each<[string, object, object, Said]>([
    ['the same value', { timeout: 30 }, { timeout: 30 }, { 'body.timeout.echo': 'held' }],
    [
      'another value',
      { timeout: 31 },
      { timeout: 30 },
      { 'body.timeout.echo': 'timeout is 31; configured: 30' },
    ],
    [
      'another value beside one of another type',
      { timeout: '3', description: 'e' },
      { timeout: 3, description: 'd' },
      { 'body.description.echo': 'description is "e"; configured: "d"' },
    ],
    [
      'another value in place of what holds it',
      { strategy_config: 7 },
      { strategy_config: { concurrency: 1 } },
      {},
    ],
    [
      'no value',
      { description: null },
      { description: 'd' },
      { 'body.description.echo': 'description is absent; configured: "d"' },
    ],
    ['a value of another type', { timeout: '30' }, { timeout: 30 }, {}],
    ['a value that was not configured', { description: 'd' }, {}, {}],
    ['a value for one that is not documented', { timeout: 3 }, { timeout: 2 }, {}],
    [
      'a network with more than was configured',
      { func_vpc: { ...NETWORK, vpc_name: 'n', cidr: '10.0.0.0/8' } },
      { func_vpc: NETWORK },
      { 'body.func_vpc.vpc_id.echo': 'held', 'body.func_vpc.subnet_id.echo': 'held' },
    ],
    [
      'the same texts in an array',
      { func_vpc: { ...NETWORK, security_groups: ['a', 'b'] } },
      { func_vpc: { ...NETWORK, security_groups: ['a', 'b'] } },
      {
        'body.func_vpc.vpc_id.echo': 'held',
        'body.func_vpc.subnet_id.echo': 'held',
        'body.func_vpc.security_groups.echo': 'held',
      },
    ],
    [
      'other texts in an array',
      { func_vpc: { ...NETWORK, security_groups: ['a', 'c'] } },
      { func_vpc: { security_groups: ['a', 'b'] } },
      {
        'body.func_vpc.security_groups.echo':
          'func_vpc.security_groups is an array of 2; configured: an array of 2',
      },
    ],
    [
      'what is documented beside what is not',
      { strategy_config: { concurrency: 7, concurrent_num: 2 }, type: 'v2' },
      { strategy_config: { concurrency: 5000, concurrent_num: 1 } },
      {
        'body.strategy_config.concurrent_num.echo': 'strategy_config.concurrent_num is 2; configured: 1',
      },
    ],
    [
      'mounts of which one is not documented',
      mounted(MOUNT),
      mounted(MOUNT, { ...MOUNT, mount_type: 'nfs' }),
      {},
    ],
    [
      'another value than one that only provider states can set',
      { function_async_config: { max_async_retry_attempts: 4 } },
      { function_async_config: { max_async_retry_attempts: 5 } },
      {
        'body.function_async_config.max_async_retry_attempts.echo':
          'function_async_config.max_async_retry_attempts is 4; configured: 5',
      },
    ],
    [
      'another network',
      { func_vpc: { ...NETWORK, vpc_id: 'w' } },
      { func_vpc: NETWORK },
      {
        'body.func_vpc.vpc_id.echo': 'func_vpc.vpc_id is "w"; configured: "v"',
        'body.func_vpc.subnet_id.echo': 'held',
      },
    ],
    [
      'no encrypted data',
      {},
      { encrypted_user_data: '{"a":"b"}' },
      { 'body.encrypted_user_data.echo': 'held' },
    ],
    [
      'other encrypted data',
      { encrypted_user_data: '{}' },
      { encrypted_user_data: '[]' },
      { 'body.encrypted_user_data.echo': 'encrypted_user_data is "{}"; configured: "[]"' },
    ],
  ])('that reports %s', (_what, members, configuration, { ...expected }) => {
    const { [DESCRIPTION]: _description, ...found } = reported(members, configuration);
    expect(found).toEqual(expected);
  });

  const MOUNTS = 'body.mount_config.func_mounts.echo';
  const [A, B] = [MOUNT, { ...MOUNT, local_mount_path: '/b' }];
  const otherwise = (count: string): string =>
    `mount_config.func_mounts is ${count}; configured: an array of 2`;

  test.each<[string, object, string | undefined]>([
    ['as configured', mounted(A, B), 'held'],
    ['with members that the service adds', mounted({ ...A, status: 'active' }, B), 'held'],
    ['left out with mount_config', {}, 'held'],
    ['left out of mount_config', { mount_config: {} }, otherwise('absent')],
    ['in another order', mounted(B, A), otherwise('an array of 2')],
    ['with one too many', mounted(A, B, A), otherwise('an array of 3')],
    ['with one too few', mounted(A), otherwise('an array of 1')],
    ['with one in which a member differs', mounted(A, A), otherwise('an array of 2')],
    ['with one of another type', mounted(A, { ...B, mount_type: 7 }), undefined],
  ])('reports mounts %s', (_how, members, expected) => {
    expect(reported(members, mounted(A, B))[MOUNTS]).toBe(expected);
  });

  test.each([
    [1003, 'held'],
    ['1003', 'held'],
    ['1004', 'mount_config.mount_user.user_id is "1004"; configured: 1003'],
  ])('reports the user of mounts as %j', (user_id, expected) => {
    const members = { mount_config: { mount_user: { user_id } } };
    const configuration = { mount_config: { mount_user: { user_id: 1003 } } };
    expect(reported(members, configuration)['body.mount_config.mount_user.user_id.echo']).toBe(expected);
  });

  const DEPENDENCIES = 'body.dependencies.echo';
  test.each<[unknown, string]>([
    [[{ id: 'd', owner: 'o', link: 'https://l', etag: 'a'.repeat(32) }], 'held'],
    [[{ id: 'e' }], 'dependencies is an array of 1; configured: an array of 1'],
    [[{ id: null }], 'dependencies is an array of 1; configured: an array of 1'],
    [[], 'dependencies is an array of 0; configured: an array of 1'],
  ])('reports dependencies as %j', (dependencies, expected) => {
    expect(reported({ dependencies }, { dependencies: [{ id: 'd' }] })[DEPENDENCIES]).toBe(expected);
  });
});

describe('dependencies that were configured by id', () => {
  const DEPENDENCIES = { depend_version_list: ['a', 'b'] };
  const MISSING = 'none of the dependencies has the id "b", which was configured';

  test.each<[unknown, string | undefined]>([
    [[{ id: 'a' }, { id: 'b' }], 'held'],
    [[{ id: 'x', dep_id: 'b' }, { id: 'a' }], 'held'],
    [[{ id: 'a' }, { id: 'x', dep_id: 'y' }], MISSING],
    [[7], undefined],
    [undefined, 'none of the dependencies has the id "a", which was configured'],
    [[{ id: 'a' }, { id: 'b' }, { id: 'c' }], 'there are 3 dependencies; configured: 2'],
    [7, undefined],
  ])('are reported as %j', (dependencies, expected) => {
    const about = /^body\.dependencies\.ids$/;
    expect(said(published({ dependencies }), about, { configuration: DEPENDENCIES })).toEqual(
      expected === undefined ? {} : { 'body.dependencies.ids': expected },
    );
  });

  test('say nothing when nobody knows what was configured', () => {
    expect(said(published({ dependencies: [{ id: 'a' }] }), /ids$/)).toEqual({});
    expect(said(published({ dependencies: [{ id: 'a' }] }), /ids$/, { configuration: {} })).toEqual({});
  });
});

describe('what is blank at every depth configures nothing', () => {
  const nobody = { user_id: '', user_group_id: null };
  const nowhere = { on_success: { destination: '', param: '' }, on_failure: {} };
  test.each<[string, object]>([
    ['func_vpc', { func_vpc: { vpc_id: '', subnet_id: '', security_groups: [] } }],
    ['func_vpc', { func_vpc: { vpc_id: null, subnet_id: null, security_groups: null } }],
    ['security_groups', { func_vpc: { security_groups: [''] } }],
    ['mount_config', { mount_config: { mount_user: nobody, func_mounts: [] } }],
    ['mount_config', { mount_config: { mount_user: {}, func_mounts: null } }],
    ['strategy_config', { strategy_config: { concurrency: null, concurrent_num: null } }],
    ['log_config', { log_config: { group_id: '', stream_id: '' } }],
    ['function_async_config', { function_async_config: { destination_config: nowhere } }],
    ['dependencies', { dependencies: [] }],
    ['depend_version_list', { depend_version_list: ['', null] }],
  ])('%s %j', (_, configuration) => {
    expect(reported({}, configuration)).toEqual(reported({}, {}));
    expect(said(published(configuration), /\.ids$/, { configuration })).toEqual({});
  });

  test('and a list of something does', () => {
    expect(reported({}, { func_vpc: { ...NETWORK, security_groups: ['a'] } })).toMatchObject({
      'body.func_vpc.security_groups.echo': 'func_vpc.security_groups is absent; configured: an array of 1',
    });
  });
});
