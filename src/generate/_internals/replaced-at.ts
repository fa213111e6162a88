import { isObject } from '../../page/formats.ts';
import { withoutLeftOut } from './left-out.ts';

/**
 * A copy of the value with another value at the path; `LEFT_OUT` takes the member away.
 *
 * @param path `mount_config.func_mounts[].mount_type`; empty for the whole
 * @param pick which item of an array, counted modulo its length
 */
export function replacedAt(value: unknown, path: string, replacement: unknown, pick = 0): unknown {
  if (path === '') return replacement;
  if (path.startsWith('[]')) {
    if (!Array.isArray(value) || value.length === 0) return value;
    const rest = path.slice(2).replace(/^\./, '');
    return value.with(pick % value.length, replacedAt(value[pick % value.length], rest, replacement, pick));
  }
  const name = /^[^.[]+/.exec(path)?.[0] ?? '';
  const rest = path.slice(name.length).replace(/^\./, '');
  const object = isObject(value) ? value : {};
  return withoutLeftOut({ ...object, [name]: replacedAt(object[name], rest, replacement, pick) });
}

/** `body.mount_config.mount_user` -> `mount_config.mount_user`; the whole body is the empty path. */
export function pathBelow(subject: string): string {
  const period = subject.indexOf('.');
  return period === -1 ? '' : subject.slice(period + 1);
}

/** The value at a path as `replacedAt` takes it. */
export function valueAtPick(value: unknown, path: string, pick: number): unknown {
  const tokens = path === '' ? [] : path.replaceAll('[]', '.[]').split('.');
  return tokens.reduce<unknown>((at, token) => {
    if (token !== '[]') return isObject(at) ? at[token] : undefined;
    return Array.isArray(at) ? at[pick % at.length] : undefined;
  }, value);
}
