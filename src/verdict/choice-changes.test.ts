import { expect, test } from 'vitest';
import { changedChoices, changeInWords, comparableChoices } from './choice-changes.ts';
import type { ReportedChoice } from './report.ts';
import { summarize } from './verdict.ts';

function choice(id: string, ...answers: readonly string[]): ReportedChoice {
  const example = { request: { method: 'POST', url: '/', headers: {} } };
  return { id, question: '?', answers: answers.map(answer => ({ answer, seen: 1, shown: answer, example })) };
}

test('another answer, one more and one less are changes; another order is none', () => {
  const changed = (was: readonly string[], is: readonly string[]) =>
    changedChoices([choice('cpu', ...was)], [choice('cpu', ...is)]).map(changeInWords);
  expect(changed(['400'], ['406'])).toEqual(['cpu: 400, now 406']);
  expect(changed(['400'], ['400', '406'])).toEqual(['cpu: 400, now 400 or 406']);
  expect(changed(['400', '406'], ['406'])).toEqual(['cpu: 400 or 406, now 406']);
  expect(changed(['400', '406'], ['406', '400'])).toEqual([]);
});

test('what one of the two did not see is compared with nothing', () => {
  const expected = [choice('cpu', 'a'), choice('times', 'b'), choice('unchanged')];
  expect(changedChoices(expected, [choice('cpu'), choice('unchanged', 'c')])).toEqual([]);
  expect(comparableChoices(expected, [choice('cpu'), choice('times', 'x')])).toBe(1);
  expect(comparableChoices(expected, undefined)).toBe(0);
});

test('changed choices fail a run in which no clause fails, and say which', () => {
  const changed = changedChoices([choice('cpu', 'a')], [choice('cpu', 'b')]);
  const passed = {
    id: 'body.a',
    subject: 'body',
    level: 'required',
    title: 'a',
    source: { table: 'Table 4', row: 'a' },
    verdict: 'pass',
    exercised: 1,
    violations: 0,
    known: false,
    findings: [],
  } as const;
  expect(summarize([passed], 'required', undefined, [], changed)).toMatchObject({
    verdict: 'nonconformant',
    reason: 'choices changed: cpu: a, now b',
  });
  expect(summarize([passed], 'required').verdict).toBe('conformant');
});
