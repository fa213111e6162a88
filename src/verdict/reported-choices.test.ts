import { expect, test } from 'vitest';
import { createChoiceEvidence, NOT_SHOWN } from './choice-evidence.ts';
import { reportedChoices } from './reported-choices.ts';

const exchange = (body: string) => ({
  request: { method: 'POST', url: '/v', headers: { 'x-auth-token': '$FGS_TOKEN' }, body },
});

function answersTo(id: string, shown: readonly (readonly [choice: string, answer: string])[]) {
  const evidence = createChoiceEvidence();
  for (const [choice, answer] of shown) evidence.note({ choice, answer, by: answer }, exchange('{'));
  return reportedChoices(evidence.take())
    .find(choice => choice.id === id)
    ?.answers.map(({ answer }) => answer);
}

test('the smallest exchange is the example, with no header but the content type', () => {
  const evidence = createChoiceEvidence();
  const shown = { choice: 'malformed-json', answer: '400', by: '400' };
  evidence.note({ ...shown, by: 'long' }, exchange('{"version":'));
  evidence.note({ ...shown, by: 'short' }, exchange('{'));
  evidence.note({ ...shown, by: 'longer' }, exchange('{"version":1,,'));
  evidence.note(shown, NOT_SHOWN);
  const [first] = reportedChoices(evidence.take()).flatMap(({ answers }) => answers);
  expect(first).toEqual({
    answer: '400',
    seen: 4,
    shown: 'short',
    example: { request: { method: 'POST', url: '/v', headers: {}, body: '{' } },
  });
});

test('the most frequent answer is the first one', () => {
  const [often, once] = [
    ['times', 'RFC 3339'],
    ['times', 'YYYY-MM-DD HH:MM:SS'],
  ] as const;
  expect(answersTo('times', [once, often, often])).toEqual(['RFC 3339', 'YYYY-MM-DD HH:MM:SS']);
});

test('whether a change and back is one is not told where every publication passes', () => {
  const changed = ['change-and-back', 'a change'] as const;
  expect(answersTo('change-and-back', [changed, ['unchanged', 'published']])).toEqual([]);
  expect(answersTo('change-and-back', [changed, ['unchanged', 'refused']])).toEqual(['a change']);
  expect(answersTo('change-and-back', [changed])).toEqual(['a change']);
});
