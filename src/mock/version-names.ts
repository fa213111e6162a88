import { type StoredFunction, versionOf } from './functions.ts';

/** The page has no grammar, so this is the version page's. */
const VERSION_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,40}[A-Za-z0-9])?$/;

/** Whether a client may give a version this name, or an alias. */
export function isVersionName(name: string): boolean {
  return name !== 'latest' && VERSION_NAME.test(name);
}

/** `vYYYYMMDD-HHMMSS` for a second since 1970, in UTC. */
export function automaticName(second: number): string {
  const iso = new Date(second * 1000).toISOString();
  const date = `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}`;
  return `v${date}-${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}`;
}

/**
 * The automatic name of a function's next version, which no version of it ever had: when the second is taken,
 * the next one is.
 */
export function nextAutomaticName(fn: StoredFunction, now = Date.now()): string {
  let second = Math.max(Math.floor(now / 1000), fn.lastAutomaticSecond + 1);
  let name = automaticName(second);
  while (versionOf(fn, name) !== undefined) {
    second += 1;
    name = automaticName(second);
  }
  fn.lastAutomaticSecond = second;
  return name;
}
