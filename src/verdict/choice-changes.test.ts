import { expect, test } from 'vitest';
import { changedChoices, changeInWords, comparableChoices, seenChoices } from './choice-changes.ts';
import type { ReportedChoice } from './report.ts';

function choice(id: string, ...answers: readonly string[]): ReportedChoice {
  const example = { request: { method: 'POST', url: '/', headers: {} } };
  return {
    id,
    question: `${id}?`,
    answers: answers.map(answer => ({ answer, seen: 1, shown: answer, example })),
  };
}

test.each<[string, readonly string[], readonly string[], boolean]>([
  ['another answer', ['400'], ['406'], true],
  ['one more', ['400'], ['400', '406'], true],
  ['one less', ['400', '406'], ['406'], true],
  ['one of two', ['400', '406'], ['400', '200'], true],
  ['the same', ['400'], ['400'], false],
  ['the same in another order', ['400', '406'], ['406', '400'], false],
  ['none before', [], ['400'], false],
  ['none after', ['400'], [], false],
])('%s: %j, then %j', (_what, was, is, isChanged) => {
  const changes = changedChoices([choice('a', ...was)], [choice('b', 'x'), choice('a', ...is)]);
  expect(changes).toEqual(isChanged ? [{ id: 'a', question: 'a?', was, is }] : []);
});

test('a choice that a report does not have is no change', () => {
  expect(changedChoices([choice('a', '400')], [])).toEqual([]);
  expect(changedChoices(undefined, [choice('a', '400')])).toEqual([]);
  expect(changedChoices([choice('a', '400')])).toEqual([]);
});

test('choices can be compared that both saw', () => {
  const before = [choice('a', '400'), choice('b', 'x'), choice('c')];
  expect(comparableChoices(before, [choice('a', '406'), choice('b'), choice('c', 'y')])).toBe(1);
  expect(comparableChoices(before)).toBe(0);
  expect(comparableChoices(undefined, before)).toBe(0);
  expect(seenChoices(before).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(seenChoices()).toEqual([]);
});

test('a change is told in one line', () => {
  const change = { id: 'malformed-json', question: '?', was: ['400', '200'], is: ['406', '415'] };
  expect(changeInWords(change)).toBe('malformed-json: 400 or 200, now 406 or 415');
});
