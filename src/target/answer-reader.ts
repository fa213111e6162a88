import { HTTPParser } from 'http-parser-js';
import { BODY_LIMIT } from './bodies.ts';

/** An answer as far as it has come. */
export interface AnswerSoFar {
  readonly status: number;
  /** Names in lower case; values of a repeated header joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly isWhole: boolean;
}

/** Why reading is over. */
export type ReadingEnd = 'answered' | 'malformed' | 'too-large';

/** Reads the answers that come over one connection. */
export interface AnswerReader {
  /** Interim answers are not among them. */
  readonly answers: readonly AnswerSoFar[];
  /** A 100 has come. */
  readonly mayContinue: boolean;
  /** `undefined` as long as more may come. */
  readonly end: ReadingEnd | undefined;
  read(chunk: Buffer): void;
  /** The connection has ended, which ends an answer without a length. */
  close(): void;
}

const HEADERS_LIMIT = 16 * 1024;

const SWITCHING_PROTOCOLS = 101;

interface Draft {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly chunks: Buffer[];
  isWhole: boolean;
}

/** Reads so many answers; what comes after them is left alone. */
export function createAnswerReader(expected: number): AnswerReader {
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  let mayContinue = false;
  let size = 0;
  let end: ReadingEnd | undefined;

  const parser = new HTTPParser(HTTPParser.RESPONSE);
  parser.maxHeaderSize = HEADERS_LIMIT;
  parser[HTTPParser.kOnHeadersComplete] = ({ statusCode: status, headers }) => {
    const isInterim = status < 200 && status !== SWITCHING_PROTOCOLS;
    mayContinue ||= status === 100;
    current = isInterim ? undefined : { status, headers: headersByName(headers), chunks: [], isWhole: false };
    if (current !== undefined) drafts.push(current);
  };
  parser[HTTPParser.kOnBody] = chunk => {
    current?.chunks.push(chunk);
    size += chunk.length;
    if (size > BODY_LIMIT) end ??= 'too-large';
  };
  parser[HTTPParser.kOnMessageComplete] = () => {
    if (current !== undefined) current.isWhole = true;
    if (drafts.length === expected && current !== undefined) end ??= 'answered';
    current = undefined;
  };

  return {
    get answers() {
      return drafts
        .slice(0, expected)
        .map(({ chunks, ...draft }) => ({ ...draft, body: Buffer.concat(chunks) }));
    },
    get mayContinue() {
      return mayContinue;
    },
    get end() {
      return end;
    },
    read: chunk => {
      if (end !== undefined) return;
      const outcome = parser.execute(chunk);
      if (outcome instanceof Error)
        end ??= outcome.message.includes('header size') ? 'too-large' : 'malformed';
    },
    close: () => {
      if (end === undefined) parser.finish();
    },
  };
}

/** Names and values that take turns, as one value a name. */
function headersByName(headers: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (let at = 0; at < headers.length; at += 2) {
    const name = (headers[at] ?? '').toLowerCase();
    const value = headers[at + 1] ?? '';
    values[name] = Object.hasOwn(values, name) ? `${values[name]}, ${value}` : value;
  }
  return values;
}
