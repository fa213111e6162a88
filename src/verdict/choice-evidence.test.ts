import { expect, test } from 'vitest';
import { choices } from '../page/choices/index.ts';
import type { Exchange } from '../page/exchange.ts';
import { createChoiceEvidence, NOT_SHOWN, type SeenAnswer } from './choice-evidence.ts';
import { reportedChoices } from './reported-choices.ts';

function exchangeOf(url: string, sent?: string, answered?: string): Exchange {
  const request = { method: 'POST', url, headers: {}, ...(sent === undefined ? {} : { body: sent }) };
  return answered === undefined
    ? { request }
    : { request, response: { status: 200, headers: {}, body: answered } };
}

const shown = { choice: 'c', answer: 'a', by: 'b' };

function seenOf(...exchanges: readonly Exchange[]): readonly SeenAnswer[] | undefined {
  const evidence = createChoiceEvidence();
  for (const exchange of exchanges) evidence.note(shown, exchange);
  return evidence.take().c;
}

test('answers are counted, each once, in the order in which they came', () => {
  const evidence = createChoiceEvidence();
  const exchange = exchangeOf('/');
  for (const answer of ['a', 'z', 'a']) evidence.note({ ...shown, answer }, exchange);
  evidence.note({ choice: 'd', answer: 'a', by: 'e' }, exchange);
  expect(evidence.take()).toEqual({
    c: [
      { answer: 'a', seen: 2, by: 'b', example: exchange },
      { answer: 'z', seen: 1, by: 'b', example: exchange },
    ],
    d: [{ answer: 'a', seen: 1, by: 'e', example: exchange }],
  });
  expect(evidence.take()).toEqual({});
});

const small = exchangeOf('/');

test.each([
  ['a longer path', exchangeOf('/versions')],
  ['a request with a body', exchangeOf('/', '{}')],
  ['an answer with a body', exchangeOf('/', undefined, '{}')],
  ['the first of the same size', exchangeOf('?')],
])('the smallest exchange is the example, not %s', (what, other) => {
  const isSameSize = what.startsWith('the first');
  expect(seenOf(other, small)?.[0]?.example).toBe(isSameSize ? other : small);
  expect(seenOf(small, other)?.[0]?.example).toBe(small);
});

test('an exchange that nothing will show is counted, and no example', () => {
  expect(seenOf(small, NOT_SHOWN)).toEqual([{ answer: 'a', seen: 2, by: 'b', example: small }]);
  expect(seenOf(NOT_SHOWN)).toEqual([{ answer: 'a', seen: 1, by: 'b', example: NOT_SHOWN }]);
});

test('what would be an example can be asked before', () => {
  const evidence = createChoiceEvidence();
  expect(evidence.isExample(shown, small)).toBe(true);
  evidence.note(shown, small);
  expect(evidence.isExample(shown, small)).toBe(false);
  expect(evidence.isExample(shown, exchangeOf(''))).toBe(true);
  expect(evidence.isExample({ ...shown, answer: 'z' }, small)).toBe(true);
});

test('what was collected elsewhere is added', () => {
  const evidence = createChoiceEvidence();
  evidence.note(shown, exchangeOf('/longer'));
  evidence.add({ c: [{ answer: 'a', seen: 3, by: 'there', example: small }] });
  expect(evidence.take().c).toEqual([{ answer: 'a', seen: 4, by: 'there', example: small }]);
});

const [first, second] = choices;

test('a report has every choice, the most frequent answer first, then in the order of the page', () => {
  const answers = [...(first?.answers ?? []), 'unheard-of'].reverse();
  const seen = answers.map((answer, index) => ({ answer, seen: 2, by: `${index}`, example: small }));
  const [reported, ...others] = reportedChoices({
    [first?.id ?? '']: [...seen, { answer: 'most', seen: 9, by: 'all', example: small }],
  });
  expect(reported).toMatchObject({ id: first?.id, question: first?.question });
  expect(reported?.answers.map(({ answer }) => answer)).toEqual(['most', ...answers.toReversed()]);
  expect(reported?.answers[0]).toEqual({ answer: 'most', seen: 9, shown: 'all', example: small });
  expect(others).toHaveLength(choices.length - 1);
  expect(others[0]).toEqual({ id: second?.id, question: second?.question, answers: [] });
});

test('a report shows of an exchange what a choice can hang on, and no more of a body than 8 KiB', () => {
  const example: Exchange = {
    request: {
      method: 'POST',
      url: '/',
      headers: { accept: '*/*', 'content-type': 'text/plain' },
      body: 'b',
    },
    response: { status: 200, headers: { date: 'today' }, body: 'x'.repeat(9000), bodyEncoding: 'base64' },
  };
  const [reported] = reportedChoices({ [first?.id ?? '']: [{ answer: 'a', seen: 1, by: 'b', example }] });
  expect(reported?.answers[0]?.example).toStrictEqual({
    request: { method: 'POST', url: '/', headers: { 'content-type': 'text/plain' }, body: 'b' },
    response: { status: 200, headers: {}, body: 'x'.repeat(8192), bodyEncoding: 'base64' },
  });
  const unanswered = reportedChoices({
    [first?.id ?? '']: [{ answer: 'a', seen: 1, by: 'b', example: small }],
  });
  expect(unanswered[0]?.answers[0]?.example).toStrictEqual(small);
});
