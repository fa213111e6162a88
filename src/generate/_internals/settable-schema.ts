import type { PageSchema } from '../../page/schema.ts';
import type { Need } from '../need.ts';

/** Members of a configuration, with all below them -> what they need. */
const NEEDS_OF_MEMBERS: Readonly<Record<string, Need>> = {
  xrole: 'agency',
  app_xrole: 'agency',
  func_vpc: 'vpc',
  mount_config: 'mounts',
  enterprise_project_id: 'enterprise-project',
  dependencies: 'provider-states',
  'function_async_config.destination_config': 'destinations',
};

/** Members that a service wants together, or that say nothing without each other. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  func_vpc: ['vpc_id', 'subnet_id'],
  mount_config: ['mount_user', 'func_mounts'],
  'mount_config.mount_user': ['user_id', 'user_group_id'],
  strategy_config: ['concurrency'],
  function_async_config: ['max_async_event_age_in_seconds', 'max_async_retry_attempts'],
  'function_async_config.destination_config': ['on_success'],
  'function_async_config.destination_config.on_success': ['destination', 'param'],
  'function_async_config.destination_config.on_failure': ['destination', 'param'],
};

/** Ranges of the API that configures a member, where they differ from those of the publish page. */
export const SETTABLE_RANGES: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  'function_async_config.max_async_event_age_in_seconds': { min: 1, max: 86_400 },
  'function_async_config.max_async_retry_attempts': { min: 0, max: 3 },
};

/** Members that the API has no way to set by themselves. */
const NEVER_SENT = new Set(['depend_version_list']);

/** What a member of a configuration needs, whatever it holds; `undefined` for nothing. */
export function needOf(path: string): Need | undefined {
  const named = Object.entries(NEEDS_OF_MEMBERS).find(
    ([member]) => path === member || path.startsWith(`${member}.`) || path.startsWith(`${member}[]`),
  );
  return named?.[1];
}

/**
 * The part of a configuration's schema that can be arranged.
 *
 * @param meets needs that are met; without `provider-states`, ranges are those of both pages
 */
export function settableSchema(schema: PageSchema, meets: readonly Need[], path = ''): PageSchema {
  const { properties, items } = schema;
  if (items !== undefined) return { ...schema, items: settableSchema(items, meets, `${path}[]`) };
  if (properties === undefined)
    return meets.includes('provider-states') ? schema : inBothRanges(schema, path);
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const isSettable = ([name]: readonly [string, unknown]) => {
    const need = needOf(below(name));
    return !NEVER_SENT.has(below(name)) && (need === undefined || meets.includes(need));
  };
  return {
    ...schema,
    required: [...(schema.required ?? []), ...(TOGETHER[path] ?? [])],
    properties: Object.fromEntries(
      Object.entries(properties)
        .filter(isSettable)
        .map(([name, own]) => [name, settableSchema(own, meets, below(name))]),
    ),
  };
}

function inBothRanges(schema: PageSchema, path: string): PageSchema {
  const range = SETTABLE_RANGES[path];
  if (range === undefined) return schema;
  return {
    ...schema,
    minimum: Math.max(schema.minimum ?? range.min, range.min),
    maximum: Math.min(schema.maximum ?? range.max, range.max),
  };
}
