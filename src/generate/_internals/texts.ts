import fc from 'fast-check';

const SURROGATES = { first: 0xd800, count: 0x800 };
const CODE_POINTS = 0x11_0000 - SURROGATES.count;

/**
 * Any code point but a surrogate, the letter "a" being the smallest. fast-check's own unit "binary" first makes
 * a table of all of them, which takes longer than a short run.
 */
export const codePoint: fc.Arbitrary<string> = fc.nat(CODE_POINTS - 1).map(distance => {
  const index = (distance + 0x61) % CODE_POINTS;
  return String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count);
});

/** Any text that is not blank: mostly ASCII, sometimes of any script, sometimes of any code point. */
export function text(maxLength = 24): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength }) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength, unit: 'grapheme' }) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength, unit: codePoint }) },
  );
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** Letters and digits. */
export const alphanumeric: fc.Arbitrary<string> = fc.constantFrom(...LETTERS, ...DIGITS);

/** A text of the characters of `unit`. */
export function word(minLength: number, maxLength: number, unit = alphanumeric): fc.Arbitrary<string> {
  return fc.string({ unit, minLength, maxLength });
}

/**
 * A name of letters, digits and `inner`, with a letter or digit at both ends.
 *
 * @param maxLength in characters, at least 1
 */
export function plainName(maxLength: number, inner: string): fc.Arbitrary<string> {
  const middle = fc.constantFrom(...LETTERS, ...DIGITS, ...inner);
  return fc.oneof(
    alphanumeric,
    ...(maxLength < 2
      ? []
      : [fc.tuple(alphanumeric, word(0, maxLength - 2, middle), alphanumeric).map(parts => parts.join(''))]),
  );
}

/** Lower-case hexadecimal digits. */
export function hex(length: number): fc.Arbitrary<string> {
  return word(length, length, fc.constantFrom(...DIGITS, ...'abcdef'));
}
