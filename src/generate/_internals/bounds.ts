import type { PageSchema } from '../../page/schema.ts';

/** What an integer without documented bounds may be at most: what every JSON reader keeps exactly. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** The documented range of an integer; without bounds, a wide one. */
export function rangeOf(schema: PageSchema): { readonly min: number; readonly max: number } {
  const { minimum, maximum = UNBOUNDED } = schema;
  return { min: minimum ?? Math.min(0, maximum), max: maximum };
}

/** Whether an integer is inside the documented range. */
export function isInRange(schema: PageSchema, value: number): boolean {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, not } = schema;
  return value >= minimum && value <= maximum && value !== not?.const;
}

/** The ends of a documented range and their neighbours inside it, ascending. */
export function endsOf(schema: PageSchema): readonly number[] {
  const { minimum: min, maximum: max } = schema;
  const inside = (from: number, step: number) => {
    const next = from + step;
    return isInRange(schema, next) ? next : next + step;
  };
  const low = min === undefined ? [] : [min, inside(min, 1)];
  const high = max === undefined ? [] : [inside(max, -1), max];
  return [...new Set([...low, ...high])].filter(value => isInRange(schema, value)).sort((a, b) => a - b);
}

/** The integers one step outside the documented range, and the one that is excluded within it. */
export function beyondEndsOf(schema: PageSchema): readonly number[] {
  const { minimum: min, maximum: max, not } = schema;
  return [
    ...(min === undefined ? [] : [min - 1]),
    ...(not === undefined ? [] : [not.const]),
    ...(max === undefined ? [] : [max + 1]),
  ];
}
