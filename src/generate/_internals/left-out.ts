/** Stands for a member that is not there, until `withoutLeftOut` takes it away. */
export const LEFT_OUT: unique symbol = Symbol('left out');

/** The object without the members that are left out. */
export function withoutLeftOut(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== LEFT_OUT));
}
