import type { Configuration } from '../page/configuration.ts';
import { isObject } from '../page/formats.ts';
import { withValueAt } from '../page/paths.ts';
import { replacedAt } from './_internals/replaced-at.ts';
import type { OutsideValue } from './outside-values.ts';

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
  { path, value, beside }: OutsideValue,
): Readonly<Record<string, unknown>> {
  const withSiblings = Object.entries(beside).reduce<Record<string, unknown>>(
    (configuration, [sibling, valid]) => withValueAt(configuration, sibling, valid),
    base,
  );
  const changed = replacedAt(withSiblings, path, value);
  return isObject(changed) ? changed : withSiblings;
}
