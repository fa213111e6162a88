/** Clauses in the tables and rows of the page, as the page lists them. */

import type { Source } from '../page/clause.ts';

/** A table or section of the page. */
export interface PageSection<Item> {
  /** Usable in a URL: `table-4`. */
  readonly anchor: string;
  readonly name: string;
  /** What it is about; empty for one that this version does not know. */
  readonly title: string;
  readonly rows: readonly (readonly [row: string, items: readonly Item[]])[];
}

const SECTIONS: readonly (readonly [name: string, title: string])[] = [
  ['Table 4', 'Response body'],
  ['Table 5', 'FuncVpc'],
  ['Table 6', 'MountConfig'],
  ['Table 7', 'MountUser'],
  ['Table 8', 'FuncMount'],
  ['Table 9', 'StrategyConfig'],
  ['Table 10', 'Dependency'],
  ['Table 11', 'FunctionAsyncConfig'],
  ['Table 12', 'FuncAsyncDestinationConfig'],
  ['Table 13', 'FuncDestinationConfig'],
  ['Table 14', 'Error body'],
  ['Table 15', 'Error body, 401'],
  ['Table 16', 'Error body, 403'],
  ['Table 17', 'Error body, 404'],
  ['Table 18', 'Error body, 500'],
  ['URI', 'Method'],
  ['Table 1', 'Path parameters'],
  ['Table 2', 'Headers'],
  ['Table 3', 'Request body'],
  ['Status Codes', 'What is answered'],
  ['Error Codes', 'What comes with them'],
  ['State', 'What publishing changes'],
  ['Robustness', 'Answers arrive'],
];

/** Subjects that are sections of their own, whatever row they lean on. */
const SECTION_OF_SUBJECT: Readonly<Record<string, string>> = { state: 'State', robustness: 'Robustness' };

/** Sections of the page whose rows have an order of their own. */
const SORTED: ReadonlySet<string> = new Set(['Status Codes', 'Error Codes']);

interface Placed {
  readonly subject: string;
  readonly source: Source;
}

/** The sections that have anything, in the order of the page; rows in the order in which they come. */
export function byPageSection<Item extends Placed>(items: readonly Item[]): readonly PageSection<Item>[] {
  const rowsOf = new Map<string, Map<string, Item[]>>(SECTIONS.map(([name]) => [name, new Map()]));
  for (const item of items) {
    const name = sectionOf(item);
    const rows = rowsOf.get(name) ?? new Map<string, Item[]>();
    rowsOf.set(name, rows);
    rows.set(item.source.row, [...(rows.get(item.source.row) ?? []), item]);
  }
  const titles = new Map(SECTIONS);
  return [...rowsOf]
    .filter(([, rows]) => rows.size > 0)
    .map(([name, rows], index) => ({
      anchor: titles.has(name) ? name.toLowerCase().replaceAll(' ', '-') : `section-${index}`,
      name,
      title: titles.get(name) ?? '',
      rows: SORTED.has(name) ? [...rows].sort(([one], [other]) => one.localeCompare(other, 'en')) : [...rows],
    }));
}

function sectionOf({ subject, source }: Placed): string {
  const [first = ''] = subject.split('.', 1);
  return Object.hasOwn(SECTION_OF_SUBJECT, first) ? (SECTION_OF_SUBJECT[first] ?? '') : source.table;
}
