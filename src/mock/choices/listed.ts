/** Ways of listing versions. */

import { isObject } from '../../page/formats.ts';
import type { Hooks } from '../call.ts';
import type { JsonObject } from '../json-object.ts';

type Entries = readonly JsonObject[];

/** Entries of a page. */
const FEW = 2;

/** A list cut to a few entries, whatever was asked for. */
export const inPages: Hooks = {
  answer: (answer, { operation, query }) => {
    const { body } = answer;
    if (operation !== 'list versions' || !isObject(body) || !Array.isArray(body.versions)) return answer;
    const versions = body.versions.slice(0, FEW);
    return {
      ...answer,
      body: { ...body, versions, next_marker: Number(query.marker ?? 0) + versions.length },
    };
  },
};

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
