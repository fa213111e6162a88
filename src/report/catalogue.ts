/** The clauses of the page as a table, as Markdown and as JSON. */

import type { Clause, Exclusion, Level, Source } from '../page/clause.ts';
import { createPaint, indented, type TerminalOptions } from './layout.ts';
import { COLOUR_OF_LEVEL } from './levels.ts';
import { codeSpan, inMarkdown, markdownTable } from './markdown.ts';
import { printable } from './printable.ts';
import { bySubjectGroup } from './subject-groups.ts';

/** A clause, or what has none and why, as `catalogueJson` lists it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly subject: string;
  readonly level: Level;
  readonly title: string;
  readonly source: Source;
  readonly ruling?: string;
  readonly excluded?: string;
}

/** Every clause by group of subjects: a line with level and id, and the sentence below it. */
export function catalogueTable(
  clauses: readonly Clause[],
  exclusions: readonly Exclusion[],
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
  const all =
    excluded.length === 0
      ? sections
      : [...sections, [paint('bold', `not checked: ${exclusions.length}`), ...excluded]];
  return `${all.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

const LEVEL_COLUMNS = 13;

/** Where on the page: `Table 4, row memory_size`. */
export function sourceInWords({ table, row }: Source): string {
  return `${table}, row ${row}`;
}

/** Every clause as Markdown: a table for each group of subjects, and one of what is not checked. */
export function catalogueMarkdown(clauses: readonly Clause[], exclusions: readonly Exclusion[]): string {
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
  return [...sections, ...(exclusions.length === 0 ? [] : [excluded])].join('\n');
}

/** The clauses, then what has none, for programs. */
export function catalogueEntries(
  clauses: readonly Clause[],
  exclusions: readonly Exclusion[],
): readonly CatalogueEntry[] {
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
  ];
}

/** `catalogueEntries` as the text of a JSON array. */
export function catalogueJson(clauses: readonly Clause[], exclusions: readonly Exclusion[]): string {
  return `${JSON.stringify(catalogueEntries(clauses, exclusions), null, 2)}\n`;
}
