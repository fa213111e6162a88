import { expect, test } from 'vitest';
import { placeOfMistake } from './json-mistake.ts';

test.each([
  ['{"a": bad}', 'the mistake is in line 1, column 7'],
  ['{\n  "a": 1,\n}', 'the mistake is in line 3, column 1'],
  ['[1 2]', 'the mistake is in line 1, column 4'],
  ['{"a":1}x', 'the mistake is in line 1, column 8'],
  ['{"a":"x\ny"}', 'the mistake is in line 1, column 8'],
  ['{"a":"x', 'it ends too early'],
  ['{"log":{"entries":[', 'it ends too early'],
  ['[-', 'it ends too early'],
  ['{"a', 'it ends too early'],
])('%j: %s', (text, place) => {
  expect(placeOfMistake(text)).toBe(place);
});

test('says nothing of what the text holds', () => {
  const token = 'MIIEtokenMIIEtokenMIIEtoken';
  expect(placeOfMistake(`{"x-auth-token": "${token}" "${token}"}`)).not.toContain('MIIE');
});
