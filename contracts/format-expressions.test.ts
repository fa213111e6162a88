import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAjv } from '../src/page/ajv.ts';
import { isAutomaticVersion } from '../src/page/formats.ts';
import { AUTOMATIC_VERSION, formatExpressions } from './format-expressions.ts';

const SEED = 20260101;

/** Texts that have the format, and their neighbours: a character more, less, or another one. */
function around(expression: string): fc.Arbitrary<string> {
  const matching = fc.stringMatching(new RegExp(expression));
  const edit = fc.record({
    at: fc.nat(40),
    removed: fc.nat(1),
    added: fc.constantFrom('', '0', '1', '3', '9', ':', '.', '-', ' ', 'T', 'Z', '!', '{', 'x', 'é', '\n'),
  });
  const edited = fc.tuple(matching, edit).map(([text, { at, removed, added }]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + added + text.slice(start + removed);
  });
  return fc.oneof(matching, edited, fc.string());
}

/**
 * Where the expression of a time accepts more or less than the format: leap seconds that depend on a zone, and
 * white space in place of the "T", which nobody documents.
 */
function isBesideThePoint(text: string): boolean {
  return /T.*:60/i.test(text) || /[\t\n\v\f\r]/.test(text);
}

const exact = Object.entries(formatExpressions).filter(([, { isExact }]) => isExact);

test.each(exact)('the expression of %s says exactly what the format does', (format, { expression }) => {
  const hasFormat = createAjv().compile({ type: 'string', format });
  const says = new RegExp(expression);
  fc.assert(
    fc.property(around(expression), text => {
      fc.pre(!isBesideThePoint(text));
      expect(says.test(text)).toBe(hasFormat(text));
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

const MONTHS_OF_LEAP_DAYS = [
  '1999-02-28',
  '1999-02-29',
  '2000-02-29',
  '2023-02-29',
  '2024-02-29',
  '1900-02-29',
];
const DAYS = [
  '2024-00-10',
  '2024-04-31',
  '2024-12-31',
  '2024-12-32',
  '2024-13-01',
  '2024-1-01',
  '0000-02-29',
];

test.each([...MONTHS_OF_LEAP_DAYS, ...DAYS])('the expression of page-time knows whether %s is a day', day => {
  const { expression } = formatExpressions['page-time'] ?? { expression: '' };
  const hasFormat = createAjv().compile({ type: 'string', format: 'page-time' });
  const text = `${day} 12:30:59`;
  expect(new RegExp(expression).test(text)).toBe(hasFormat(text));
});

test('the expression of an automatic version says exactly what the page does', () => {
  const says = new RegExp(`^${AUTOMATIC_VERSION}$`);
  fc.assert(
    fc.property(around(says.source), text => {
      fc.pre(!isBesideThePoint(text));
      expect(says.test(text)).toBe(isAutomaticVersion(text));
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

test('the expression of json-object accepts every JSON object', () => {
  const { expression } = formatExpressions['json-object'] ?? { expression: '' };
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.constantFrom('', ' ', '\n'),
      (object, space) => {
        expect(`${space}${JSON.stringify(object, null, space)}${space}`).toMatch(new RegExp(expression));
      },
    ),
    { seed: SEED },
  );
});
