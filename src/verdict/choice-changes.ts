import type { ReportedChoice } from './report.ts';

/** A choice that a target makes otherwise than before. */
export interface ChangedChoice {
  readonly id: string;
  readonly question: string;
  /** The answers that were seen, the most frequent one first. */
  readonly was: readonly string[];
  readonly is: readonly string[];
}

/** The choices with other answers than before. What either of the two did not see is no change. */
export function changedChoices(
  before: readonly ReportedChoice[] = [],
  after: readonly ReportedChoice[] = [],
): readonly ChangedChoice[] {
  const now = new Map(after.map(choice => [choice.id, answersOf(choice)]));
  return before.flatMap(choice => {
    const { id, question } = choice;
    const was = answersOf(choice);
    const is = now.get(id) ?? [];
    const isSame = was.length === is.length && was.every(answer => is.includes(answer));
    return was.length === 0 || is.length === 0 || isSame ? [] : [{ id, question, was, is }];
  });
}

/** How many choices both saw. */
export function comparableChoices(
  before: readonly ReportedChoice[] = [],
  after: readonly ReportedChoice[] = [],
): number {
  const seen = new Set(seenChoices(after).map(({ id }) => id));
  return seenChoices(before).filter(({ id }) => seen.has(id)).length;
}

/** The choices with at least one answer. */
export function seenChoices(choices: readonly ReportedChoice[] = []): readonly ReportedChoice[] {
  return choices.filter(({ answers }) => answers.length > 0);
}

function answersOf({ answers }: ReportedChoice): readonly string[] {
  return answers.map(({ answer }) => answer);
}

/** `malformed-json: 400, now 406` */
export function changeInWords({ id, was, is }: ChangedChoice): string {
  return `${id}: ${was.join(' or ')}, now ${is.join(' or ')}`;
}
