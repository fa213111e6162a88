import type { Configuration } from '../page/configuration.ts';
import { isObject } from '../page/formats.ts';
import { takes } from './_internals/arguments.ts';
import { LEFT_OUT } from './_internals/left-out.ts';
import { replacedAt } from './_internals/replaced-at.ts';
import type { OutsideValue } from './outside-value.ts';

/**
 * A configuration with one member outside what is documented, and with the valid siblings that the member
 * needs. It is no `Configuration` any more: types may be wrong.
 *
 * @param base a valid configuration, best a plain one
 *
 * @example configurationWith(plainConfiguration('test', 'run7'), outside)
 */
export function configurationWith(
  base: Configuration,
  outside: Pick<OutsideValue, 'path' | 'value' | 'beside'>,
): Readonly<Record<string, unknown>> {
  takes.outside(outside);
  const { path, value, beside } = outside;
  const changed = [...Object.entries(beside), [path, value] as const].reduce<unknown>(
    (configuration, [member, own]) => replacedAt(configuration, member, own ?? LEFT_OUT),
    base,
  );
  return isObject(changed) ? changed : base;
}
