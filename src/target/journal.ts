import { randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { fileTrouble } from '../words/file-trouble.ts';
import { type AskedVersion, createContents, type JournalContents } from './journal-contents.ts';
import { type JournalLine, type JournalOwner, writeLine } from './journal-lines.ts';

/**
 * The record of what a run brings about and undoes. What must be undone is with the operating system when the call
 * returns that tells of it, so that it outlives the process however that ends; that it was undone is told whether
 * or not the disk takes it.
 */
export interface Journal extends JournalContents {
  /**
   * Before a creation is sent, and once its answer names another URN than the expected one.
   *
   * @throws JournalUnwritable
   */
  created(urn: string, endpoint?: string): void;
  /**
   * The versions of a function of somebody else's, before the first publication on it.
   *
   * @throws JournalUnwritable
   */
  listed(urn: string, versions: readonly string[]): void;
  /**
   * Before a publication on a function of somebody else's; answers its id.
   *
   * @throws JournalUnwritable
   */
  publishing(urn: string, asked: AskedVersion): string;
  /**
   * Before a provider state is set up, and again with what that answered; answers its id.
   *
   * @throws JournalUnwritable
   */
  settingUp(state: string, params: Readonly<Record<string, unknown>>, id?: string): string;
  /** The creation was refused, so that there is nothing to undo. */
  refused(id: string): void;
  deleted(id: string): void;
  close(): void;
}

/** The journal cannot be written: what would have to be in it must not be sent. */
export class JournalUnwritable extends Error {
  override readonly name = 'JournalUnwritable';
}

/**
 * Opens the journal of a run: a file of JSON lines, to which it is appended; without a path, in memory.
 *
 * @throws JournalUnwritable
 */
export function openJournal(path?: string, owner?: JournalOwner): Journal {
  const file = path === undefined ? NO_FILE : fileAt(path);
  const lines = path === undefined ? [] : linesOf(path);
  return journalOf(lines, owner?.run, file, owner);
}

/**
 * Opens the journal of a run that another thread has begun.
 *
 * @throws JournalUnwritable
 */
export function joinJournal(path: string, run: string): Journal {
  return journalOf(linesOf(path), run, fileAt(path));
}

/**
 * The journal of an earlier run, which may have been killed. The file stays as it is.
 *
 * @throws Error when it cannot be read
 */
export function readJournal(path: string): Journal {
  return journalOf(linesOf(path), undefined, NO_FILE);
}

interface LineFile {
  /** @throws JournalUnwritable */
  append(line: string): void;
  close(): void;
}

const NO_FILE: LineFile = { append: () => undefined, close: () => undefined };

function fileAt(path: string): LineFile {
  const written = <Result>(write: () => Result): Result => {
    try {
      return write();
    } catch (error) {
      throw new JournalUnwritable(`The journal ${path} cannot be written: ${fileTrouble(error)}.`);
    }
  };
  const file = written(() => openSync(path, 'a', 0o600));
  // A line that was left half-written must not swallow the next one.
  let isTorn = !/(?:^|\n)$/.test(readFileSync(path, 'utf8'));
  return {
    append: line => {
      const text = `${isTorn ? '\n' : ''}${line}\n`;
      isTorn = true;
      written(() => appendFileSync(file, text));
      isTorn = false;
    },
    close: () => closeSync(file),
  };
}

/** What is written goes to the file; what is in it already is `earlier`. */
function journalOf(
  earlier: readonly string[],
  run: string = '',
  file: LineFile,
  owner?: JournalOwner,
): Journal {
  const { read, apply, ...contents } = createContents();
  for (const [index, text] of earlier.entries()) {
    if (text !== '') read(text, index + 1);
  }
  const at = (): string => new Date().toISOString();
  const tell = (line: JournalLine): void => {
    file.append(writeLine(line, run));
    apply(line);
  };
  const settle = (event: 'refused' | 'deleted', id: string): void => {
    const line = { event, id, at: at() };
    try {
      file.append(writeLine(line, run));
    } catch {
      // A full disk must not stand in the way of cleaning up.
    }
    apply(line);
  };
  if (owner !== undefined) tell({ event: 'begun', ...owner, at: at() });
  return {
    ...contents,
    created: (urn, endpoint) =>
      tell({ event: 'created', urn, ...(endpoint === undefined ? {} : { endpoint }), at: at() }),
    listed: (urn, versions) => tell({ event: 'listed', urn, versions, at: at() }),
    publishing: (urn, asked) => {
      const id = newId();
      tell({ event: 'publishing', id, urn, ...asked, at: at() });
      return id;
    },
    settingUp: (state, params, id = newId()) => {
      tell({ event: 'set up', id, state, params, at: at() });
      return id;
    },
    refused: id => settle('refused', id),
    deleted: id => settle('deleted', id),
    close: () => file.close(),
  };
}

/** Names a line that has no URN; threads that share a journal must not agree on one. */
function newId(): string {
  return randomBytes(6).toString('hex');
}

function linesOf(path: string): readonly string[] {
  return readFileSync(path, 'utf8').split('\n');
}
