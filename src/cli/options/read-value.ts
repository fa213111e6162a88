import { UsageError } from '../../run/usage-error.ts';
import { didYouMean } from '../../words/nearest.ts';
import type { CommandOption } from './option.ts';

/** The longest piece of a wrong value that a message quotes. */
const QUOTED = 100;

/**
 * Reads the value of an option.
 *
 * @param from where it was given, as the message names it: `--seed`, `FGS_SEED`
 * @throws UsageError when it is not what it must be
 */
export function readValue({ value, secret }: CommandOption, text: string, from: string): unknown {
  const read = value.read(text);
  if (read !== undefined) return read;
  const shown =
    secret === true ? '' : `, not ${text === '' ? 'empty' : withoutUserInfo(text).slice(0, QUOTED)}`;
  throw new UsageError(`${from} must be ${value.must}${shown}.${didYouMean(text, value.choices ?? [])}`);
}

/** A URL without the password that should not be in it. */
function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, '//…@');
}

/** Whether only other commands take this text by the name of the option. */
export function isForOthers({ value, otherValues }: CommandOption, text: string): boolean {
  return value.read(text) === undefined && otherValues.some(other => other.read(text) !== undefined);
}
