/** How the target uses the freedom that the page leaves, a line a choice. */

import { seenChoices } from '../verdict/choice-changes.ts';
import type { Report, ReportedChoice } from '../verdict/report.ts';
import { labelled, type Paint } from './layout.ts';
import { excerpt } from './printable.ts';

const ID_COLUMNS = 22;

/** What is told of a target that answers a question differently from one time to the next. */
export const DIFFERS = 'differs from one time to the next';

export function choicesSection({ choices = [] }: Report, width: number, paint: Paint): readonly string[] {
  const seen = seenChoices(choices);
  if (seen.length === 0) return [];
  const column = { indent: 2, labelWidth: ID_COLUMNS, width };
  return [
    paint('bold', `Choices: ${seen.length} of ${choices.length} seen`),
    ...seen.flatMap(choice =>
      labelled(excerpt(choice.id, 100), answersInWords(choice), column, (_, text) => text),
    ),
  ];
}

/** `400`, or `406 (2 times), 400 (once); differs from one time to the next` */
function answersInWords({ answers: [first, ...others] }: ReportedChoice): string {
  if (first === undefined) return '';
  if (others.length === 0) return excerpt(first.answer, 200);
  const all = [first, ...others].map(({ answer, seen }) => `${excerpt(answer, 200)} (${timesInWords(seen)})`);
  return `${all.join(', ')}; ${DIFFERS}`;
}

export function timesInWords(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}
