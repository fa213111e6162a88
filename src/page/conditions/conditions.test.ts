import { describe, expect, test } from 'vitest';
import type { PageSchema } from '../schema.ts';
import { appliesTo, applyingMembers, excludedValues, namedValues } from './applying-members.ts';
import { brokenValues } from './broken-values.ts';
import {
  type Condition,
  type ConditionCase,
  caseInWords,
  type Demand,
  demandInWords,
  documentedBy,
  lastName,
  pathOf,
} from './condition.ts';
import { readRequestConditions, readVersionConditions } from './read-conditions.ts';

describe('a published version', () => {
  /** What an object breaks, in words, and where. */
  const broken = (object: object): readonly string[] =>
    readVersionConditions({ ...object }).broken.map(({ message, pointer }) => `${pointer}: ${message}`);

  test.each<[object, readonly string[]]>([
    [{ code_type: 'obs' }, ['/code_url: code_url is absent, but code_type is obs']],
    [{ code_type: 'obs', code_url: 'https://b/c.zip' }, []],
    [{ code_type: 'inline', code_url: 'u' }, ['/code_url: code_url is "u", but code_type is not obs']],
    [{ code_type: 'zip' }, ['/code_filename: code_filename is absent, but code_type is jar or zip']],
    [{ code_url: 'u' }, []],
    [
      { initializer_handler: 'a.b' },
      ['/initializer_timeout: initializer_timeout is absent, but initializer_handler is there'],
    ],
    [
      { type: 'v1', strategy_config: { concurrency: 5 } },
      ['/strategy_config/concurrency: concurrency is 5, but type is v1; documented: 0 or -1'],
    ],
    [{ type: 'v1', strategy_config: { concurrency: -1, concurrent_num: 1 } }, []],
    [{ type: 'v2', strategy_config: { concurrency: 5, concurrent_num: 2 } }, []],
    [{ memory_size: 256, cpu: 200 }, []],
    [{ memory_size: 256, cpu: 400 }, []],
    [{ memory_size: 256, cpu: 300 }, ['/cpu: cpu is 300, but memory_size is 256; documented: 200 or 400']],
    [
      { mount_config: { func_mounts: [{ mount_type: 'sfs' }, { mount_type: 'ecs' }] } },
      ['/mount_config/func_mounts/1/mount_share_path: mount_share_path is absent, but mount_type is ecs'],
    ],
    [
      { mount_config: { mount_user: { user_id: 1000, user_group_id: '1002' } } },
      [
        '/mount_config/mount_user/user_id: user_id is 1000; documented: not 1000 or 1002',
        '/mount_config/mount_user/user_group_id: user_group_id is "1002"; documented: not 1000 or 1002',
      ],
    ],
    [
      { function_async_config: { destination_config: { on_success: { destination: 'SMN', param: '{}' } } } },
      [
        '/function_async_config/destination_config/on_success/param: param is "{}", but destination is SMN; documented: a JSON object with topic_urn',
      ],
    ],
  ])('%j', (object, expected) => {
    expect(broken(object)).toEqual(expected);
  });

  test('shows which conditions say something of it', () => {
    const applied = (object: object) =>
      [...readVersionConditions({ ...object }).applied].map(({ member, aspect }) => `${member} ${aspect}`);
    expect(applied({})).toEqual([]);
    expect(applied({ code_type: 'obs', code_url: 'u' })).toEqual(['code_url when-obs']);
    expect(applied({ code_type: 'zip' }).sort()).toEqual(['code_filename when-package', 'code_url blank']);
  });
});

test('a request is held against what concerns requests alone, too', () => {
  const broken = (object: object) =>
    readRequestConditions({ ...object }).broken.map(({ message }) => message);
  expect(broken({ runtime: 'Go1.x' })).toEqual(['code_type is absent, but runtime is not Custom Image']);
  expect(broken({ runtime: 'Custom Image' })).toEqual([]);
  expect(broken({ package: 'a b' })).toEqual([
    'package is "a b"; documented: a name that can be a field of a URN',
  ]);
  expect(broken({ memory_size: 256, cpu: 300, code_type: 'inline' })).toEqual([]);
});

test.each<[Demand, string, readonly unknown[], readonly unknown[]]>([
  ['there', 'is there', [], []],
  ['blank', 'is blank', [], []],
  [{ const: 'obs' }, 'is obs', ['obs'], []],
  [{ enum: [0, -1] }, 'is 0 or -1', [0, -1], []],
  [{ enum: [1000, '1000', 1002] }, 'is 1000 or 1002', [1000, '1000', 1002], []],
  [{ not: { enum: ['a', 'b'] } }, 'is not a or b', [], ['a', 'b']],
  [{ not: { const: 'a' } }, 'is not a', [], ['a']],
  [{ pattern: 'x', documented: 'with an x' }, 'is with an x', [], []],
  [{ pattern: 'x' }, 'is {"pattern":"x"}', [], []],
])('what %j demands, in words and in values', (demand, words, named, excluded) => {
  expect(demandInWords(demand)).toBe(words);
  expect(namedValues(demand)).toEqual(named);
  expect(excludedValues(demand)).toEqual(excluded);
});

test('what a schema documents that is none but something', () => {
  expect(documentedBy({ not: true, documented: 'x' })).toBe('x');
});

const CASE: ConditionCase = {
  if: { code_type: { const: 'obs' }, 'strategy_config.concurrency': 'there', code_url: 'blank' },
  is: 'there',
};

test('when a case applies, in words', () => {
  expect(caseInWords(CASE)).toBe('code_type is obs and concurrency is there and code_url is blank');
  expect(caseInWords({ if: {}, is: 'there' })).toBe('');
});

test.each<[object, boolean]>([
  [{ code_type: 'obs', strategy_config: { concurrency: 1 } }, true],
  [{ code_type: 'obs', strategy_config: { concurrency: 1 }, code_url: 'u' }, false],
  [{ code_type: 'zip', strategy_config: { concurrency: 1 } }, false],
  [{ code_type: 'obs' }, false],
  [{ strategy_config: { concurrency: 1 } }, false],
])('whether it applies to %j: %j', (object, expected) => {
  expect(appliesTo(CASE, object)).toBe(expected);
});

test.each<[Demand, unknown, boolean]>([
  [{ not: { const: 'obs' } }, 'obs', false],
  [{ not: { const: 'obs' } }, 'zip', true],
  [{ not: { const: 'obs' } }, undefined, false],
  [{ enum: ['a', 'b'] }, 'b', true],
  [{ pattern: 'x' }, 'y', true],
])('whether %j is %j', (demand, value, expected) => {
  expect(appliesTo({ if: { member: demand }, is: 'there' }, { member: value })).toBe(expected);
});

test('members to which a case applies have the first value that it names', () => {
  expect(applyingMembers(CASE)).toEqual({ code_type: 'obs' });
  expect(applyingMembers({ if: { 'a.b': { enum: [1, 2] } }, is: 'there' })).toEqual({ a: { b: 1 } });
});

test('the path of a condition is that of its member', () => {
  const path = (within: string, member: string): string => {
    const condition: Pick<Condition, 'within' | 'member'> = { within, member };
    return pathOf(condition);
  };
  expect(path('', 'a.b')).toBe('a.b');
  expect(path('m.n[]', 'a')).toBe('m.n[].a');
  expect(lastName('m.n[].a')).toBe('a');
  expect(lastName('a')).toBe('a');
});

describe('values that break a demand', () => {
  test.each<[string, Demand, PageSchema, readonly unknown[] | undefined, readonly unknown[]]>([
    ['are those that it gives', 'there', {}, ['x'], ['x']],
    ['are none for what must be there', 'there', {}, undefined, [undefined]],
    ['are something for what must be blank', 'blank', {}, undefined, ['https://bucket/code.zip']],
    ['are those that it excludes', { not: { enum: ['a', 'b'] } }, {}, undefined, ['a', 'b']],
    [
      'are next to those that it names',
      { enum: [0, -1] },
      { minimum: -1, maximum: 1000 },
      undefined,
      [1, 1000],
    ],
    ['keep the minimum of the member', { enum: [1] }, { maximum: 1000 }, undefined, [2, 1000]],
    ['keep its maximum', { enum: [5] }, { minimum: 5, maximum: 5 }, undefined, []],
    ['need no maximum', { enum: [100, 300] }, { minimum: 0 }, undefined, [101, 99, 301, 299]],
    ['are each one value', { enum: [9] }, { minimum: 0, maximum: 10 }, undefined, [10, 8]],
  ])('%s', (_what, is, schema, broken, expected) => {
    const of: ConditionCase = { if: {}, is, ...(broken === undefined ? {} : { broken }) };
    expect(brokenValues(of, schema)).toEqual(expected);
  });
});
