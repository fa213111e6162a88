/** The values of each member that must all appear, by the member's path. */
export type ValuesByPath = Readonly<Record<string, readonly unknown[]>>;

/**
 * Spreads value lists over so many slots that every value of every list appears in one of them. Members
 * change at different steps, so that the same values do not always meet. The same input gives the same slots.
 *
 * @param slots at least as many as the longest list has values
 * @throws Error when a list is longer than that
 *
 * @example cover({ timeout: [3, 259200], type: ['v1'] }, 2) // [{ timeout: 3, type: 'v1' }, { timeout: 259200, type: 'v1' }]
 */
export function cover(
  valuesByPath: ValuesByPath,
  slots: number,
): readonly Readonly<Record<string, unknown>>[] {
  const lists = Object.entries(valuesByPath);
  for (const [path, values] of lists) {
    if (values.length > slots) {
      throw new Error(`cover: ${path} has ${values.length} values, more than there are slots (${slots}).`);
    }
  }
  return Array.from({ length: slots }, (_, slot) =>
    Object.fromEntries(
      lists.map(([path, values], member) => [path, values[indexAt(slot, member, values.length)]]),
    ),
  );
}

/** Each block of `length` slots is a rotation of the list, which the next member turns further than the last. */
function indexAt(slot: number, member: number, length: number): number {
  const block = Math.floor(slot / length);
  return (slot + block * (member + 1) + member) % length;
}
