import { DESTINATIONS, MEMORY_SIZES, OBJECT_DAYS, RESERVED_MOUNT_IDS } from '../values.ts';
import type { Condition, ConditionCase } from './condition.ts';

const REQUIRED = { within: '', level: 'required', request: 'outside' } as const;

const code: readonly Condition[] = [
  {
    ...REQUIRED,
    member: 'code_url',
    aspect: 'when-obs',
    cases: [{ if: { code_type: { const: 'obs' } }, is: 'there' }],
  },
  {
    ...REQUIRED,
    member: 'code_url',
    aspect: 'blank',
    cases: [{ if: { code_type: { not: { const: 'obs' } } }, is: 'blank' }],
    request: 'either',
    ruling: 'Clients send it with other code types, and live services take it; no version reports it.',
  },
  {
    ...REQUIRED,
    member: 'code_filename',
    aspect: 'when-package',
    cases: [{ if: { code_type: { enum: ['jar', 'zip'] } }, is: 'there' }],
    request: 'either',
    ruling:
      'Otherwise it is free: the example shows one for inline code. A service may name the file itself.',
  },
  {
    ...REQUIRED,
    member: 'code_type',
    aspect: undefined,
    cases: [{ if: { runtime: { not: { const: 'Custom Image' } } }, is: 'there' }],
    request: 'either',
    ruling: 'The create page: mandatory but for custom images.',
  },
  {
    ...REQUIRED,
    member: 'package',
    aspect: undefined,
    cases: [
      {
        if: { package: 'there' },
        is: { pattern: '^[^\\s:/]+$', documented: 'a name that can be a field of a URN' },
        kept: ['default', 'suite'],
        broken: ['a/b', 'a:b', 'a b'],
      },
    ],
    request: 'either',
    ruling: 'The page gives no grammar; what cannot be a field of a URN may be refused.',
  },
];

const handlers: readonly Condition[] = [
  {
    ...REQUIRED,
    member: 'initializer_timeout',
    aspect: 'with-handler',
    cases: [{ if: { initializer_handler: 'there' }, is: 'there' }],
  },
];

const v1: readonly Condition[] = [
  {
    ...REQUIRED,
    member: 'strategy_config.concurrency',
    aspect: 'v1',
    cases: [{ if: { type: { const: 'v1' }, 'strategy_config.concurrency': 'there' }, is: { enum: [0, -1] } }],
  },
  {
    ...REQUIRED,
    member: 'strategy_config.concurrent_num',
    aspect: 'v1',
    level: 'recommended',
    cases: [{ if: { type: { const: 'v1' }, strategy_config: 'there' }, is: { enum: [1] } }],
    ruling: '"Supported only by v2": absent, null or 1 on v1.',
  },
];

const resources: readonly Condition[] = [
  ...['vpc_id', 'subnet_id'].map(
    (member): Condition => ({
      ...REQUIRED,
      within: 'func_vpc',
      member,
      aspect: undefined,
      cases: [{ if: {}, is: 'there' }],
    }),
  ),
  {
    ...REQUIRED,
    within: 'mount_config.func_mounts[]',
    member: 'mount_share_path',
    aspect: 'when-ecs',
    cases: [{ if: { mount_type: { const: 'ecs' } }, is: 'there' }],
  },
  ...['user_id', 'user_group_id'].map(
    (member): Condition => ({
      ...REQUIRED,
      within: 'mount_config.mount_user',
      member,
      aspect: 'reserved',
      level: 'recommended',
      cases: [
        {
          if: { [member]: 'there' },
          is: { not: { enum: RESERVED_MOUNT_IDS.flatMap(id => [id, String(id)]) } },
        },
      ],
      ruling: 'Only a neighbouring page excludes them.',
    }),
  ),
];

/** The JSON that `param` holds, by destination: what names the target. */
const TARGETS: Readonly<
  Record<(typeof DESTINATIONS)[number], Pick<ConditionCase, 'is' | 'kept' | 'broken'>>
> = {
  OBS: {
    is: {
      jsonContent: {
        // A member whose name has "bucket" in it, and which is not blank.
        not: { propertyNames: { not: { pattern: '[Bb]ucket' } } },
        patternProperties: {
          '[Bb]ucket': { not: { enum: ['', null] } },
          '[Ee]xpir': {
            anyOf: [
              { type: 'integer', minimum: OBJECT_DAYS.min, maximum: OBJECT_DAYS.max },
              { type: 'string', pattern: '^(?:[0-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-5])$' },
            ],
          },
        },
      },
      documented: `a bucket, and any expiration time ${OBJECT_DAYS.min}..${OBJECT_DAYS.max} days`,
    },
    kept: [
      `{"bucket":"results","prefix":"","expires":${OBJECT_DAYS.max}}`,
      '{"bucket":"results","prefix":"a/","expires":0}',
    ],
    broken: [
      '{"prefix":"logs/"}',
      '{"bucket":null}',
      `{"bucket":"results","expires":${OBJECT_DAYS.max + 1}}`,
      '{"bucket":"results","expires":-1}',
      '{"bucket":"results","expires":1.5}',
    ],
  },
  SMN: {
    is: naming('topic_urn'),
    kept: ['{"topic_urn":"urn:smn:region:project:topic"}'],
    broken: ['{}', '{"topic_urn":""}', '{"func_urn":"urn:fss:region:project:function:default:other"}'],
  },
  FunctionGraph: {
    is: naming('func_urn'),
    kept: ['{"func_urn":"urn:fss:region:project:function:default:other"}'],
    broken: ['{}', '{"topic_urn":"urn:smn:region:project:topic"}', '{"func_urn":7}'],
  },
};

function naming(member: string): ConditionCase['is'] {
  return {
    jsonContent: { required: [member], properties: { [member]: { type: 'string', minLength: 1 } } },
    documented: `a JSON object with ${member}`,
  };
}

const destinations: readonly Condition[] = ['on_success', 'on_failure'].map(outcome => ({
  ...REQUIRED,
  within: `function_async_config.destination_config.${outcome}`,
  member: 'param',
  aspect: 'target',
  level: 'recommended',
  cases: DESTINATIONS.map(destination => ({
    if: { destination: { const: destination }, param: 'there' },
    ...TARGETS[destination],
  })),
  title: 'param names the target: topic_urn for SMN, func_urn for FunctionGraph, a bucket for OBS',
  when: `every 200 answer with a destination and param of ${outcome}`,
  ruling: 'For OBS also: an expiration time, if any, is 0..365 days.',
}));

/** The share of a processor that comes with each memory size. */
const proportion: Condition = {
  ...REQUIRED,
  member: 'cpu',
  aspect: 'proportion',
  level: 'recommended',
  cases: MEMORY_SIZES.map(memory => ({
    if: { memory_size: { const: memory } },
    is: { enum: [(memory / 128) * 100, (memory / 128) * 100 + 200] },
  })),
  request: 'not sent',
  title: 'cpu is memory_size / 128 * 100, or 200 more',
  when: 'every 200 answer',
  ruling: 'The example has 300 for 128 MB; the function model gives the second formula.',
};

/** Everything that the page says of members beside each other, in the order of the page. */
export const conditions: readonly Condition[] = [
  proportion,
  ...code,
  ...handlers,
  ...v1,
  ...resources,
  ...destinations,
];

/** What is held against published versions. */
export const versionConditions = conditions.filter(({ aspect }) => aspect !== undefined);

/** What is held against requests that configure. */
export const requestConditions = conditions.filter(({ request }) => request !== 'not sent');
