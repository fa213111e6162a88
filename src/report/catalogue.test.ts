import { expect, test } from 'vitest';
import { clauseById, clauses, exclusions } from '../page/catalogue.ts';
import { choices } from '../page/choices/index.ts';
import type { Clause } from '../page/clause.ts';
import { catalogueJson, catalogueMarkdown, catalogueTable } from './catalogue.ts';
import { choiceInDetail, clauseInDetail } from './clause-in-detail.ts';
import { columnsOf } from './layout.ts';

const PLAIN = { colour: false, width: 80 };
const WHOLE = { clauses, exclusions, choices };
const NOTHING = { clauses: [], exclusions: [], choices: [] };

function clause(id: string): Clause {
  const found = clauseById(id);
  if (found === undefined) throw new Error(`There is no clause ${id}.`);
  return found;
}

test('the table has every clause and exclusion, whole ids on lines of their own', () => {
  const lines = catalogueTable(WHOLE, PLAIN).split('\n');
  for (const { id, level } of clauses) expect(lines).toContain(`${level.padEnd(13)}${id}`);
  for (const { id } of exclusions) expect(lines).toContain(`${'excluded'.padEnd(13)}${id}`);
  for (const { id } of choices) expect(lines).toContain(`${'choice'.padEnd(13)}${id}`);
  const isIdLine = /^(?:required|recommended|informative|excluded|choice) /;
  for (const line of lines.filter(each => !isIdLine.test(each)))
    expect(columnsOf(line)).toBeLessThanOrEqual(80);
});

test('the table says what is required and where the page says it', () => {
  const text = catalogueTable({ ...NOTHING, clauses: [clause('body.timeout.range')] }, PLAIN);
  expect(text).toBe(
    'body: 1\nrequired     body.timeout.range\n             timeout is 3..259200 (Table 4, row timeout)\n',
  );
});

test('JSON lists clauses, then exclusions and choices with the reason', () => {
  const entries: unknown = JSON.parse(catalogueJson(WHOLE));
  expect(entries).toHaveLength(clauses.length + exclusions.length + choices.length);
  expect(entries).toContainEqual({
    id: 'body.timeout.range',
    subject: 'body.timeout',
    level: 'required',
    title: 'timeout is 3..259200',
    source: { table: 'Table 4', row: 'timeout' },
  });
  expect(entries).toContainEqual(
    expect.objectContaining({ id: 'body.xrole.when-needed', excluded: expect.any(String) }),
  );
  expect(entries).toContainEqual(
    expect.objectContaining({
      id: 'malformed-json',
      answers: ['400', '406'],
      excluded: 'A choice: every answer conforms.',
    }),
  );
  expect(entries).toContainEqual(
    expect.objectContaining({ id: 'body.digest.format', ruling: expect.any(String) }),
  );
});

test('Markdown has a row for each, with the same number of cells, and escapes what is no markup', () => {
  const hostile = {
    ...clause('body.type'),
    id: 'body.a|b',
    title: 'a|b <script> *c* `d` [e](f) func_name _g_',
  };
  const row = catalogueMarkdown({ ...NOTHING, clauses: [hostile] })
    .split('\n')
    .find(line => line.includes('script'));
  expect(row).toContain(
    '| `body.a\\|b` | required | a\\|b \\<script\\> \\*c\\* \\`d\\` \\[e\\](f) func_name \\_g\\_ |',
  );
  const lines = catalogueMarkdown(WHOLE).split('\n');
  for (const { id } of [...clauses, ...exclusions]) {
    expect(lines.filter(line => line.startsWith(`| \`${id}\` |`))).toHaveLength(1);
  }
  const cells = (line: string) => line.split(/(?<!\\)\|/).length - 2;
  expect(new Set(lines.filter(line => line.startsWith('| `error.')).map(cells))).toEqual(new Set([5, 4]));
});

test('a clause in detail tells the page, the ruling, what it means, how it is exercised, and examples', () => {
  const text = clauseInDetail(
    clause('body.handler.format'),
    {
      passes: { name: 'a handler', lines: ['{', '  "handler": "a.b"', '}'] },
      fails: { name: 'no handler', lines: ['{', '  "handler": "\u001b"', '}'] },
    },
    PLAIN,
  );
  expect(text).toContain(
    'body.handler.format\n  handler is "xx.xx", a period with something on both sides\n',
  );
  expect(text).toContain('  source         Table 4, row handler\n');
  expect(text).toContain('  the page says  The entry point');
  expect(text).toContain('  ruling         A period with something on both sides');
  expect(text).toContain('  level          required: one violation makes the target nonconformant.\n');
  expect(text).toContain('  exercised by   every 200 answer with handler\n');
  expect(text).toContain('  An example that passes: a handler\n    {\n  >   "handler": "a.b"\n    }\n');
  expect(text).toContain('  An example that fails: no handler\n    {\n  >   "handler": "\\u001b"\n    }\n');
});

test('a clause without ruling and examples leaves them out', () => {
  const text = clauseInDetail(clause('robustness.complete'), undefined, PLAIN);
  expect(text).not.toMatch(/ruling|example/);
});

test('what has no clause is told with the reason', () => {
  const exclusion = exclusions.find(({ id }) => id === 'body.xrole.when-needed');
  if (exclusion === undefined) throw new Error('There is no such exclusion.');
  expect(clauseInDetail(exclusion, undefined, PLAIN)).toContain(
    '  not checked    Nobody can see from outside',
  );
});

test('colour is added when it is asked for', () => {
  expect(catalogueTable(WHOLE, { colour: true, width: 80 })).toContain('\u001b[31mrequired');
  expect(clauseInDetail(clause('body.type'), {}, { colour: true, width: 80 })).toContain(
    '\u001b[1mbody.type',
  );
});

test('all about a choice: the question, its answers, and why each conforms', () => {
  const choice = choices.find(({ id }) => id === 'malformed-json');
  const text = choice === undefined ? '' : choiceInDetail(choice, PLAIN);
  expect(text).toContain('malformed-json\n  Which status answers a body that is not JSON?');
  expect(text).toMatch(/answers {8}400 \/ 406/);
  expect(text).toMatch(/which names\s+exactly this case/);
});
