/** Placing printable text in the columns of a terminal. */

import { styleText } from 'node:util';

export type { TerminalOptions } from './terminal-options.ts';

type Format = Parameters<typeof styleText>[0];

/** Puts text in a colour, or leaves it alone. */
export type Paint = (format: Format, text: string) => string;

/** The caller decides about colour: what stdout is at the moment does not matter. */
export function createPaint(colour: boolean): Paint {
  return colour ? (format, text) => styleText(format, text, { validateStream: false }) : (_, text) => text;
}

/** Lines longer than this are hard to read, however wide the terminal is. */
const READABLE_WIDTH = 100;

const NARROWEST = 20;

/** Characters of East Asian scripts and pictographs, which take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

const COMBINING = /\p{M}/u;

function columnsOfCharacter(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** The columns that a printable text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

/** The text in lines of at most `width` columns, broken at spaces; a longer word is broken where it must be. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(' ').flatMap(each => pieces(each, width))) {
    const wordColumns = columnsOf(word);
    if (columns > 0 && columns + 1 + wordColumns > width) {
      lines.push(line);
      line = word;
      columns = wordColumns;
    } else {
      line = columns === 0 ? word : `${line} ${word}`;
      columns += columns === 0 ? wordColumns : wordColumns + 1;
    }
  }
  return [...lines, line];
}

/** Where a URL, a URN or compact JSON is best broken. */
const AFTER_SEPARATOR = /(?<=[/:,&?])/;

/** A word that is too long for a line, in parts that fit: at its separators, else anywhere. */
function pieces(word: string, width: number): readonly string[] {
  if (columnsOf(word) <= width) return [word];
  const fitting = word
    .split(AFTER_SEPARATOR)
    .flatMap(part => (columnsOf(part) <= width ? [part] : [...part]));
  const found: string[] = [];
  let piece = '';
  let columns = 0;
  for (const part of fitting) {
    const own = columnsOf(part);
    if (columns > 0 && columns + own > width) {
      found.push(piece);
      piece = '';
      columns = 0;
    }
    piece += part;
    columns += own;
  }
  return [...found, piece];
}

/** The text wrapped, every line after `indent` columns of space. */
export function indented(text: string, indent: number, width: number): readonly string[] {
  const room = Math.max(NARROWEST, Math.min(width, READABLE_WIDTH) - indent);
  return wrap(text, room).map(line => ' '.repeat(indent) + line);
}

/** With less room than this beside it, a label stands on a line of its own. */
const LEAST_BESIDE_LABEL = 24;

/** A label in its column, and the text wrapped beside it; below it where the terminal is narrow. */
export function labelled(
  label: string,
  text: string,
  column: { readonly indent: number; readonly labelWidth: number; readonly width: number },
  paint: Paint,
): readonly string[] {
  const hanging = column.indent + column.labelWidth;
  const margin = ' '.repeat(column.indent);
  if (column.width - hanging < LEAST_BESIDE_LABEL) {
    return [margin + paint('dim', label), ...indented(text, column.indent + 2, column.width)];
  }
  const [first = '', ...rest] = indented(text, hanging, column.width);
  return [margin + paint('dim', label.padEnd(column.labelWidth)) + first.slice(hanging), ...rest];
}

/** `1 clause`, `2 clauses` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Milliseconds in the unit that a person would say. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
