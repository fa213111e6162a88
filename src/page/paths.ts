/** Reading a member by its path from an object of the page, `strategy_config.concurrency`. */

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
