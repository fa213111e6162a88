import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Journal, JournalUnwritable, joinJournal, openJournal, readJournal } from './journal.ts';

const OWNER = { run: 't5k2x1ab9z', endpoint: 'http://endpoint' };
const PREFIX = 'urn:fss:r:p:function:default:';
const A = `${PREFIX}fgsc-t5k2x1ab9z-1`;
const B = `${PREFIX}fgsc-t5k2x1ab9z-2`;
const THEIRS = `${PREFIX}production`;

function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'journal-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, 'journal.jsonl');
}

function openedAt(path: string): Journal {
  const journal = openJournal(path, OWNER);
  onTestFinished(() => journal.close());
  return journal;
}

function pendingIds(journal: Journal): readonly string[] {
  return journal.pending().map(({ id }) => id);
}

test('what is created and not deleted is pending, latest first', () => {
  const journal = openJournal();
  for (const urn of ['a', 'b', 'c', 'd']) journal.created(urn);
  journal.deleted('b');
  journal.refused('d');
  expect(pendingIds(journal)).toEqual(['c', 'a']);
});

test('every call is in the file when it returns', () => {
  const path = temporaryFile();
  const journal = openedAt(path);
  journal.created(A);
  expect(readJournal(path).pending()).toMatchObject([
    { kind: 'function', urn: A, endpoint: 'http://endpoint' },
  ]);
  journal.deleted(A);
  expect(readJournal(path).pending()).toEqual([]);
});

test('threads of one run write into the same journal', () => {
  const path = temporaryFile();
  openedAt(path).created(A);
  const other = joinJournal(path, OWNER.run);
  onTestFinished(() => other.close());
  other.publishing(THEIRS, { description: 'first' });
  const journal = readJournal(path);
  expect(journal.problems).toEqual([]);
  expect(journal.pending()).toMatchObject([
    { kind: 'publication', urn: THEIRS, description: 'first' },
    { kind: 'function', urn: A },
  ]);
});

test('a provider state is pending with what its set-up answered', () => {
  const path = temporaryFile();
  const journal = openedAt(path);
  const id = journal.settingUp('a function exists', { timeout: 3 });
  journal.settingUp('a function exists', { timeout: 3, function_urn: THEIRS }, id);
  expect(readJournal(path).pending()).toMatchObject([{ kind: 'state', params: { function_urn: THEIRS } }]);
  journal.deleted(id);
  expect(readJournal(path).pending()).toEqual([]);
});

test('the journal of a killed run is read, and a line that it left half-written is told', () => {
  const path = temporaryFile();
  const killed = openedAt(path);
  killed.created(A);
  killed.created(B);
  appendFileSync(path, '{"event":"created","urn":"c","a');
  const journal = readJournal(path);
  expect(pendingIds(journal)).toEqual([B, A]);
  expect(journal.problems).toEqual(['line 4 cannot be read']);
  joinJournal(path, OWNER.run).deleted(B);
  expect(pendingIds(readJournal(path))).toEqual([A]);
});

test('reading a journal leaves the file as it is', () => {
  const path = temporaryFile();
  openedAt(path).created(A);
  const before = readFileSync(path);
  const journal = readJournal(path);
  journal.deleted(A);
  expect(journal.pending()).toEqual([]);
  expect(readFileSync(path)).toEqual(before);
});

test.each([
  ['no JSON', 'x', 'cannot be read'],
  ['another object', '{"event":"created"}', 'cannot be read'],
  ['a blank URN', '{"event":"created","urn":"","at":"now"}', 'cannot be read'],
  ['a collection', '{"event":"created","urn":"default:","at":"now"}', 'cannot be read'],
  [
    'a function that is not the suite’s',
    `{"event":"created","urn":"${THEIRS}","at":"now"}`,
    `names ${THEIRS}, which is not the suite’s`,
  ],
  [
    'a version that the run did not write down',
    `{"event":"created","urn":"${THEIRS}:v1","at":"now"}`,
    `names ${THEIRS}:v1, which is not the suite’s`,
  ],
])('a line with %s is not believed, and told', (_, line, problem) => {
  const path = temporaryFile();
  openedAt(path).created(A);
  appendFileSync(path, `${line}\n`);
  const journal = readJournal(path);
  expect(pendingIds(journal)).toEqual([A]);
  expect(journal.problems).toEqual([`line 3 ${problem}`]);
});

test('a line that was changed after it was written is not believed', () => {
  const path = temporaryFile();
  openedAt(path).created(`${THEIRS}:v20260101-000000`);
  writeFileSync(path, readFileSync(path, 'utf8').replace('v20260101-000000', 'v20250101-000000'));
  expect(readJournal(path).problems).toEqual(['line 2 was changed after it was written']);
  expect(readJournal(path).pending()).toEqual([]);
});

test('a line of another program’s making is believed when it names a function of the suite', () => {
  const path = temporaryFile();
  writeFileSync(path, `{"event":"created","urn":"${A}","endpoint":"http://elsewhere","at":"now"}\n`);
  expect(readJournal(path).pending()).toMatchObject([{ urn: A, endpoint: 'http://elsewhere' }]);
});

test('there is no reading a journal that does not exist', () => {
  expect(() => readJournal(temporaryFile())).toThrow(/ENOENT/);
});

test('a journal that cannot be written is told before anything is created', () => {
  expect(() => openJournal(tmpdir(), OWNER)).toThrow(JournalUnwritable);
});

test('a disk that takes nothing more stops creations, and no clean-up', () => {
  const journal = openJournal(temporaryFile(), OWNER);
  journal.created(A);
  journal.close();
  expect(() => journal.created(B)).toThrow(/^The journal \/.* cannot be written: /);
  journal.deleted(A);
  expect(journal.pending()).toEqual([]);
});
