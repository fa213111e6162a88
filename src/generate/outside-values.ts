import { configuration } from '../page/configuration.ts';
import { refusablePaths } from '../page/rules/configurations.ts';
import { flatten, membersOf, type PageSchema } from '../page/schema.ts';
import { beyondEndsOf } from './_internals/bounds.ts';
import { SETTABLE_RANGES } from './_internals/settable-schema.ts';
import { jsonOfBytes, jsonOfMembers } from './_internals/user-data.ts';

/** A value outside what the page documents for one member of a configuration. */
export interface OutsideValue {
  /** As in `refusablePaths`: `strategy_config.concurrency`. */
  readonly path: string;
  readonly value: unknown;
  /** `strategy_config.concurrency 1001`. */
  readonly title: string;
  /** Valid members, by path, without which the value would say nothing. */
  readonly beside: Readonly<Record<string, unknown>>;
}

const members = new Map(
  flatten(membersOf(configuration, 'config')).map(({ subject, schema }) => [
    subject.slice('config.'.length),
    schema,
  ]),
);

/** Values outside, by what makes them so: `[value in words, value]`. */
type Outside = readonly (readonly [string, unknown])[];

function shown(value: unknown): readonly [string, unknown] {
  return [JSON.stringify(value), value];
}

function wrongTypes({ type, minimum }: PageSchema): Outside {
  const types = [type ?? []].flat();
  if (types.length > 1) return [true, 1.5].map(shown);
  return types.includes('integer')
    ? [String(minimum ?? 128), (minimum ?? 128) + 0.5].map(shown)
    : [7, {}].map(shown);
}

/** Below the first, just below and just above it, halfway to the next, and just above the last: never larger sizes. */
function betweenIntegers(values: readonly number[]): readonly number[] {
  const [first = 0, second = 0] = values;
  return [0, first / 2, first - 1, first + 1, (first + second) / 2, (values.at(-1) ?? 0) + 1];
}

function otherValues({ enum: values }: PageSchema): Outside {
  if (values === undefined) return [];
  const integers = values.filter(value => typeof value === 'number');
  return integers.length > 0 ? betweenIntegers(integers).map(shown) : [shown('NoSuchValue')];
}

/** One step outside the range of the page and of the API that sets the member. */
function outOfRange(path: string, schema: PageSchema): Outside {
  const range = SETTABLE_RANGES[path];
  const { minimum, maximum } = schema;
  if (minimum === undefined || maximum === undefined) return [];
  const widest =
    range === undefined
      ? schema
      : { ...schema, minimum: Math.min(minimum, range.min), maximum: Math.max(maximum, range.max) };
  const numbers = beyondEndsOf(widest);
  return [...numbers, ...(schema.format === 'mount-id' ? [...numbers.map(String), 'root'] : [])].map(shown);
}

const BROKEN_FORMATS: Readonly<Record<string, readonly string[]>> = {
  'dotted-handler': ['handler', '.handler', 'index.'],
  'json-object': ['no JSON', '[]', '"text"', '7'],
};

function wrongTexts({ minLength, maxLength, format, maxUtf8Bytes, maxJsonMembers }: PageSchema): Outside {
  return [
    ...(minLength === undefined ? [] : [shown('h'.repeat(minLength - 1))]),
    ...(maxLength === undefined
      ? []
      : [[`of ${maxLength + 1} characters`, `index.${'h'.repeat(maxLength - 5)}`] as const]),
    ...(BROKEN_FORMATS[format ?? ''] ?? []).map(shown),
    ...(maxUtf8Bytes === undefined
      ? []
      : [
          [`of ${maxUtf8Bytes + 1} bytes`, jsonOfBytes(maxUtf8Bytes + 1)] as const,
          [`of ${maxUtf8Bytes + 1} bytes in fewer characters`, jsonOfBytes(maxUtf8Bytes + 1, 'é')] as const,
          [`of ${maxUtf8Bytes + 1} bytes that are no JSON`, 'x'.repeat(maxUtf8Bytes + 1)] as const,
        ]),
    ...(maxJsonMembers === undefined
      ? []
      : [[`with ${maxJsonMembers + 1} members`, jsonOfMembers(maxJsonMembers + 1)] as const]),
  ];
}

const MOUNT_USER = { user_id: -1, user_group_id: -1 } as const;
const MOUNTS = [
  {
    mount_type: 'sfs',
    mount_resource: 'resource',
    mount_share_path: '/share',
    local_mount_path: '/mnt/data',
  },
] as const;
const ASYNC_SETTINGS = {
  'function_async_config.max_async_event_age_in_seconds': 3600,
  'function_async_config.max_async_retry_attempts': 3,
} as const;

/** Path -> valid siblings of the member. */
const SIBLINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  initializer_handler: { initializer_timeout: 30 },
  initializer_timeout: { initializer_handler: 'index.initializer' },
  pre_stop_handler: { pre_stop_timeout: 30 },
  pre_stop_timeout: { pre_stop_handler: 'index.preStop' },
  'strategy_config.concurrent_num': { 'strategy_config.concurrency': 10 },
};

/** Valid siblings of a member whose object is made with it. */
function siblingsOf(path: string): Readonly<Record<string, unknown>> {
  if (path.startsWith('mount_config.')) {
    return { 'mount_config.mount_user': MOUNT_USER, 'mount_config.func_mounts': MOUNTS };
  }
  const destination = /^(.*\.on_(?:success|failure))\./.exec(path)?.[1];
  if (destination !== undefined) {
    const target = { destination: 'SMN', param: '{"topic_urn":"urn:smn:region:project:topic"}' };
    return { ...ASYNC_SETTINGS, [destination]: target };
  }
  return path.startsWith('function_async_config.') ? ASYNC_SETTINGS : (SIBLINGS[path] ?? {});
}

function outsideOf(path: string): readonly OutsideValue[] {
  const schema = members.get(path);
  if (schema === undefined) throw new Error(`No member of a configuration is named ${path}.`);
  const all = [
    ...otherValues(schema),
    ...outOfRange(path, schema),
    ...wrongTexts(schema),
    ...wrongTypes(schema),
  ];
  return all.map(([words, value]) => ({ path, value, title: `${path} ${words}`, beside: siblingsOf(path) }));
}

/**
 * The values that are sent as "outside": one step beyond each documented bound and wrong types. A service
 * newer than the page is not called wrong for them: no larger memory sizes, no newer runtimes, and
 * asynchronous settings only where both pages refuse them.
 */
export const outsideValues: readonly OutsideValue[] = [
  ...refusablePaths.flatMap(outsideOf),
  {
    path: 'strategy_config.concurrency',
    value: 1,
    title: 'strategy_config.concurrency 1 on a v1 function',
    beside: { type: 'v1' },
  },
];
