import { type Answer, ok } from './answer.ts';
import type { Call } from './call.ts';
import { through } from './hooks.ts';
import type { JsonObject } from './json-object.ts';
import { namedIn } from './named-function.ts';
import { refusal } from './refusals.ts';

/** Entries of a page when the request does not say. */
const PAGE_SIZE = 400;

interface Page {
  readonly entries: readonly JsonObject[];
  readonly next_marker: number;
  readonly count: number;
}

/**
 * A page of a list: `marker` is the index to start from, `next_marker` the index after the last entry, so a
 * list is at its end when `next_marker` is not less than `count`.
 */
function pageOf(all: readonly JsonObject[], { query }: Call): Page {
  const marker = whole(query, 'marker', 0);
  const size = whole(query, 'maxitems', PAGE_SIZE) || PAGE_SIZE;
  const entries = all.slice(marker, marker + size);
  return { entries, next_marker: Math.min(marker + entries.length, all.length), count: all.length };
}

function whole(query: Call['query'], name: string, otherwise: number): number {
  const value = query[name];
  if (value === undefined || value === '') return otherwise;
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value);
  throw refusal(400, 'FSS.1001', `${name} is not a whole number`);
}

/** The versions of a function: `latest`, then the published ones, oldest first. */
export function listVersions(call: Call): Answer {
  const { fn } = namedIn(call);
  const published = fn.versions.map(({ name, reported }) => ({ ...reported, func_urn: `${fn.urn}:${name}` }));
  const all = through(
    call.service.hooks.map(hook => hook.versions),
    [{ ...fn.reported, func_urn: `${fn.urn}:latest` }, ...published],
    call,
  );
  const { entries, ...rest } = pageOf(all, call);
  return ok({ versions: entries, ...rest });
}

/** The functions of the project, `latest` of each. */
export function listFunctions(call: Call): Answer {
  const all = call.service.store.all().map(fn => ({ ...fn.reported, func_urn: `${fn.urn}:latest` }));
  const { entries, ...rest } = pageOf(all, call);
  return ok({ functions: entries, ...rest });
}
