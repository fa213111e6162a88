/** Recordings: files of exchanges that were made elsewhere. */

import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { isObject } from '../page/formats.ts';
import type { Secret } from '../target/redaction.ts';
import { entangle } from './entanglement.ts';
import { readHar } from './har.ts';
import { readExchange } from './json-exchanges.ts';
import { placeOfMistake } from './json-mistake.ts';
import { concernOf, type RecordedExchange, type TimedExchange } from './recording.ts';
import { secretsIn } from './secrets.ts';
import { itemsOf, type Unread } from './unread.ts';

/** Exchanges of this API, in the order in which they began. */
export interface Recording {
  readonly exchanges: readonly RecordedExchange[];
  /** Scheme, host and port of the requests, each once; none for those that have only a path. */
  readonly origins: readonly string[];
  /** How many exchanges are something else's. */
  readonly foreign: number;
  /** The credentials that the recording shows. */
  readonly secrets: readonly Secret[];
}

/** Larger files are not read. */
const MOST_MIB = 256;
const MOST_BYTES = MOST_MIB * 1024 * 1024;

/**
 * Reads the text of a file, or of standard input for `-`.
 *
 * @throws Error with one sentence that names the file
 */
export async function readRecordingText(file: string, stdin: Readable = process.stdin): Promise<string> {
  const bytes = file === '-' ? await readAll(stdin) : await readWhole(file);
  // A byte order mark is allowed in HAR.
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

async function readWhole(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) throw new Error(tooLarge());
    return await readFile(file);
  } catch (error) {
    throw new Error(`${file} ${reasonOf(error)}.`, { cause: error });
  }
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_BYTES) throw new Error(`The standard input ${tooLarge()}.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): string {
  return `is larger than ${MOST_MIB} MiB: record less at a time, or leave other services out`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory, not a file',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (REASONS[code] !== undefined) return REASONS[code];
  const message = error instanceof Error ? error.message : String(error);
  return code === '' ? message : `cannot be read: ${message}`;
}

/**
 * Reads a recording: a HAR file, one exchange, an array of exchanges, or an object with `exchanges`.
 *
 * @param name what the recording is called in an error: its file
 * @throws Error with one sentence that names the recording and the place in it
 */
export async function readRecording(text: string, name: string): Promise<Recording> {
  const value = parse(text, name);
  try {
    return await recordingFrom(value);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function recordingFrom(value: unknown): Promise<Recording> {
  if (isObject(value) && 'log' in value) {
    const { exchanges, foreign, secrets } = await readHar({ value, place: '' });
    return { exchanges: entangle(exchanges), origins: originsOf(exchanges), foreign, secrets };
  }
  const exchanges = exchangesIn(value).map(readExchange);
  const own = exchanges.filter(({ request }) => concernOf(request) !== 'foreign');
  return {
    exchanges: own.map(exchange => ({ exchange, isEntangled: false })),
    origins: originsOf(own.map(exchange => ({ exchange }))),
    foreign: exchanges.length - own.length,
    secrets: exchanges.flatMap(secretsIn),
  };
}

function originsOf(exchanges: readonly TimedExchange[]): readonly string[] {
  const urls = exchanges.map(({ exchange: { request } }) => request.url).filter(url => URL.canParse(url));
  return [...new Set(urls.map(url => new URL(url).origin))];
}

function exchangesIn(value: unknown): readonly Unread[] {
  if (Array.isArray(value)) return itemsOf({ value, place: '' });
  if (isObject(value) && 'exchanges' in value) return itemsOf({ value: value.exchanges, place: 'exchanges' });
  if (isObject(value) && 'request' in value) return [{ value, place: '' }];
  const isBody = isObject(value) && 'func_urn' in value;
  throw new Error(
    isBody
      ? 'it is no exchange; with --body it is read as the body of a 200 answer.'
      : 'it is neither a HAR file nor an exchange ({"request", "response"}), nor an array of exchanges.',
  );
}

function parse(text: string, name: string): unknown {
  if (text.trim() === '') throw new Error(`${name} is empty.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is no JSON: ${placeOfMistake(text)}.`, { cause: error });
  }
}
