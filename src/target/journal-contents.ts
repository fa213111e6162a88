import { parseUrnParameter } from '../page/urn.ts';
import { type JournalLine, type JournalOwner, readLine } from './journal-lines.ts';

/** Something that was brought about, or may have been, and must be undone. Holds no secret. */
export type JournalEntry = {
  /** What it is known by in the journal: its URN, or an id of its own. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** The endpoint that it was created at. */
  readonly endpoint?: string;
} & (
  | {
      /** A function of the suite's, or a version of a function of somebody else's. */
      readonly kind: 'function' | 'version';
      readonly urn: string;
    }
  | ({
      /** A publication on a function of somebody else's whose outcome is not known. */
      readonly kind: 'publication';
      readonly urn: string;
    } & AskedVersion)
  | {
      readonly kind: 'state';
      readonly state: string;
      readonly params: Readonly<Record<string, unknown>>;
    }
);

/** What a publication asks for, by which its version is known again. */
export interface AskedVersion {
  readonly version?: string;
  readonly description?: string;
}

/** What the lines of a journal come to. */
export interface JournalContents {
  /** What is to be undone, latest first. */
  pending(): readonly JournalEntry[];
  /** The versions that functions of somebody else's had before the run published on them, by URN. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  /** URNs of the functions that were created or may have been, deleted ones included; not those that were refused. */
  readonly functions: ReadonlySet<string>;
  /** URNs of the versions that were published on such functions, deleted ones included. */
  readonly versions: ReadonlySet<string>;
  /** Where something was created, deleted things included. */
  readonly endpoints: ReadonlySet<string>;
  /** The runs that wrote it. */
  readonly owners: readonly JournalOwner[];
  /** What of the file is not believed, and why, one a line. */
  readonly problems: readonly string[];
}

/** Contents that lines are added to, as they are read or written. */
export function createContents(): JournalContents & {
  apply(line: JournalLine): void;
  read(text: string, lineNumber: number): void;
} {
  const entries = new Map<string, JournalEntry>();
  const before = new Map<string, ReadonlySet<string>>();
  const functions = new Set<string>();
  const versions = new Set<string>();
  const endpoints = new Set<string>();
  const owners: JournalOwner[] = [];
  const problems: string[] = [];

  const pend = (entry: JournalEntry): void => {
    const endpoint = entry.endpoint ?? owners.at(-1)?.endpoint;
    if (endpoint !== undefined) endpoints.add(endpoint);
    // What is created once more is the latest.
    entries.delete(entry.id);
    entries.set(entry.id, endpoint === undefined ? entry : { ...entry, endpoint });
  };
  const apply = (line: JournalLine): void => {
    switch (line.event) {
      case 'begun':
        owners.push(line);
        endpoints.add(line.endpoint);
        break;
      case 'listed':
        before.set(line.urn, new Set(line.versions));
        break;
      case 'created': {
        const isVersion = parseUrnParameter(line.urn)?.qualifier !== undefined;
        (isVersion ? versions : functions).add(line.urn);
        pend({ ...line, id: line.urn, kind: isVersion ? 'version' : 'function' });
        break;
      }
      case 'publishing':
        pend({ ...line, kind: 'publication' });
        break;
      case 'set up':
        pend({ ...line, kind: 'state' });
        break;
      case 'refused':
        functions.delete(line.id);
        entries.delete(line.id);
        break;
      case 'deleted':
        entries.delete(line.id);
    }
  };
  return {
    apply,
    read(text, lineNumber) {
      const read = readLine(text, owners.at(-1)?.run);
      if ('line' in read) apply(read.line);
      else problems.push(`line ${lineNumber} ${read.problem}`);
    },
    pending: () => [...entries.values()].reverse(),
    before,
    functions,
    versions,
    endpoints,
    owners,
    problems,
  };
}
