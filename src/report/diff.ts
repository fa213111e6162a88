/** Two reports compared, as text and as JSON. */

import { changeInWords } from '../verdict/choice-changes.ts';
import type { ChangedClause, ReportDiff } from '../verdict/diff.ts';
import { counted, createPaint, indented, type Paint, type TerminalOptions } from './layout.ts';
import { COLOUR_OF_LEVEL } from './levels.ts';
import { excerpt } from './printable.ts';

const HEADINGS = [
  ['newlyFailing', 'Newly failing'],
  ['fixed', 'Fixed'],
  ['newlyExercised', 'Newly exercised'],
  ['noLongerExercised', 'No longer exercised'],
  ['stillFailing', 'Still failing'],
] as const satisfies readonly (readonly [keyof ReportDiff, string])[];

/** What differs, for a terminal; the verdicts and counts are the last line. Ends in a line feed. */
export function terminalDiff(diff: ReportDiff, { colour, width }: TerminalOptions): string {
  const paint = createPaint(colour);
  const sections = HEADINGS.flatMap(([change, heading]) => {
    const clauses = diff[change];
    if (clauses.length === 0) return [];
    const lines = clauses.flatMap(clause => clauseLines(clause, width, paint));
    return [[paint('bold', `${heading}: ${clauses.length}`), ...lines].join('\n')];
  });
  const chosen = choicesSection(diff, width, paint);
  const asked = notAskedInWords(diff);
  return `${[...sections, ...chosen, ...(asked === undefined ? [] : [asked]), lastLine(diff, paint)].join('\n\n')}\n`;
}

/** That one report was of some clauses only, in one line. */
export function notAskedInWords({ notAsked: { before, after } }: ReportDiff): string | undefined {
  const parts = [
    ...(before === 0 ? [] : [`the old report was not asked for ${counted(before, 'clause')} of the new one`]),
    ...(after === 0 ? [] : [`the new report was not asked for ${counted(after, 'clause')} of the old one`]),
  ];
  return parts.length === 0 ? undefined : `${parts.join('; ')}.`.replace(/^t/, 'T');
}

/** What differs, for programs. */
export function diffJson(diff: ReportDiff): string {
  return `${JSON.stringify(diff, null, 2)}\n`;
}

function clauseLines({ id, level, message }: ChangedClause, width: number, paint: Paint): readonly string[] {
  const head = `  ${paint(COLOUR_OF_LEVEL[level], level.padEnd(13))}${paint('bold', excerpt(id, 200))}`;
  return message === undefined ? [head] : [head, ...indented(excerpt(message, 400), 4, width)];
}

function choicesSection({ choices }: ReportDiff, width: number, paint: Paint): readonly string[] {
  if (choices.length === 0) return [];
  const lines = choices.flatMap(choice => [
    `  ${paint('bold', excerpt(changeInWords(choice), 400))}`,
    ...indented(excerpt(choice.question, 400), 4, width),
  ]);
  return [[paint('bold', `Changed choices: ${choices.length}`), ...lines].join('\n')];
}

function lastLine(diff: ReportDiff, paint: Paint): string {
  const { was, is } = diff.verdict;
  const counts = [
    ...HEADINGS.map(([change, heading]) => `${diff[change].length} ${heading.toLowerCase()}`),
    counted(diff.choices.length, 'changed choice'),
  ];
  const verdict = was === is ? `still ${is}` : `${was} -> ${is}`;
  return `${paint('bold', verdict)} ${paint('dim', `· ${counts.join(', ')}`)}`;
}
