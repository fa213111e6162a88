import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactJson, cut, excerpt, isPrintable, printable } from './printable.ts';

test.each([
  ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['a\r\n\tb', 'a\\r\\n\\tb'],
  ['\u009b2J\u007f\0', '\\u009b2J\\u007f\\u0000'],
  ['abc\u202edef\u2066', 'abc\\u202edef\\u2066'],
  ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
  ['filler\u3164\ufe0f', 'filler\\u3164\\ufe0f'],
  ['\u2028\u2029', '\\u2028\\u2029'],
  ['\ud800', '\\ud800'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
  [`a${'\u0301'.repeat(5)}`, `a${'\u0301'.repeat(3)}\\u0301\\u0301`],
  ['Überprüfung 数据 हिन्दी 😀 {"a": "\\n"}', 'Überprüfung 数据 हिन्दी 😀 {"a": "\\n"}'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('nothing that a terminal obeys survives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const shown = printable(text);
      expect(isPrintable(shown)).toBe(true);
      expect(stripVTControlCharacters(shown)).toBe(shown);
    }),
    { seed: 1 },
  );
});

test('a long text is cut with a note of its length', () => {
  expect(cut('abcdef', 3)).toBe('abc… (6 characters)');
  expect(cut('abc', 3)).toBe('abc');
  expect(excerpt('😀'.repeat(300), 2)).toBe('😀😀… (300 characters)');
  expect(excerpt('\u001b'.repeat(1_000_000), 2)).toBe('\\u001b\\u001b… (1000000 characters)');
});

test('compact JSON keeps every member and cuts long strings', () => {
  const value = { description: 'd'.repeat(513), timeout: 3, name: 'a\n\u202e' };
  expect(compactJson(value, 400)).toBe(
    `{"description":"${'d'.repeat(80)}… (513 characters)","timeout":3,"name":"a\\n\\u202e"}`,
  );
  expect(
    compactJson(
      Array.from({ length: 1000 }, () => 1),
      10,
    ),
  ).toBe('[1,1,1,1,1… (2001 characters)');
  expect(compactJson(undefined, 10)).toBe('undefined');
});
