import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clauseById } from '../page/catalogue.ts';
import type { Source } from '../page/clause.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { judge, judgeBody } from './judge.ts';

interface Case {
  readonly name: string;
  readonly source: Source;
  readonly context?: Context;
  readonly exchange?: Exchange;
  readonly body?: unknown;
  readonly breaks: readonly string[];
}

interface Corpus {
  readonly subject: string;
  readonly cases: readonly Case[];
}

const folder = new URL('../../fixtures/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.json'));

function read(file: string): Corpus {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}

describe.each(files.map(file => [file, read(file)] as const))('fixtures/%s', (file, { subject, cases }) => {
  test.each(cases.map(each => [each.name, each] as const))(
    '%s',
    (_name, { exchange, body, context, breaks }) => {
      const judgement = exchange === undefined ? judgeBody(JSON.stringify(body)) : judge(exchange, context);
      const found = judgement.findings
        .filter(({ level }) => level !== 'informative')
        .map(({ clause }) => clause);
      expect(found.sort()).toEqual([...breaks].sort());
    },
  );

  test('is named after its subject, and names its cases plainly and once', () => {
    expect(file).toBe(`${subject}.json`);
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).not.toMatch(/\b(?:should|test that|must)\b/i);
  });

  test('names only clauses of the catalogue', () => {
    for (const id of cases.flatMap(({ breaks }) => breaks)) expect(clauseById(id), id).toBeDefined();
  });
});
