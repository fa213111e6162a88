import type { PageSchema } from '../schema.ts';
import { excludedValues, namedValues } from './applying-members.ts';
import type { ConditionCase } from './condition.ts';

/** What stands in a member that must be blank. */
const NOT_BLANK = 'https://bucket/code.zip';

/**
 * Values that break what a case demands of a member and keep the member's own schema, one for each way;
 * `undefined` takes the member away.
 */
export function brokenValues({ is, broken }: ConditionCase, schema: PageSchema): readonly unknown[] {
  if (broken !== undefined) return broken;
  if (is === 'there') return [undefined];
  if (is === 'blank') return [NOT_BLANK];
  const named = namedValues(is);
  if (named.length === 0) return excludedValues(is);
  const { minimum = 1, maximum } = schema;
  const near = named.flatMap(value => [Number(value) + 1, Number(value) - 1]);
  const all = [...near, ...(maximum === undefined ? [] : [maximum])];
  const isBroken = (value: number) =>
    value >= minimum && value <= (maximum ?? value) && !named.includes(value);
  return [...new Set(all.filter(isBroken))];
}
