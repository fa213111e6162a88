import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, createPaint, indented, wrap } from './layout.ts';

test('lines break at spaces, and long words after a separator', () => {
  expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrap('POST /v2/project/functions', 12)).toEqual(['POST', '/v2/project/', 'functions']);
  expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
});

test('no line is wider than asked, and nothing is lost', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab/: 数😀'), maxLength: 120 });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (words, width) => {
      const lines = wrap(words, width);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
    }),
    { seed: 1 },
  );
});

test('text stays readable on a terminal that is very narrow or very wide', () => {
  expect(indented('a b', 10, 5)).toEqual(['          a b']);
  expect(columnsOf(indented('word '.repeat(100), 4, 400)[0] ?? '')).toBeLessThanOrEqual(100);
});

test('colour is what the caller decides, whatever stdout is', () => {
  expect(createPaint(true)('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  expect(createPaint(false)('red', 'x')).toBe('x');
});
