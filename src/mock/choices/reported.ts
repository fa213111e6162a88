/** Ways of reporting a function or a version. */

import { isObject } from '../../page/formats.ts';
import type { PageSchema } from '../../page/schema.ts';
import { publishedVersion } from '../../page/tables/published-version.ts';
import type { JsonObject } from '../json-object.ts';
import { cpuOf } from '../reported-function.ts';

/** The value that a member has while it is unset, or `undefined` when it is left out. */
type UnsetValue = (schema: PageSchema, siblings: JsonObject) => unknown;

/** The object with a value for each documented member that it does not have, at every depth it reaches. */
export function withUnset(
  object: JsonObject,
  unset: UnsetValue,
  schema: PageSchema = publishedVersion,
): JsonObject {
  const all = Object.entries(schema.properties ?? {}).map(([name, own]): [string, unknown] => {
    const value = object[name];
    if (value === undefined) return [name, unset(own, object)];
    return [name, isObject(value) ? withUnset(value, unset, own) : value];
  });
  return {
    ...Object.fromEntries(all.filter(([, value]) => value !== undefined)),
    ...undocumented(object, schema),
  };
}

function undocumented(object: JsonObject, { properties = {} }: PageSchema): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !Object.hasOwn(properties, name)));
}

/** Strings become blank, switches off, and 0 where 0 counts as unset; what has no such value is left out. */
export function blank(schema: PageSchema, siblings: JsonObject): unknown {
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
  return Number.isNaN(local.getTime()) ? time : local.toISOString().replace(/\.\d+Z$/, '+08:00');
}

/** A version that comes without the mounts of its function. */
export function withoutMounts({ mount_config: _mounts, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** Every time of a report in RFC 3339. */
export function withRfc3339Times(report: JsonObject): JsonObject {
  const { function_async_config: settings } = report;
  const changed = { ...report, last_modified: withOffset(report.last_modified) };
  if (!isObject(settings)) return changed;
  const { created_time, last_modified } = settings;
  const times = { created_time: withOffset(created_time), last_modified: withOffset(last_modified) };
  return { ...changed, function_async_config: { ...settings, ...times } };
}

/** The ids of the mount user in one form. */
export function withMountIds(report: JsonObject, write: (id: unknown) => string | number): JsonObject {
  const { mount_config: mounts } = report;
  if (!isObject(mounts) || !isObject(mounts.mount_user)) return report;
  const user = Object.entries(mounts.mount_user).map(([name, id]) => [name, id === null ? id : write(id)]);
  return { ...report, mount_config: { ...mounts, mount_user: Object.fromEntries(user) } };
}

/** The digest in other letter case. */
export function withDigest(report: JsonObject, write: (digest: string) => string): JsonObject {
  const { digest } = report;
  return typeof digest === 'string' ? { ...report, digest: write(digest) } : report;
}

/** Every other letter in upper case. */
export function mixedCase(text: string): string {
  let count = 0;
  return text.replaceAll(/[a-z]/g, letter => (count++ % 2 === 0 ? letter.toUpperCase() : letter));
}

/** cpu without the base. */
export function withFirstCpuFormula(report: JsonObject): JsonObject {
  return { ...report, cpu: cpuOf(Number(report.memory_size)) - cpuOf(0) };
}

/** What was encrypted is told in no answer. */
export function withSecrets(report: JsonObject, shown: string): JsonObject {
  const { encrypted_user_data: secret } = report;
  return secret === undefined ? report : { ...report, encrypted_user_data: shown };
}

/** Members that services have and the page does not document. */
export const EXTRA_MEMBERS: JsonObject = {
  ephemeral_storage: 512,
  is_stateful_function: false,
  custom_image: null,
  versions: [{ enable_gpu: false }],
  strategy_config: { tasks_per_instance: [1, 2] },
};

/** The report with more members; those of an object only where there is one. */
export function withMembers(
  report: JsonObject,
  members: JsonObject,
  { properties = {} }: PageSchema = publishedVersion,
): JsonObject {
  const added = Object.entries(members).flatMap(([name, value]): [string, unknown][] => {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own === undefined) return [[name, value]];
    const there = report[name];
    return isObject(there) && isObject(value) ? [[name, withMembers(there, value, own)]] : [];
  });
  return { ...report, ...Object.fromEntries(added) };
}
