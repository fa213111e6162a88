/** The clauses of the page as a table, as Markdown and as JSON. */

import type { Choice } from '../page/choices/choice.ts';
import type { Clause, Exclusion, Level, Source } from '../page/clause.ts';
import { createPaint, indented, type TerminalOptions } from './layout.ts';
import { COLOUR_OF_LEVEL } from './levels.ts';
import { codeSpan, inMarkdown, markdownTable } from './markdown.ts';
import { printable } from './printable.ts';
import { bySubjectGroup } from './subject-groups.ts';

/** What is listed: all of it, or what matches a glob. */
export interface Catalogue {
  readonly clauses: readonly Clause[];
  readonly exclusions: readonly Exclusion[];
  readonly choices: readonly Choice[];
}

/** A clause, or what has none and why, as `catalogueJson` lists it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly subject: string;
  readonly level: Level;
  readonly title: string;
  readonly source: Source;
  readonly ruling?: string;
  readonly excluded?: string;
  /** Of a choice. */
  readonly answers?: readonly string[];
}

/** Why a choice is no clause. */
const NO_CLAUSE = 'A choice: every answer conforms.';

/** Every clause by group of subjects: a line with level and id, and the sentence below it; choices last. */
export function catalogueTable(
  { clauses, exclusions, choices }: Catalogue,
  { colour, width }: TerminalOptions,
): string {
  const paint = createPaint(colour);
  const entry = (mark: string, id: string, text: string): readonly string[] => [
    `${mark}${paint('bold', printable(id))}`,
    ...indented(printable(text), LEVEL_COLUMNS, width),
  ];
  const sections = bySubjectGroup(clauses).map(([group, members]) => [
    paint('bold', `${group}: ${members.length}`),
    ...members.flatMap(({ id, level, title, source }) =>
      entry(
        paint(COLOUR_OF_LEVEL[level], level.padEnd(LEVEL_COLUMNS)),
        id,
        `${title} (${sourceInWords(source)})`,
      ),
    ),
  ]);
  const excluded = exclusions.flatMap(({ id, title, excluded, source }) =>
    entry(
      paint('dim', 'excluded'.padEnd(LEVEL_COLUMNS)),
      id,
      `${title} (${sourceInWords(source)}). ${excluded}`,
    ),
  );
  const chosen = choices.flatMap(({ id, question, answers, source }) =>
    entry(
      paint('dim', 'choice'.padEnd(LEVEL_COLUMNS)),
      id,
      `${question} ${answers.join(' / ')} (${sourceInWords(source)})`,
    ),
  );
  const all = [
    ...sections,
    ...(excluded.length === 0 ? [] : [[paint('bold', `not checked: ${exclusions.length}`), ...excluded]]),
    ...(chosen.length === 0 ? [] : [[paint('bold', `choices: ${choices.length}`), ...chosen]]),
  ];
  return `${all.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

const LEVEL_COLUMNS = 13;

/** Where on the page: `Table 4, row memory_size`. */
export function sourceInWords({ table, row }: Source): string {
  return `${table}, row ${row}`;
}

/** Every clause as Markdown: a table for each group of subjects, one of what is not checked, and one of choices. */
export function catalogueMarkdown({ clauses, exclusions, choices }: Catalogue): string {
  const sections = bySubjectGroup(clauses).map(([group, members]) =>
    markdownTable(
      group,
      ['Clause', 'Level', 'Requirement', 'Source', 'Ruling'],
      members.map(({ id, level, title, source, ruling = '' }) => [
        codeSpan(id),
        level,
        inMarkdown(title),
        inMarkdown(`${source.table}, ${source.row}`),
        inMarkdown(ruling),
      ]),
    ),
  );
  const excluded = markdownTable(
    'not checked',
    ['Id', 'What', 'Source', 'Why'],
    exclusions.map(({ id, title, source, excluded: why }) => [
      codeSpan(id),
      inMarkdown(title),
      inMarkdown(`${source.table}, ${source.row}`),
      inMarkdown(why),
    ]),
  );
  const chosen = markdownTable(
    'choices',
    ['Id', 'Question', 'Answers', 'Source', 'Ruling'],
    choices.map(({ id, question, answers, source, ruling }) => [
      codeSpan(id),
      inMarkdown(question),
      inMarkdown(answers.join(' / ')),
      inMarkdown(`${source.table}, ${source.row}`),
      inMarkdown(ruling),
    ]),
  );
  return [
    ...sections,
    ...(exclusions.length === 0 ? [] : [excluded]),
    ...(choices.length === 0 ? [] : [chosen]),
  ].join('\n');
}

/** The clauses, then what has none, choices last, for programs. */
export function catalogueEntries({ clauses, exclusions, choices }: Catalogue): readonly CatalogueEntry[] {
  return [
    ...clauses.map(({ id, subject, level, title, source, ruling }) => ({
      id,
      subject,
      level,
      title,
      source,
      ...(ruling === undefined ? {} : { ruling }),
    })),
    ...exclusions.map(({ id, subject, level, title, source, excluded }) => ({
      id,
      subject,
      level,
      title,
      source,
      excluded,
    })),
    ...choices.map(({ id, question, answers, source, ruling }) => ({
      id,
      subject: 'choices',
      level: 'informative' as const,
      title: question,
      source,
      ruling,
      excluded: NO_CLAUSE,
      answers,
    })),
  ];
}

/** `catalogueEntries` as the text of a JSON array. */
export function catalogueJson(catalogue: Catalogue): string {
  return `${JSON.stringify(catalogueEntries(catalogue), null, 2)}\n`;
}
