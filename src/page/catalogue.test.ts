import { describe, expect, test } from 'vitest';
import { clauseById, clauses, exclusions } from './catalogue.ts';
import { flatten, membersOf, type PageSchema } from './schema.ts';
import { errorBody } from './tables/error-body.ts';
import { publishRequest } from './tables/publish-request.ts';
import { publishedVersion } from './tables/published-version.ts';
import { CODE_TYPES, DESTINATIONS, MEMORY_SIZES, MOUNT_TYPES, RUNTIMES } from './values.ts';

/** The rows of the page's tables: how many each has. */
const ROWS_OF_TABLE: Readonly<Record<string, number>> = {
  'Table 1': 2,
  'Table 2': 2,
  'Table 3': 3,
  'Table 4': 40,
  'Table 5': 9,
  'Table 6': 2,
  'Table 7': 2,
  'Table 8': 4,
  'Table 9': 2,
  'Table 10': 12,
  'Table 11': 5,
  'Table 12': 2,
  'Table 13': 2,
  'Table 14': 2,
  'Table 15': 2,
  'Table 16': 2,
  'Table 17': 2,
  'Table 18': 2,
};

function rowsWithClause(): ReadonlySet<string> {
  return new Set([...clauses, ...exclusions].map(({ source }) => `${source.table}/${source.row}`));
}

describe('the catalogue', () => {
  test.each(Object.entries(ROWS_OF_TABLE))(
    'has a clause or a reason for every row of %s (%i)',
    (table, count) => {
      const rows = [...rowsWithClause()].filter(
        row => row.startsWith(`${table}/`) && !row.endsWith('/Parameter'),
      );
      expect(rows).toHaveLength(count);
    },
  );

  test('covers 97 rows in all', () => {
    expect(Object.values(ROWS_OF_TABLE).reduce((sum, rows) => sum + rows)).toBe(97);
  });

  test('names each clause once, by subject and aspect', () => {
    const all = [...clauses, ...exclusions];
    expect(new Set(all.map(entry => entry.id)).size).toBe(all.length);
    for (const { id, subject } of all) expect(id.startsWith(`${subject}.`)).toBe(true);
  });

  test('has a clause for every member of every schema', () => {
    const pages: [string, PageSchema][] = [
      ['body', publishedVersion],
      ['error', errorBody],
      ['request', publishRequest],
    ];
    for (const [subject, schema] of pages) {
      for (const member of flatten(membersOf(schema, subject))) {
        expect(clauseById(`${member.subject}.type`), member.subject).toBeDefined();
      }
    }
  });

  test('gives the levels of the rulings', () => {
    expect(clauseById('body.memory_size.values')?.level).toBe('required');
    expect(clauseById('body.dependencies[].etag.format')?.level).toBe('recommended');
    expect(clauseById('body.handler.format-on-custom-runtime')?.level).toBe('recommended');
    expect(clauseById('config.timeout.refused')?.level).toBe('recommended');
    expect(clauseById('config.func_vpc.vpc_id.accepted')?.level).toBe('recommended');
    expect(clauseById('body.undocumented')?.level).toBe('informative');
  });
});

test('the enumerations have the documented number of values', () => {
  expect(
    [RUNTIMES, MEMORY_SIZES, CODE_TYPES, DESTINATIONS, MOUNT_TYPES].map(values => values.length),
  ).toEqual([20, 13, 5, 3, 3]);
});
