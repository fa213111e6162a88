import { expect, test } from 'vitest';
import { brokerWords } from './broker-words.ts';

test.each([
  [{ errors: ['Pacticipant x not found'] }, ['Pacticipant x not found']],
  [
    { error: 'The requested document was not found on this server.' },
    ['The requested document was not found on this server.'],
  ],
  [
    { errors: { environment: ["with name 'x' does not exist"] } },
    ["environment: with name 'x' does not exist"],
  ],
  [{ errors: { selectors: { 0: { branch: ['is missing'] } } } }, ['branch: is missing']],
  [{ error: { message: 'An error has occurred.', reference: 'abc' } }, ['An error has occurred.']],
  [
    {
      title: 'Validation errors',
      errors: [{ title: 'Invalid', detail: 'is missing', pointer: '/contracts/0/content' }],
    },
    ['content: is missing'],
  ],
  [{ title: 'Not found', detail: 'There is no such pact' }, ['There is no such pact']],
  [{ rows: [] }, []],
])('%j is explained by %j', (answer, words) => {
  expect(brokerWords(answer)).toEqual(words);
});

test('what errors and notices both say is said once, and only notices of errors count', () => {
  const notices = [
    { type: 'error', text: 'Cannot change it' },
    { type: 'info', text: 'a diff' },
  ];
  expect(brokerWords({ notices, errors: { contracts: ['Cannot change it'] } })).toEqual(['Cannot change it']);
});

test('however long an explanation is, it is shown in a line', () => {
  const [words = ''] = brokerWords({ error: 'x'.repeat(200_000) });
  expect(words.length).toBeLessThan(1000);
});
