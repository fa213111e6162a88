import { describe, expect, test } from 'vitest';
import { exchangeOf, type Said, said } from '../../judge/said.test.support.ts';
import type { Context } from '../context.ts';

const FUNCTION = {
  func_name: 'f',
  package: 'default',
  runtime: 'Node.js16.17',
  timeout: 30,
  handler: 'index.handler',
  memory_size: 128,
  code_type: 'inline',
};

const NETWORK = { func_vpc: { vpc_id: 'v', subnet_id: 's' } };
const MOUNT = { mount_type: 'sfs', mount_resource: 'r', local_mount_path: '/mnt' };

interface Answer {
  readonly status?: number;
  readonly code?: string;
  readonly words?: string;
}

/** What the creation of a function says, with these members in place of the usual ones. */
function created(change: object, { status = 400, code, words }: Answer, context: Context = {}): Said {
  const body = status < 400 ? {} : { error_code: code, error_msg: words };
  return said(
    exchangeOf('POST /v2/p/fgs/functions', { ...FUNCTION, ...change }, status, body),
    /^config\./,
    context,
  );
}

describe('a documented configuration', () => {
  const held = (...members: readonly string[]) =>
    Object.fromEntries(members.map(member => [`config.${member}.accepted`, 'held']));
  const usual = ['package', 'runtime', 'timeout', 'handler', 'memory_size', 'code_type'];

  test.each([200, 201, 299])('that is accepted with %i says so of what was sent', status => {
    expect(created({}, { status })).toEqual(held(...usual));
  });

  test.each([101, 300])('is not accepted with %i', status => {
    expect(created({}, { status })).toEqual({});
  });

  test.each([
    [{ concurrency: 5 }, 'concurrent_num is missing beside concurrency', undefined],
    [{ concurrency: 5, concurrent_num: 2 }, 'concurrent_num must not be set beside concurrency', undefined],
    [{ concurrency: 5 }, 'concurrency is refused', 'strategy_config.concurrency'],
    [{ concurrency: 5, concurrent_num: 2 }, 'concurrent_num is refused', 'strategy_config.concurrent_num'],
  ])(
    'with the strategy %j that is refused with "%s" is held against %s',
    (strategy_config, words, blamed) => {
      const answered = said(
        exchangeOf('PUT /v2/p/fgs/functions/f/config', { ...FUNCTION, strategy_config }, 400, {
          error_code: 'FSS.0400',
          error_msg: words,
        }),
        /^config\..*\.accepted$/,
        { configuration: { type: 'v2' }, suspects: ['strategy_config.concurrency'] },
      );
      expect(Object.keys(answered)).toEqual(blamed === undefined ? [] : [`config.${blamed}.accepted`]);
    },
  );

  test('says nothing of a member with which services differ', () => {
    expect(created({ code_url: 'https://b/c.zip' }, { status: 200 })).toEqual(held(...usual));
  });

  test.each<[string, object, Answer, Context, Said]>([
    [
      'the member that the code names',
      {},
      { code: 'FSS.1008', words: 'refused' },
      {},
      { 'config.timeout.accepted': 'timeout 30 was refused with 400: "FSS.1008" "refused"' },
    ],
    [
      'the member that the code names, whatever the words name',
      {},
      { code: 'FSS.1008', words: 'memory_size' },
      {},
      { 'config.timeout.accepted': 'timeout 30 was refused with 400: "FSS.1008" "memory_size"' },
    ],
    [
      'the one of two members of a code that was sent',
      { encrypted_user_data: '{}' },
      { status: 500, code: 'FSS.1009' },
      {},
      { 'config.encrypted_user_data.accepted': 'encrypted_user_data "{}" was refused with 500: "FSS.1009"' },
    ],
    [
      'the one of two members of a code that the words name',
      { user_data: '{}', encrypted_user_data: '[]' },
      { code: 'FSS.1018', words: '(encrypted_user_data)' },
      {},
      {
        'config.encrypted_user_data.accepted':
          'encrypted_user_data "[]" was refused with 400: "FSS.1018" "(encrypted_user_data)"',
      },
    ],
    [
      'the first of two members of a code when the words name none',
      { user_data: '{}', encrypted_user_data: '[]' },
      { code: 'FSS.1018' },
      {},
      { 'config.user_data.accepted': 'user_data "{}" was refused with 400: "FSS.1018"' },
    ],
    [
      'the member that the words name',
      {},
      { words: 'bad memory_size' },
      {},
      { 'config.memory_size.accepted': 'memory_size 128 was refused with 400: "bad memory_size"' },
    ],
    [
      'the member that the words name together with what holds it',
      { strategy_config: { concurrency: 1 }, type: 'v2', ...NETWORK },
      { words: 'func_vpc: bad subnet_id beside timeout' },
      {},
      {
        'config.func_vpc.subnet_id.accepted':
          'func_vpc.subnet_id "s" was refused with 400: "func_vpc: bad subnet_id beside timeout"',
      },
    ],
    ['none of two members that the words name', {}, { words: 'timeout, memory_size' }, {}, {}],
    ['no member by the name of what holds it', NETWORK, { words: 'func_vpc' }, {}, {}],
    ['no member that was not sent', {}, { code: 'FSS.1404', words: 'initializer_handler' }, {}, {}],
    ['no member when nothing names one', {}, { words: 'refused' }, {}, {}],
    [
      'the member in which it differs from one that is accepted',
      {},
      {},
      { suspects: ['timeout'] },
      { 'config.timeout.accepted': 'timeout 30 was refused with 400; the refusal names no member' },
    ],
    ['none of two such members', {}, { code: 'FSS.1008' }, { suspects: ['timeout', 'handler'] }, {}],
    [
      'the member that is named before the one that differs',
      {},
      { words: 'memory_size' },
      { suspects: ['timeout'] },
      { 'config.memory_size.accepted': 'memory_size 128 was refused with 400: "memory_size"' },
    ],
  ])('that is refused blames %s', (_whom, change, answer, context, expected) => {
    expect(created(change, answer, context)).toEqual(expected);
  });

  test('that is refused shows the beginning of the words', () => {
    const { 'config.timeout.accepted': finding } = created({}, { words: `timeout ${'x'.repeat(300)}` });
    expect(finding).toMatch(/x"… \(200 characters\)$/);
  });

  test.each<[string, object, Answer]>([
    ...[401, 403, 404, 405, 408, 409, 413, 429, 501, 502, 503, 504].map(
      (status): [string, object, Answer] => [`the status ${status}`, {}, { status, code: 'FSS.1008' }],
    ),
    ['a missing agency', {}, { code: 'FSS.1021', words: 'timeout' }],
    ['something that does not exist', {}, { words: 'timeout: the agency does not exist' }],
    ['something that cannot be found', {}, { words: 'timeout: bucket not found' }],
    ['a quota', {}, { words: 'timeout: the quota is exceeded' }],
    ['want of an agency', NETWORK, { words: 'func_vpc.vpc_id needs an agency' }],
    ['want of an image', { runtime: 'Custom Image' }, { words: 'runtime needs custom_image' }],
  ])('that is refused for %s says nothing', (_what, change, answer) => {
    expect(created(change, answer)).toEqual({});
  });

  test.each<[string, object, Answer, Context, string | undefined]>([
    [
      'its network',
      NETWORK,
      { words: 'vpc_id does not exist' },
      { existing: ['func_vpc'] },
      'func_vpc.vpc_id',
    ],
    [
      'its network, by code',
      NETWORK,
      { code: 'FSS.1024', words: 'vpc_id' },
      { existing: ['func_vpc'] },
      'func_vpc.vpc_id',
    ],
    [
      'its network, with a 404',
      NETWORK,
      { status: 404, code: 'FSS.1024', words: 'vpc_id' },
      { existing: ['func_vpc'] },
      'func_vpc.vpc_id',
    ],
    ['another one', NETWORK, { words: 'vpc_id does not exist' }, { existing: ['xrole'] }, undefined],
    ['its agency', NETWORK, { words: 'vpc_id needs an agency' }, { existing: ['xrole'] }, 'func_vpc.vpc_id'],
    [
      'its project',
      { enterprise_project_id: 'e' },
      { words: 'enterprise_project_id' },
      { existing: ['enterprise_project_id'] },
      'enterprise_project_id',
    ],
    ['nothing', { enterprise_project_id: 'e' }, { words: 'enterprise_project_id' }, {}, undefined],
    ['all that is below a suspect', NETWORK, {}, { suspects: ['func_vpc'] }, 'func_vpc.vpc_id'],
  ])('is to be taken where %s is known to exist', (_what, change, answer, context, member) => {
    const found = Object.keys(created(change, answer, context));
    expect(found).toEqual(member === undefined ? [] : [`config.${member}.accepted`]);
  });

  test('needs no agency for its own members', () => {
    const words = 'timeout: no xrole is set';
    expect(created({}, { words })).toHaveProperty('config.timeout.accepted');
    expect(created(NETWORK, { words: 'vpc_id' })).toHaveProperty('config.func_vpc.vpc_id.accepted');
  });

  const URL = { code_url: 'https://b/c.zip' };
  test.each<[string, object, Answer, boolean]>([
    ['it is named', URL, { words: 'code_url' }, false],
    ['it is named beside the suspect', URL, { words: 'code_url, timeout' }, false],
    ['the code names it, left out', { code_type: undefined }, { code: 'FSS.1006' }, false],
    ['the suspect is named', URL, { words: 'timeout' }, true],
    ['nothing is named', URL, { words: 'no' }, true],
  ])('beside a member with which services differ may be refused when %s', (_, change, answer, isBlamed) => {
    const found = Object.keys(created(change, answer, { suspects: ['timeout'] }));
    expect(found).toEqual(isBlamed ? ['config.timeout.accepted'] : []);
  });
});

describe('an undocumented configuration', () => {
  const REFUSED = { error_code: 'FSS.0400', error_msg: 'no' };

  function answered(change: object, status: number, body: unknown, context: Context = {}): Said {
    const exchange = exchangeOf('POST /v2/p/fgs/functions', { ...FUNCTION, ...change }, status, body);
    return said(exchange, /^config\./, context);
  }

  test.each<[string, object, number, unknown, Said]>([
    [
      'is refused with 400 and an error body',
      { timeout: 2 },
      400,
      REFUSED,
      { 'config.timeout.refused': 'held', 'config.timeout.refusal': 'held' },
    ],
    [
      'is not accepted',
      { timeout: 2 },
      200,
      {},
      { 'config.timeout.refused': 'timeout 2 was accepted with 200' },
    ],
    [
      'is not refused with another status',
      { timeout: 2 },
      500,
      REFUSED,
      {
        'config.timeout.refused': 'held',
        'config.timeout.refusal':
          'timeout 2 was refused with 500; documented: 400; the refusal names no member',
      },
    ],
    [
      'is not refused without an error body',
      { timeout: 2 },
      400,
      'no',
      {
        'config.timeout.refused': 'held',
        'config.timeout.refusal':
          'timeout was refused with an error body without error_code and error_msg; the refusal names no member',
      },
    ],
    [
      'is not refused without a message',
      { timeout: 2 },
      400,
      { error_code: 'FSS.1007', error_msg: '' },
      {
        'config.timeout.refused': 'held',
        'config.timeout.refusal':
          'timeout was refused with an error body without error_msg; the refusal names memory_size',
      },
    ],
    [
      'is told by the array that it is in',
      { mount_config: { func_mounts: [{ ...MOUNT, mount_type: 'nfs' }] } },
      201,
      {},
      {
        'config.mount_config.func_mounts[].mount_type.refused':
          'mount_config.func_mounts[].mount_type an array of 1 was accepted with 201',
      },
    ],
    ['says nothing when two members are', { timeout: 2, memory_size: 129 }, 200, {}, {}],
    ['says nothing when it is about credentials', { timeout: 2 }, 401, REFUSED, {}],
    ['says nothing when something is not found', { timeout: 2 }, 400, { error_msg: 'no such bucket' }, {}],
  ])('%s', (_what, change, status, body, expected) => {
    expect(answered(change, status, body)).toEqual(expected);
  });
});
