import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { jsonObjectIn } from '../page/formats.ts';

/** Something that was created and must be deleted. Holds no secret. */
export interface JournalEntry {
  /** Of a function, without version; or of a version that does not go with a function of the suite's own. */
  readonly urn: string;
  /** The endpoint that it was created at. */
  readonly endpoint?: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The record of creations and deletions of a run. Every call is on the disk when it returns. */
export interface Journal {
  /** Before a creation is sent, and once its answer names another URN than the expected one. */
  created(urn: string, endpoint?: string): void;
  /** After a creation that the target refused: there is nothing to delete. */
  refused(urn: string): void;
  deleted(urn: string): void;
  /** What was created and is not deleted, latest first. */
  pending(): readonly JournalEntry[];
  close(): void;
}

type Event = 'created' | 'refused' | 'deleted';

/** One line of the file. */
interface Line extends JournalEntry {
  readonly event: Event;
}

/**
 * A journal in a file of JSON lines, to which it is appended; without a path, in memory.
 *
 * @throws Error when the file cannot be written
 */
export function openJournal(path?: string): Journal {
  const file = path === undefined ? undefined : openSync(path, 'a');
  // A line that an earlier, killed run left half-written must not swallow the first one of this run.
  if (file !== undefined && path !== undefined && !endsInLineFeed(path)) writeSync(file, '\n');
  const append = (line: Line) => {
    if (file === undefined) return;
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  };
  const earlier = path === undefined ? [] : linesOf(path);
  return journalOf(earlier, append, () => {
    if (file !== undefined) closeSync(file);
  });
}

/**
 * The journal of an earlier run, which may have been killed: a half-written last line is left out.
 * Deletions are appended to it, so that cleaning up again finds nothing left.
 *
 * @throws Error when there is no such file
 */
export function readJournal(path: string): Journal {
  readFileSync(path);
  return openJournal(path);
}

function journalOf(earlier: readonly Line[], append: (line: Line) => void, close: () => void): Journal {
  const entries = new Map<string, JournalEntry>();
  const apply = ({ event, ...entry }: Line) => {
    entries.delete(entry.urn);
    if (event === 'created') entries.set(entry.urn, entry);
  };
  for (const line of earlier) apply(line);
  const record = (event: Event, urn: string, endpoint?: string) => {
    const at = new Date().toISOString();
    const line: Line = { event, urn, at, ...(endpoint === undefined ? {} : { endpoint }) };
    append(line);
    apply(line);
  };
  return {
    created: (urn, endpoint) => record('created', urn, endpoint),
    refused: urn => record('refused', urn),
    deleted: urn => record('deleted', urn),
    pending: () => [...entries.values()].reverse(),
    close,
  };
}

function endsInLineFeed(path: string): boolean {
  const bytes = readFileSync(path);
  return bytes.length === 0 || bytes.at(-1) === '\n'.charCodeAt(0);
}

function linesOf(path: string): readonly Line[] {
  return readFileSync(path, 'utf8').split('\n').flatMap(readLine);
}

function readLine(text: string): readonly Line[] {
  const { event, urn, at, endpoint } = jsonObjectIn(text) ?? {};
  if (event !== 'created' && event !== 'refused' && event !== 'deleted') return [];
  if (typeof urn !== 'string' || typeof at !== 'string') return [];
  return [{ event, urn, at, ...(typeof endpoint === 'string' ? { endpoint } : {}) }];
}
