import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clauseById } from '../page/catalogue.ts';
import type { Source } from '../page/clause.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { pathOfPointer } from '../page/paths.ts';
import type { Finding } from './finding.ts';
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

/** A finding points at the member that it is about, and names it; one about an answer names its status. */
function expectTelling({ clause, subject, message, pointer }: Finding, status: number | undefined): void {
  const [, member] = /^(?:body|error)\.(?!body)(.+)$/.exec(subject) ?? [];
  if (member !== undefined) {
    expect(pathOfPointer(pointer ?? ''), clause).toBe(member);
    expect(message, clause).toContain(pointer?.split('/').at(-1));
  } else if (pointer !== undefined) {
    expect(message, clause).toContain(pointer.slice(1));
  } else if (/^(?:request|status)/.test(subject)) {
    expect(message, clause).toContain(`${status}`);
  } else {
    expect(message, clause).not.toBe('');
  }
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
      for (const finding of judgement.findings) expectTelling(finding, exchange?.response?.status);
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
