import type { ConditionCase } from '../../page/conditions/condition.ts';
import { conditions } from '../../page/conditions/conditions.ts';
import { isAtOrBelow, resourceNamedBy } from '../../page/resources.ts';
import type { PageSchema } from '../../page/schema.ts';
import type { Need } from '../need.ts';

/** Members that a service wants together, or that say nothing without each other. */
export const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  mount_config: ['mount_user', 'func_mounts'],
  'mount_config.mount_user': ['user_id', 'user_group_id'],
  log_config: ['group_id', 'stream_id'],
  strategy_config: ['concurrency'],
  function_async_config: ['max_async_event_age_in_seconds', 'max_async_retry_attempts'],
  'function_async_config.destination_config': ['on_success'],
  'function_async_config.destination_config.on_success': ['destination', 'param'],
  'function_async_config.destination_config.on_failure': ['destination', 'param'],
};

/** Members that are put together with the code. */
const NEVER_DRAWN = new Set(['custom_image']);

/** What a member of a configuration needs, whatever it holds; `undefined` for nothing. */
export function needOf(path: string): Need | undefined {
  return isAtOrBelow(path, 'dependencies') ? 'provider-states' : resourceNamedBy(path);
}

/**
 * The part of a configuration's schema that can be arranged.
 *
 * @param meets needs that are met; without `provider-states`, ranges are those of both pages
 */
export function settableSchema(schema: PageSchema, meets: readonly Need[], path = ''): PageSchema {
  const { properties, items } = schema;
  if (items !== undefined) return { ...schema, items: settableSchema(items, meets, `${path}[]`) };
  if (properties === undefined) return meets.includes('provider-states') ? schema : inBothRanges(schema);
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const isSettable = ([name]: readonly [string, unknown]) => {
    const need = needOf(below(name));
    return !NEVER_DRAWN.has(below(name)) && (need === undefined || meets.includes(need));
  };
  return {
    ...schema,
    required: [...(schema.required ?? []), ...(TOGETHER[path] ?? []), ...alwaysThere(path)],
    properties: Object.fromEntries(
      Object.entries(properties)
        .filter(isSettable)
        .map(([name, own]) => [name, settableSchema(own, meets, below(name))]),
    ),
  };
}

/** Under the range of the page and of the one that sets the member. */
export function inBothRanges(schema: PageSchema): PageSchema {
  const range = schema.page?.settable;
  if (range === undefined) return schema;
  return {
    ...schema,
    minimum: Math.max(schema.minimum ?? range.minimum, range.minimum),
    maximum: Math.min(schema.maximum ?? range.maximum, range.maximum),
  };
}

/** Under the widest of the two ranges: what is outside is outside both. */
export function inEitherRange(schema: PageSchema): PageSchema {
  const range = schema.page?.settable;
  if (range === undefined) return schema;
  return {
    ...schema,
    minimum: Math.min(schema.minimum ?? range.minimum, range.minimum),
    maximum: Math.max(schema.maximum ?? range.maximum, range.maximum),
  };
}

/** Members of an object that conditions demand whenever the object is there. */
export function alwaysThere(path: string): readonly string[] {
  return conditions
    .filter(({ within, cases }) => path !== '' && within === path && cases.some(isUnconditional))
    .map(({ member }) => member);
}

function isUnconditional({ if: members, is }: ConditionCase): boolean {
  return is === 'there' && Object.keys(members).length === 0;
}
