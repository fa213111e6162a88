import { readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a run writes its journal unless it is told otherwise. */
export function journalPathOf(runId: string): string {
  return join(tmpdir(), `fgs-conformance-${runId}.jsonl`);
}

const JOURNAL_NAME = /^fgs-conformance-[0-9a-z]+\.jsonl$/;

/** The journals of this user's runs that are there, oldest first. */
export function findJournalFiles(): readonly string[] {
  const folder = tmpdir();
  const names = readdirSync(folder).filter(name => JOURNAL_NAME.test(name));
  return names
    .sort()
    .map(name => join(folder, name))
    .filter(isOwn);
}

function isOwn(path: string): boolean {
  const uid = process.getuid?.();
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && (uid === undefined || stats.uid === uid);
}

/** Whether the process with this id is there, as far as one may know. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
