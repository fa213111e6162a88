import { type Configuration, configuration as schema } from '../page/configuration.ts';
import { isObject } from '../page/formats.ts';
import { setMembers } from '../page/set-members.ts';
import { misfitsOf } from '../page/standing.ts';

type Members = Readonly<Record<string, unknown>>;

const cache = new WeakMap<object, Partial<Configuration>>();

/**
 * What of an accepted configuration a published version must report: the members that are set, and inside
 * what the page documents. A value of the page that only provider states can set is among them.
 */
export function configuredFor(
  configuration: Partial<Configuration> | undefined,
): Partial<Configuration> | undefined {
  if (configuration === undefined) return undefined;
  const had = cache.get(configuration);
  if (had !== undefined) return had;
  const set = setMembers(configuration, schema);
  const configured = misfitsOf(set)
    .filter(({ keyword }) => keyword !== 'settable')
    .reduce<Members>((members, { path }) => without(members, memberNames(path)), set);
  // The target accepted it, and what is outside the schema was left out.
  const typed = configured as Partial<Configuration>;
  cache.set(configuration, typed);
  return typed;
}

/** The names down to the member; an array is one member, whatever is wrong inside it. */
function memberNames(path: string): readonly string[] {
  return path.replace(/\[\].*/, '').split('.');
}

function without(members: Members, [first = '', ...rest]: readonly string[]): Members {
  const { [first]: inner, ...others } = members;
  return isObject(inner) ? { ...others, [first]: without(inner, rest) } : others;
}
