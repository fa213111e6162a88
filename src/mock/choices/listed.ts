/** Ways of listing versions. */

import { isObject } from '../../page/formats.ts';
import type { Answer } from '../answer.ts';
import type { Call, Hooks } from '../call.ts';
import type { JsonObject } from '../json-object.ts';

type Entries = readonly JsonObject[];

/** Entries of a page. */
const FEW = 2;

/** A list cut to a few entries, whatever was asked for. */
export const inPages: Hooks = { answer: (answer, call) => pageOfFew(answer, call, () => ({})) };

/** Likewise, with the number of entries of the page in place of that of all. */
export const inCountedPages: Hooks = {
  answer: (answer, call) => pageOfFew(answer, call, count => ({ count })),
};

function pageOfFew(
  answer: Answer,
  { operation, query }: Call,
  around: (entries: number) => JsonObject,
): Answer {
  const { body } = answer;
  if (operation !== 'list versions' || !isObject(body) || !Array.isArray(body.versions)) return answer;
  const versions = body.versions.slice(0, FEW);
  const next_marker = Number(query.marker ?? 0) + versions.length;
  return { ...answer, body: { ...body, versions, next_marker, ...around(versions.length) } };
}

function isLatest({ version }: JsonObject): boolean {
  return version === 'latest';
}

/** The entries of a list but `latest`. */
export function withoutLatest(entries: Entries): Entries {
  return entries.filter(entry => !isLatest(entry));
}

/** The entries of a list with `latest` before them. */
export function latestFirst(entries: Entries): Entries {
  return [...entries.filter(isLatest), ...withoutLatest(entries)];
}

/** The entries of a list with `latest` after them. */
export function latestLast(entries: Entries): Entries {
  return [...withoutLatest(entries), ...entries.filter(isLatest)];
}
