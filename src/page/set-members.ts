import { isObject } from './formats.ts';
import { isAbsent } from './paths.ts';
import type { PageSchema } from './schema.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * The members of an object that are set, at every depth of its schema: `null`, `""` and zeros that count as
 * unset are not, and neither is an object without set members, or a list of nothing.
 *
 * @param unknown whether members that the schema does not know stay
 */
export function setMembers(
  object: Members,
  schema: PageSchema,
  unknown: 'kept' | 'dropped' = 'kept',
): Record<string, unknown> {
  const members = Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
    const own = ownProperty(schema, name);
    if (own === undefined && unknown === 'dropped') return [];
    const kept = own === undefined ? value : setValue(value, own, unknown);
    return isAbsent(kept) || isUnsetByZero(kept, own, object) ? [] : [[name, kept]];
  });
  return Object.fromEntries(members);
}

function ownProperty({ properties = {} }: PageSchema, name: string): PageSchema | undefined {
  return Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function setValue(value: unknown, schema: PageSchema, unknown: 'kept' | 'dropped'): unknown {
  const { items } = schema;
  if (Array.isArray(value)) {
    if (items === undefined) return value;
    return value.every(isAbsent) ? undefined : value.map(item => setItem(item, items, unknown));
  }
  if (!isObject(value) || schema.properties === undefined) return value;
  const members = setMembers(value, schema, unknown);
  return Object.keys(members).length === 0 ? undefined : members;
}

/** An item keeps its place, whatever is set in it. */
function setItem(value: unknown, schema: PageSchema, unknown: 'kept' | 'dropped'): unknown {
  return isObject(value) ? setMembers(value, schema, unknown) : value;
}

function isUnsetByZero(value: unknown, schema: PageSchema | undefined, siblings: Members): boolean {
  const needed = schema?.page?.zeroIsUnsetWithout;
  return value === 0 && needed !== undefined && isAbsent(siblings[needed]);
}
