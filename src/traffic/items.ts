/** The entries of a HAR file and the exchanges of an array, one at a time, whatever the size of the file. */

import { JSONParser, type ParsedElementInfo, TokenType } from '@streamparser/json';
import type { Source } from './source.ts';

/** An entry of a HAR file, or an exchange. */
export interface RecordedItem {
  readonly value: unknown;
  /** Which list it is in, `log.entries`, and where. */
  readonly list: string;
  readonly index: number;
  /** Where its text stands. */
  readonly at: number;
  readonly length: number;
}

/** What is no JSON. Says where it stops being that, and nothing of what stands there, which may be secret. */
export class JsonMistake extends Error {
  override readonly name = 'JsonMistake';
}

/** The bytes are no UTF-8. */
export class NotUtf8 extends Error {
  override readonly name = 'NotUtf8';
}

/** Bodies are texts in a HAR file, and few levels deep elsewhere. */
const DEEPEST = 500;

export class NestedTooDeeply extends Error {
  override readonly name = 'NestedTooDeeply';
  override readonly message = `it is nested more than ${DEEPEST} levels deep; give bodies as texts`;
}

/** Longer strings are put together from pieces of this size, in bytes. */
const PIECE = 64 * 1024;

/**
 * Reads the items of a recording in their order: `log.entries`, `exchanges`, or the array that it is.
 *
 * @throws JsonMistake | NotUtf8 | NestedTooDeeply
 */
export async function* itemsOf(source: Source): AsyncIterable<RecordedItem> {
  const isArray = (await firstCharacter(source)) === '[';
  const paths = isArray ? ['$.*'] : ['$.log.entries.*', '$.exchanges.*'];
  const parser = new JSONParser({ paths, keepStack: false, stringBufferSize: PIECE });
  const items: RecordedItem[] = [];
  const begun: number[] = [];
  let offset = 0;
  let start = 0;
  let failure: Error | undefined;
  parser.onToken = token => {
    offset = token.offset;
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) begun.push(offset);
    else if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET)
      start = begun.pop() ?? 0;
    if (begun.length > DEEPEST) throw new NestedTooDeeply();
  };
  parser.onValue = info => {
    items.push({ value: info.value, ...positionOf(info), at: start, length: offset + 1 - start });
  };
  parser.onError = error => {
    failure ??= error;
  };
  for await (const chunk of source.chunks()) {
    parser.write(chunk);
    if (failure !== undefined) throw await mistakeIn(source, failure, offset);
    yield* items.splice(0);
  }
  if (!parser.isEnded) parser.end();
  if (failure !== undefined) throw new JsonMistake('it ends too early');
}

/** Whether an item is an entry of a HAR file, not an exchange in the suite's own form. */
export function isHarEntry({ list }: Pick<RecordedItem, 'list'>): boolean {
  return list === 'log.entries';
}

/** In words: `log.entries[3]`. */
export function placeOf({ list, index }: Pick<RecordedItem, 'list' | 'index'>): string {
  return index === ALONE ? '' : `${list}[${index}]`;
}

/** The index of an item that is in no list. */
export const ALONE = -1;

function positionOf({ key, stack }: ParsedElementInfo): Pick<RecordedItem, 'list' | 'index'> {
  return {
    list: stack
      .slice(1)
      .map(each => String(each.key))
      .join('.'),
    index: Number(key),
  };
}

/** The first character that is no white space; `undefined` when there is none. */
export async function firstCharacter(source: Source): Promise<string | undefined> {
  for await (const chunk of source.chunks()) {
    const found = /\S/.exec(chunk.toString('latin1'));
    if (found !== null) return found[0];
  }
  return undefined;
}

async function mistakeIn(source: Source, failure: Error, lastToken: number): Promise<Error> {
  if (failure instanceof NestedTooDeeply) return failure;
  if ('code' in failure && failure.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new NotUtf8();
  // The message quotes what stands there, so no more than the number is taken from it.
  const position = /\(absolute position "(\d+)"\) in state \w+$/.exec(failure.message)?.[1];
  const { line, column } = await lineAndColumn(source, position === undefined ? lastToken : Number(position));
  return new JsonMistake(`the mistake is in line ${line}, column ${column}`);
}

async function lineAndColumn(source: Source, position: number): Promise<{ line: number; column: number }> {
  let left = position;
  let line = 1;
  let column = 1;
  for await (const chunk of source.chunks()) {
    for (const byte of chunk.subarray(0, left)) {
      if (byte === 0x0a) {
        line++;
        column = 1;
      } else if ((byte & 0xc0) !== 0x80) column++;
    }
    left -= chunk.length;
    if (left <= 0) break;
  }
  return { line, column };
}
