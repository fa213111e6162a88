/** How many of what was left alone were so for which reason. */

export type Tally = Readonly<Record<string, number>>;

/** Reasons that are told one by one; what else there is, is told together. */
const MOST_REASONS = 8;

const OTHER_REASONS = 'for other reasons like these';

/** The tally with so many more for a reason. */
export function tallied(tally: Tally, reason: string, times = 1): Tally {
  const isNamed = Object.hasOwn(tally, reason) || Object.keys(tally).length < MOST_REASONS;
  const name = isNamed ? reason : OTHER_REASONS;
  return { ...tally, [name]: (tally[name] ?? 0) + times };
}

export function totalOf(tally: Tally): number {
  return Object.values(tally).reduce((total, each) => total + each, 0);
}

/** `2 without an answer, 1 without the body of the answer`. */
export function tallyInWords(tally: Tally): string {
  return Object.entries(tally)
    .map(([reason, times]) => `${times} ${reason}`)
    .join(', ');
}
