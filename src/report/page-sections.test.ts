import { expect, test } from 'vitest';
import { clauses, exclusions } from '../page/catalogue.ts';
import { byPageSection } from './page-sections.ts';

const sections = byPageSection([...clauses, ...exclusions]);

test('the sections are those of the page, the response first', () => {
  const names = sections.map(({ name }) => name);
  expect(names).toEqual([
    ...Array.from({ length: 15 }, (_, index) => `Table ${index + 4}`),
    ...['URI', 'Table 1', 'Table 2', 'Table 3', 'Status Codes', 'Error Codes', 'State', 'Robustness'],
  ]);
  expect(sections.find(({ title }) => title === '')).toBeUndefined();
});

test('each clause stands in one row, and state and robustness in sections of their own', () => {
  const all = sections.flatMap(({ rows }) => rows.flatMap(([, items]) => items));
  expect(all).toHaveLength(clauses.length + exclusions.length);
  const state = sections.find(({ name }) => name === 'State');
  expect(state?.rows.flatMap(([, items]) => items.map(({ subject }) => subject.split('.')[0]))).toEqual(
    clauses.filter(({ subject }) => subject.startsWith('state')).map(() => 'state'),
  );
});

test('what a row of Table 4 is configured to stands in that row', () => {
  const [table] = sections;
  const [, items = []] = table?.rows.find(([row]) => row === 'memory_size') ?? [];
  const ids = items.map(({ id }) => id);
  expect(ids).toContain('body.memory_size.values');
  expect(ids).toContain('config.memory_size.refused');
});

test('a table that nobody knows comes last', () => {
  const item = { subject: 'x', source: { table: 'Table 99', row: 'y' } };
  expect(byPageSection([item, ...clauses]).at(-1)).toMatchObject({ name: 'Table 99', rows: [['y', [item]]] });
});
