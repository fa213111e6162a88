import { isObject } from '../../page/formats.ts';
import type { JsonObject } from '../json-object.ts';

/** `mount_config.func_mounts[].mount_type` -> `mount_config`, `func_mounts`, `[]`, `mount_type` */
function tokensOf(path: string): readonly string[] {
  return path.replaceAll('[]', '.[]').split('.');
}

/**
 * A copy of the object in which every value at the path is changed; `[]` stands for each item of an array. A
 * change to `undefined` takes the member away. Where there is nothing, nothing is changed.
 */
export function changedAt(object: JsonObject, path: string, change: (value: unknown) => unknown): JsonObject {
  const changed = walk(object, tokensOf(path), change);
  return isObject(changed) ? changed : object;
}

function walk(value: unknown, tokens: readonly string[], change: (value: unknown) => unknown): unknown {
  const [token, ...rest] = tokens;
  if (token === undefined) return change(value);
  if (token === '[]') return Array.isArray(value) ? value.map(item => walk(item, rest, change)) : value;
  if (!isObject(value) || value[token] === undefined) return value;
  const inner = walk(value[token], rest, change);
  if (inner !== undefined) return { ...value, [token]: inner };
  const { [token]: _taken, ...others } = value;
  return others;
}
