/** Reading a member by its path from an object of the page, `strategy_config.concurrency`. */

import type { ErrorObject } from 'ajv';
import { isObject } from './formats.ts';

/** The value at the path, or `undefined`; `null` and `""` count as absent. */
export function valueAt(value: unknown, path: string): unknown {
  return valueAtNames(value, path.split('.'));
}

/** `valueAt` for a path that was taken apart before: rules run for every exchange. */
export function valueAtNames(value: unknown, names: readonly string[]): unknown {
  let at: unknown = value;
  for (const name of names) {
    if (!isObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return isAbsent(at) ? undefined : at;
}

/** Whether a member with this value counts as absent. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** `a.b` as a JSON pointer. */
export function pointerOf(path: string): string {
  return `/${path.replaceAll('.', '/')}`;
}

/** A copy of the object with the value at the path; objects on the way are made when they are missing. */
export function withValueAt(
  object: Readonly<Record<string, unknown>>,
  path: string,
  value: unknown,
): Record<string, unknown> {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...object, [first]: value };
  const inner = object[first];
  return { ...object, [first]: withValueAt(isObject(inner) ? inner : {}, rest.join('.'), value) };
}

/** The names and indices that a JSON pointer goes through. */
export function tokensOf(pointer: string): string[] {
  if (pointer === '') return [];
  const tokens = pointer.slice(1).split('/');
  return tokens.map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a JSON pointer, or `undefined`. */
export function valueAtPointer(value: unknown, pointer: string): unknown {
  return tokensOf(pointer).reduce(memberOf, value);
}

/** A member of an object, or an item of an array. */
export function memberOf(value: unknown, token: string): unknown {
  if (Array.isArray(value)) return value[Number(token)];
  return isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}

/** The JSON pointer to what an error of ajv is about: for a missing member, that member. */
export function pointerOfError({ instancePath, params }: ErrorObject): string {
  const missing: unknown = params.missingProperty;
  return typeof missing === 'string' ? `${instancePath}/${missing}` : instancePath;
}

/** `/mount_config/func_mounts/0/mount_type` -> `mount_config.func_mounts[].mount_type` */
export function pathOfPointer(pointer: string): string {
  return pointer
    .slice(1)
    .replaceAll(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.');
}
