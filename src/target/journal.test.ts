import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal, readJournal } from './journal.ts';

function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'journal.jsonl');
}

function pendingUrns(journal: { pending(): readonly { urn: string }[] }): readonly string[] {
  return journal.pending().map(({ urn }) => urn);
}

test('what is created and not deleted is pending, latest first', () => {
  const journal = openJournal();
  for (const urn of ['a', 'b', 'c', 'd']) journal.created(urn);
  journal.deleted('b');
  journal.refused('d');
  expect(pendingUrns(journal)).toEqual(['c', 'a']);
});

test('every call is in the file when it returns', () => {
  const path = temporaryFile();
  const journal = openJournal(path);
  journal.created('a', 'http://endpoint');
  expect(readFileSync(path, 'utf8')).toContain('"a"');
  journal.deleted('a');
  expect(pendingUrns(readJournal(path))).toEqual([]);
});

test('the journal of a killed run is read, its half-written last line left out', () => {
  const path = temporaryFile();
  const killed = openJournal(path);
  killed.created('a', 'http://endpoint');
  killed.created('b');
  appendFileSync(path, '{"event":"created","urn":"c","a');
  const journal = readJournal(path);
  expect(pendingUrns(journal)).toEqual(['b', 'a']);
  expect(journal.pending()[1]?.endpoint).toBe('http://endpoint');

  journal.deleted('b');
  expect(pendingUrns(readJournal(path))).toEqual(['a']);
});

test('lines that are none of a journal’s are passed over', () => {
  const path = temporaryFile();
  appendFileSync(path, 'x\n[]\n{"event":"created"}\n{"event":"created","urn":"a","at":"now"}\n\n');
  expect(pendingUrns(readJournal(path))).toEqual(['a']);
});

test('there is no reading a journal that does not exist', () => {
  expect(() => readJournal(temporaryFile())).toThrow(/ENOENT/);
});
