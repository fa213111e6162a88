import type fc from 'fast-check';
import { plainName } from './texts.ts';

/** The longest version name that the suite asks for, in characters. */
export const VERSION_NAME_LENGTH = 42;

/** A version name: 1..42 letters, digits, `.`, `-`, `_`, a letter or digit at both ends; never `latest`. */
export const versionName: fc.Arbitrary<string> = plainName(VERSION_NAME_LENGTH, '.-_').filter(
  name => name !== 'latest',
);

const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,40}[A-Za-z0-9])?$/;

/** Whether a version name is one that the suite takes for valid. */
export function isPlainVersionName(name: string): boolean {
  return PLAIN.test(name) && name !== 'latest';
}
