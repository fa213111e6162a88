import { isObject } from '../../page/formats.ts';
import type { PageSchema } from '../../page/schema.ts';
import { publishedVersion } from '../../page/tables/published-version.ts';
import type { JsonObject } from '../json-object.ts';
import type { Dress } from './dress.ts';

/** The value that a member has while it is unset, or `undefined` when it is left out. */
type UnsetValue = (schema: PageSchema, siblings: JsonObject) => unknown;

/** The object with a value for each documented member that it does not have, at every depth it reaches. */
function withUnset(object: JsonObject, schema: PageSchema, unset: UnsetValue): JsonObject {
  const all = Object.entries(schema.properties ?? {}).map(([name, own]): [string, unknown] => {
    const value = object[name];
    if (value === undefined) return [name, unset(own, object)];
    return [name, isObject(value) ? withUnset(value, own, unset) : value];
  });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** Strings become blank, switches off, and 0 where 0 counts as unset; what has no such value is left out. */
function blank(schema: PageSchema, siblings: JsonObject): unknown {
  if (schema.type === 'string') return '';
  if (schema.type === 'boolean') return false;
  if (schema.type === 'array') return [];
  const handler = schema.page?.zeroIsUnsetWithout;
  return handler === undefined || siblings[handler] !== undefined ? undefined : 0;
}

/** `2019-10-25 15:37:27` as RFC 3339, eight hours east of Greenwich. */
function withOffset(time: unknown): unknown {
  if (typeof time !== 'string') return time;
  const local = new Date(Date.parse(`${time.replace(' ', 'T')}Z`) + 8 * 3600_000);
  return local.toISOString().replace(/\.\d+Z$/, '+08:00');
}

function withMountIds(version: JsonObject, write: (id: unknown) => unknown): JsonObject {
  const { mount_config: mounts } = version;
  if (!isObject(mounts) || !isObject(mounts.mount_user)) return version;
  const user = Object.entries(mounts.mount_user).map(([name, id]) => [name, write(id)]);
  return { ...version, mount_config: { ...mounts, mount_user: Object.fromEntries(user) } };
}

function upperCase(text: unknown): unknown {
  return typeof text === 'string' ? text.toUpperCase() : text;
}

function dress(name: string, title: string, version: (version: JsonObject) => JsonObject): Dress {
  return { name, title, hooks: { version } };
}

/** Unusual ways of reporting a published version. */
export const versionDresses: readonly Dress[] = [
  dress('urn-with-version', 'func_urn has an eighth field, the version', version => ({
    ...version,
    func_urn: `${version.func_urn}:${version.version}`,
  })),
  dress('urn-with-latest', 'func_urn has an eighth field, latest', version => ({
    ...version,
    func_urn: `${version.func_urn}:latest`,
  })),
  dress('unset-as-null', 'unset members are null', version =>
    withUnset(version, publishedVersion, () => null),
  ),
  dress('unset-as-blank', 'unset members are blank, false or 0', version =>
    withUnset(version, publishedVersion, blank),
  ),
  dress(
    'defaults-reported',
    'members that were not configured are reported with their defaults',
    version => ({
      type: 'v2',
      strategy_config: { concurrency: -1, concurrent_num: 1 },
      enable_dynamic_memory: false,
      enterprise_project_id: '0',
      ...version,
    }),
  ),
  dress('extra-members', 'there are members that the page does not document', version => ({
    ...version,
    ephemeral_storage: 512,
    is_stateful_function: false,
    custom_image: null,
    versions: [{ enable_gpu: false }],
    ...(isObject(version.strategy_config)
      ? { strategy_config: { ...version.strategy_config, tasks_per_instance: [1, 2] } }
      : {}),
  })),
  dress('rfc3339-times', 'times are in RFC 3339 with an offset', version => {
    const { function_async_config: settings } = version;
    const rest = isObject(settings)
      ? {
          function_async_config: {
            ...settings,
            created_time: withOffset(settings.created_time),
            last_modified: withOffset(settings.last_modified),
          },
        }
      : {};
    return { ...version, last_modified: withOffset(version.last_modified), ...rest };
  }),
  dress('mount-ids-as-strings', 'ids of the mount user are strings', version =>
    withMountIds(version, String),
  ),
  dress('mount-ids-as-numbers', 'ids of the mount user are numbers', version =>
    withMountIds(version, Number),
  ),
  dress('without-mounts', 'a new version comes without the mount_config of the function', version => {
    const { mount_config: _mounts, ...rest } = version;
    return rest;
  }),
  dress('upper-case-digest', 'digest is in upper-case hexadecimal', version => ({
    ...version,
    digest: upperCase(version.digest),
  })),
  dress('first-cpu-formula', 'cpu is memory_size / 128 * 100', version => ({
    ...version,
    cpu: (Number(version.memory_size) / 128) * 100,
  })),
  dress('secrets-withheld', 'encrypted_user_data is blank in answers', version =>
    version.encrypted_user_data === undefined ? version : { ...version, encrypted_user_data: '' },
  ),
];
