import { describe, expect, test } from 'vitest';
import { judgeBody } from './judge.ts';
import { type Said, version } from './said.test.support.ts';

/** What a body with these members says of clauses whose ids match. */
function bodyWith(members: object, about: RegExp): Said {
  const { exercised, findings } = judgeBody(JSON.stringify({ ...version, ...members }));
  const messages = new Map(findings.map(({ clause, message }) => [clause, message]));
  return Object.fromEntries(
    exercised.filter(id => about.test(id)).map(id => [id, messages.get(id) ?? 'held']),
  );
}

/** What a body with these members breaks. */
function broken(members: object): readonly string[] {
  const { findings } = judgeBody(JSON.stringify({ ...version, ...members }));
  return findings.map(({ clause, message, pointer }) => `${clause} ${pointer}: ${message}`);
}

describe('a finding', () => {
  test.each<[object, readonly string[]]>([
    [{ timeout: 2 }, ['body.timeout.range /timeout: timeout is 2; documented: 3..259200']],
    [{ digest: null }, ['body.digest.present /digest: digest is absent']],
    [
      { strategy_config: { concurrency: 'x' } },
      [
        'body.strategy_config.concurrency.type /strategy_config/concurrency: strategy_config.concurrency is "x"; documented: an integer',
      ],
    ],
    [
      { dependencies: [7] },
      ['body.dependencies[].type /dependencies/0: dependencies.0 is 7; documented: an object'],
    ],
    [
      { timeout: { novelty: 1 } },
      ['body.timeout.type /timeout: timeout is an object; documented: an integer'],
    ],
    [{ timeout: 0 }, ['body.timeout.range /timeout: timeout is 0; documented: 3..259200']],
    [{ initializer_timeout: 0 }, []],
    [
      { initializer_timeout: 0, initializer_handler: 'a.b' },
      ['body.initializer_timeout.range /initializer_timeout: initializer_timeout is 0; documented: 1..300'],
    ],
    [
      { func_vpc: { vpc_id: 'v', subnet_id: 's', security_groups: [{ novelty: 1 }] } },
      [
        'body.func_vpc.security_groups[].type /func_vpc/security_groups/0: func_vpc.security_groups.0 is an object; documented: a string',
      ],
    ],
    [
      { dependencies: ['x'] },
      ['body.dependencies[].type /dependencies/0: dependencies.0 is "x"; documented: an object'],
    ],
    [{ handler: 'h' }, ['body.handler.length /handler: handler is "h"; documented: 3..128 characters']],
    [
      { runtime: 'Custom', handler: 'h' },
      ['body.handler.length-on-custom-runtime /handler: handler is "h"; documented: 3..128 characters'],
    ],
  ])('of %j', (members, expected) => {
    expect(broken(members)).toEqual(expected);
  });

  test.each([
    ['7', 'the body is 7; documented: a JSON object'],
    ['[]', 'the body is an array of 0; documented: a JSON object'],
  ])('of the body %s is the only one', (body, message) => {
    expect(judgeBody(body).findings).toEqual([
      { clause: 'body.type', subject: 'body', level: 'required', message, pointer: '' },
    ]);
  });

  test('is one of items that are wrong alike, and one of each that is wrong otherwise', () => {
    const mounts = [
      { mount_type: 'nfs', mount_resource: 'r', local_mount_path: '/a' },
      { mount_type: 'nfs', mount_resource: 'r', local_mount_path: 7 },
    ];
    expect(broken({ mount_config: { func_mounts: mounts } }).map(each => each.split(':')[0])).toEqual([
      'body.mount_config.func_mounts[].mount_type.values /mount_config/func_mounts/0/mount_type',
      'body.mount_config.func_mounts[].local_mount_path.type /mount_config/func_mounts/1/local_mount_path',
    ]);
  });

  test('takes the member away from what else is looked at', () => {
    const item = (members: object) => ({
      function_async_config: { destination_config: { on_success: members } },
    });
    expect(broken(item({ destination: 'SMN', param: '{}' }))).toHaveLength(1);
    expect(broken(item({ destination: 7, param: '{}' })).map(each => each.split(' ')[0])).toEqual([
      'body.function_async_config.destination_config.on_success.destination.type',
    ]);
  });
});

describe('a member is evidence', () => {
  const MOUNT = { mount_type: 'sfs', mount_resource: 'r', mount_share_path: '/s', local_mount_path: '/a' };

  test.each<[string, object, RegExp, readonly string[]]>([
    ['of nothing when it is not there', {}, /^body\.dependencies/, []],
    ['of its type when it is empty', { dependencies: [] }, /^body\.dependencies/, ['body.dependencies.type']],
    [
      'of its items’ type when they are nothing',
      { dependencies: ['x'] },
      /^body\.dependencies/,
      ['body.dependencies.type', 'body.dependencies[].type'],
    ],
    [
      'of the members of its items, each once',
      { dependencies: [{ id: 'a' }, { id: 'b', etag: 'x' }] },
      /^body\.dependencies\[\]\.(?:type|id|etag)/,
      [
        'body.dependencies[].type',
        'body.dependencies[].id.type',
        'body.dependencies[].etag.type',
        'body.dependencies[].etag.format',
      ],
    ],
    [
      'of what is inside it',
      { strategy_config: { concurrency: 1 } },
      /^body\.strategy_config.*(?:type|range)$/,
      [
        'body.strategy_config.type',
        'body.strategy_config.concurrency.type',
        'body.strategy_config.concurrency.range',
      ],
    ],
    [
      'of its type alone when it is of another one',
      { strategy_config: [{ concurrency: 1 }] },
      /^body\.strategy_config/,
      ['body.strategy_config.type'],
    ],
    [
      'of its type alone when it is no array',
      { mount_config: { func_mounts: MOUNT } },
      /^body\.mount_config\.func_mounts/,
      ['body.mount_config.func_mounts.type'],
    ],
  ])('%s', (_of, members, about, expected) => {
    expect(Object.keys(bodyWith(members, about)).sort()).toEqual([...expected].sort());
  });

  test('of items’ members that must be there', () => {
    const found = bodyWith({ mount_config: { func_mounts: [MOUNT] } }, /func_mounts\[\]\.mount_type/);
    expect(found).toEqual({
      'body.mount_config.func_mounts[].mount_type.present': 'held',
      'body.mount_config.func_mounts[].mount_type.type': 'held',
      'body.mount_config.func_mounts[].mount_type.values': 'held',
    });
  });
});

test('undocumented members are told at every depth, ten of them at most, each cut', () => {
  const members = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`m${index}`, 1]));
  const { findings } = judgeBody(
    JSON.stringify({ ...version, ...members, strategy_config: { concurrency: 0, novelty: 1, m0: 1 } }),
  );
  expect(findings.map(({ message }) => message)).toEqual([
    'undocumented: novelty, m0, m1, m2, m3, m4, m5, m6, m7, m8',
  ]);
  const long = judgeBody(JSON.stringify({ ...version, ['x'.repeat(61)]: 1 }));
  expect(long.findings[0]?.message).toBe(`undocumented: ${'x'.repeat(60)}`);
});
