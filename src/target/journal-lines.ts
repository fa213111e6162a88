/** The lines of a journal: how they are written, and what of them is believed when they are read. */

import { createHash } from 'node:crypto';
import { isObject, jsonObjectIn } from '../page/formats.ts';
import { parseUrnParameter } from '../page/urn.ts';
import { isNameOfSuite } from './names.ts';

/** Members of a request or an answer. */
type Members = Readonly<Record<string, unknown>>;

/** Who writes a journal, and where what is created is. Holds no secret. */
export interface JournalOwner {
  /** The id of the run, which is part of the names of its functions. */
  readonly run: string;
  readonly endpoint: string;
  readonly projectId?: string;
  /** Where provider states are torn down. */
  readonly statesUrl?: string;
  /** The process that runs, for as long as it does. */
  readonly pid?: number;
}

/** One line of a journal. */
export type JournalLine = { readonly at: string } & (
  | ({ readonly event: 'begun' } & JournalOwner)
  /** A function, or a version of a function that is not the suite's own, that is or may be there. */
  | { readonly event: 'created'; readonly urn: string; readonly endpoint?: string }
  /** The versions that a function of somebody else had before the run published on it. */
  | { readonly event: 'listed'; readonly urn: string; readonly versions: readonly string[] }
  /** A publication on a function of somebody else, before it is sent. */
  | {
      readonly event: 'publishing';
      readonly id: string;
      readonly urn: string;
      readonly version?: string;
      readonly description?: string;
    }
  /** A provider state, before it is set up, and again with what the setup answered. */
  | { readonly event: 'set up'; readonly id: string; readonly state: string; readonly params: Members }
  /** There was nothing to undo; `id` is a URN or that of an earlier line. */
  | { readonly event: 'refused'; readonly id: string }
  /** It was undone. */
  | { readonly event: 'deleted'; readonly id: string }
);

/** A line, or why it is not believed. */
export type ReadLine = { readonly line: JournalLine } | { readonly problem: string };

/** A line as it is in the file: signed, so that what a run wrote is known again. */
export function writeLine(line: JournalLine, run: string): string {
  const text = JSON.stringify(line);
  return `${text.slice(0, -1)},"signed":"${signature(text, run)}"}`;
}

/**
 * Reads a line. What it says is only believed when it cannot do harm: a function has a name of the suite's, and
 * all else is signed by the run.
 *
 * @param run the id of the run that wrote the lines before, if any did
 */
export function readLine(text: string, run: string | undefined): ReadLine {
  const { signed, ...members } = jsonObjectIn(text) ?? {};
  const line = lineOf(members);
  if (line === undefined) return { problem: 'cannot be read' };
  const isSigned =
    signed === signature(JSON.stringify(members), line.event === 'begun' ? line.run : (run ?? ''));
  if (signed !== undefined && !isSigned) return { problem: 'was changed after it was written' };
  if (line.event === 'created' && isFunctionOfSuite(line.urn)) return { line };
  if (line.event === 'created' && !isSigned)
    return { problem: `names ${line.urn}, which is not the suite’s` };
  const isHarmless = line.event === 'deleted' || line.event === 'refused';
  return isSigned || isHarmless ? { line } : { problem: 'is not signed by a run' };
}

/** Proves no more than that the line is as it was written: no secret is needed to make it. */
function signature(text: string, run: string): string {
  return createHash('sha256').update(`${run}\n${text}`).digest('hex').slice(0, 16);
}

function isFunctionOfSuite(text: string): boolean {
  const urn = parseUrnParameter(text);
  return urn !== undefined && urn.qualifier === undefined && isNameOfSuite(urn.name);
}

/** The members of a line when they have their types; of a URN it is asked that it names a function. */
function lineOf(members: Members): JournalLine | undefined {
  const { event, at, id, urn, endpoint, run, state, params, versions } = members;
  if (typeof at !== 'string') return undefined;
  switch (event) {
    case 'begun':
      if (typeof run !== 'string' || typeof endpoint !== 'string') return undefined;
      return { at, event, run, endpoint, ...textsOf(members, ['projectId', 'statesUrl']), ...pidOf(members) };
    case 'created':
      return isUrn(urn)
        ? { at, event, urn, ...(typeof endpoint === 'string' ? { endpoint } : {}) }
        : undefined;
    case 'listed':
      return isUrn(urn) && isTexts(versions) ? { at, event, urn, versions } : undefined;
    case 'publishing':
      if (!isUrn(urn) || typeof id !== 'string') return undefined;
      return { at, event, id, urn, ...textsOf(members, ['version', 'description']) };
    case 'set up':
      if (typeof id !== 'string' || typeof state !== 'string' || !isObject(params)) return undefined;
      return { at, event, id, state, params };
    case 'refused':
    case 'deleted': {
      // Journals of earlier versions name what is gone by its URN.
      const gone = id ?? urn;
      return typeof gone === 'string' ? { at, event, id: gone } : undefined;
    }
    default:
      return undefined;
  }
}

function isUrn(value: unknown): value is string {
  return typeof value === 'string' && parseUrnParameter(value) !== undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}

function textsOf<Name extends string>(members: Members, names: readonly Name[]): { [name in Name]?: string } {
  const given = names.filter(name => typeof members[name] === 'string');
  return Object.fromEntries(given.map(name => [name, members[name]])) as { [name in Name]?: string };
}

function pidOf({ pid }: Members): { readonly pid?: number } {
  return typeof pid === 'number' && Number.isSafeInteger(pid) ? { pid } : {};
}
