/** Text that came from elsewhere, made safe to print: nothing of it moves the cursor, hides or reorders text. */

import { characters } from '../page/formats.ts';

/** Control characters, invisible and bidirectional ones, line separators, lone surrogates, unassigned ones. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

const COMBINING = /\p{M}/u;

/** More accents than this on one character climb over the lines above. */
const MOST_COMBINING = 3;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Whether a terminal shows every character of the text as it is. */
export function isPrintable(text: string): boolean {
  return !UNPRINTABLE.test(text);
}

/**
 * The text on one line, with everything that a terminal does not show as it is escaped as JSON escapes it.
 *
 * @example printable('\u001b[31mred\n') // '\\u001b[31mred\\n'
 */
export function printable(text: string): string {
  if (isPrintable(text) && !COMBINING.test(text)) return text;
  let shown = '';
  let combining = 0;
  for (const character of text) {
    combining = COMBINING.test(character) ? combining + 1 : 0;
    shown += combining > MOST_COMBINING || UNPRINTABLE.test(character) ? escaped(character) : character;
  }
  return shown;
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return SHORT_ESCAPES[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
}

/** The first characters of a text that is longer than `limit` characters, and how long it was. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const length = characters(text);
  if (length <= limit) return text;
  const start = Array.from(text.slice(0, limit * 2)).slice(0, limit);
  return `${start.join('')}… (${length} characters)`;
}

/** `printable` of at most `limit` characters of the text. */
export function excerpt(text: string, limit: number): string {
  return printable(cut(text, limit));
}

/** A JSON value on one printable line: strings longer than 80 characters cut, and the whole at `limit`. */
export function compactJson(value: unknown, limit: number): string {
  const text = JSON.stringify(value, (_name, inner) => (typeof inner === 'string' ? cut(inner, 80) : inner));
  return excerpt(text ?? 'undefined', limit);
}
