/** Recordings: files of exchanges that were made elsewhere. */

import { overlapsOf } from '../judge/overlap.ts';
import { isObject } from '../page/formats.ts';
import { bodiesIn } from './bodies-beside.ts';
import { harExchange, withStrippedCredentials } from './har.ts';
import {
  ALONE,
  firstCharacter,
  isHarEntry,
  itemsOf,
  JsonMistake,
  NestedTooDeeply,
  NotUtf8,
  placeOf,
  type RecordedItem,
} from './items.ts';
import { readExchange } from './json-exchanges.ts';
import type { RecordedExchange } from './recording.ts';
import type { SecretKeeper } from './secrets.ts';
import { openSource, repaired, type Source } from './source.ts';
import { createSurvey, type Found, isTimed } from './survey.ts';
import { arrayFrom, memberOf } from './unread.ts';

/** A recording that was looked through once. */
export interface Recording {
  /** Scheme, host and port of the requests, when all have the same. */
  readonly origin: string | undefined;
  /** How many exchanges are something else's. */
  readonly foreign: number;
  /** How many are of operations of this API that are not judged and change nothing. */
  readonly unjudged: number;
  /** How many items cannot be read as an exchange, and why the first of them cannot. */
  readonly broken: number;
  readonly firstMistake: string | undefined;
  /** The credentials that the recording shows. */
  readonly secrets: SecretKeeper;
  /** Exchanges of this API, in the order in which they began. */
  exchanges(): AsyncIterable<RecordedExchange>;
  close(): Promise<void>;
}

/**
 * Opens a recording, of any size: a HAR file, one exchange, an array of exchanges, or an object with `exchanges`.
 * Looks through all of it, and keeps no more than where its exchanges stand.
 *
 * @param file `-` for the standard input
 * @throws Error with one sentence that names the file and the place in it
 */
export async function openRecording(file: string, stdin?: AsyncIterable<Uint8Array>): Promise<Recording> {
  const name = file === '-' ? 'the standard input' : file;
  let source = await openSource(file, stdin);
  try {
    if ((await firstCharacter(source)) === undefined) throw new Error(`${name} is empty.`);
    try {
      return await recordingIn(source, name);
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
      source = await repaired(source);
      return await recordingIn(source, name);
    }
  } catch (error) {
    await source.close();
    if (error instanceof JsonMistake)
      throw new Error(`${name} is no JSON: ${error.message}.`, { cause: error });
    if (error instanceof NestedTooDeeply) throw new Error(`${name}: ${error.message}.`, { cause: error });
    throw error;
  }
}

async function recordingIn(source: Source, name: string): Promise<Recording> {
  const survey = createSurvey(bodiesIn(source.folder));
  let isSingle = true;
  for await (const item of itemsOf(source)) {
    isSingle = false;
    await survey.look(item);
  }
  if (isSingle) for (const item of await singleItemIn(source, name)) await survey.look(item);
  const { found, origins, foreign, unjudged, broken, firstMistake, areStripped } = survey.end();
  // A HAR file holds what a recorder made of it; the suite's own form is written by its user.
  const isUsersMistake = found.length + foreign + unjudged === 0 && firstMistake?.isHarEntry === false;
  if (isUsersMistake) throw new Error(`${name}: ${firstMistake.message}`);
  return {
    origin: origins.size === 1 ? [...origins][0] : undefined,
    foreign,
    unjudged,
    broken,
    firstMistake: firstMistake?.message,
    secrets: survey.secrets,
    exchanges: () => exchangesAt(source, found, areStripped),
    close: () => source.close(),
  };
}

/** Larger files hold more than one exchange. */
const MOST_SINGLE_BYTES = 64 * 1024 * 1024;

/** A recording without a list: one exchange, or none at all. */
async function singleItemIn(source: Source, name: string): Promise<readonly RecordedItem[]> {
  const neither =
    'it is neither a HAR file nor an exchange ({"request", "response"}), nor an array of exchanges.';
  if (source.size > MOST_SINGLE_BYTES) throw new Error(`${name}: ${neither}`);
  const value: unknown = JSON.parse((await source.read(0, source.size)).toString());
  const isEmptyList = Array.isArray(value) || listIn(value, name) !== undefined;
  if (isEmptyList) return [];
  if (isObject(value) && 'request' in value) {
    return [{ value, list: '', index: ALONE, at: 0, length: source.size }];
  }
  const isBody = isObject(value) && 'func_urn' in value;
  throw new Error(
    `${name}: ${isBody ? 'it is no exchange; with --body it is read as the body of a 200 answer.' : neither}`,
  );
}

function listIn(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  try {
    const root = { value, place: '' };
    if ('log' in value) return arrayFrom(memberOf(memberOf(root, 'log'), 'entries'));
    return 'exchanges' in value ? arrayFrom(memberOf(root, 'exchanges')) : undefined;
  } catch (error) {
    throw new Error(`${name}: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Reads exchanges again, one at a time. */
async function* exchangesAt(
  source: Source,
  found: readonly Found[],
  areStripped: boolean,
): AsyncIterable<RecordedExchange> {
  const beside = bodiesIn(source.folder);
  const overlaps = found.every(isTimed) ? overlapsOf(found) : [];
  for (const [index, item] of found.entries()) {
    const value: unknown = JSON.parse((await source.read(item.at, item.length)).toString());
    const place = placeOf(item);
    const recorded = isHarEntry(item)
      ? withStrippedCredentials(await harExchange({ value, place }, beside), areStripped)
      : { exchange: readExchange({ value, place }) };
    yield { ...recorded, overlap: overlaps[index] ?? 'nothing' };
  }
}
