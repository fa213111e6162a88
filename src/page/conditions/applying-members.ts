import { valueAt, withValueAt } from '../paths.ts';
import type { ConditionCase, Demand } from './condition.ts';

type Members = Readonly<Record<string, unknown>>;

/** Members of an object that a case applies to, as far as the case names values. */
export function applyingMembers({ if: members }: ConditionCase): Members {
  return Object.entries(members).reduce<Members>((object, [path, demand]) => {
    const [value] = namedValues(demand);
    return value === undefined ? object : withValueAt(object, path, value);
  }, {});
}

/** The values that a demand names; none for one that leaves them open. */
export function namedValues(demand: Demand): readonly unknown[] {
  if (typeof demand === 'string') return [];
  if ('const' in demand) return [demand.const];
  return Array.isArray(demand.enum) ? demand.enum : [];
}

/** The values that a demand excludes. */
export function excludedValues(demand: Demand): readonly unknown[] {
  const excluded = typeof demand === 'string' ? undefined : demand.not;
  return typeof excluded === 'object' && excluded !== null ? namedValues({ ...excluded }) : [];
}

/** Whether a case applies to an object. */
export function appliesTo({ if: members }: ConditionCase, object: unknown): boolean {
  return Object.entries(members).every(([path, demand]) => {
    const value = valueAt(object, path);
    if (value === undefined) return demand === 'blank';
    if (typeof demand === 'string') return demand === 'there';
    const named = namedValues(demand);
    return (named.length === 0 || named.includes(value)) && !excludedValues(demand).includes(value);
  });
}
