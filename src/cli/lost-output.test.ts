/** The built command line, with nobody to read what it prints. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseReport } from '../report/index.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** What a line of bash with the command line in it prints, and the exit code of that: "ended 0". */
async function bash(line: string) {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-lost-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { PATH } = process.env;
  const script = `exec 3>&1; fgs() { "${process.execPath}" "${MAIN}" "$@"; echo "ended $?" >&3; }; ${line}`;
  const printed = await new Promise<string>(resolve => {
    execFile('bash', ['-c', script], { cwd: folder, env: { PATH } }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  return { printed, folder };
}

test.each([
  ['a reader that stops after a line', 'fgs clauses --format json | head -1 >&2'],
  ['a reader that never reads', 'fgs clauses --format json | true'],
  ['no stderr', 'fgs clauses --format json 2>&- >/dev/null'],
])('%s changes nothing, and is not told', async (_, line) => {
  const { printed } = await bash(line);
  expect(printed).toContain('ended 0');
  expect(printed).not.toContain('fgs-conformance: ');
});

test('a run whose reader went away has its verdict and its report, and leaves nothing behind', async () => {
  const { printed, folder } = await bash('fgs run --profile smoke 2>&1 | head -1');
  expect(printed).toContain('ended 0');
  const report = parseReport(await readFile(join(folder, 'fgs-report', 'report.json'), 'utf8'));
  expect(report.summary.verdict).toBe('conformant');
  expect((await readdir(join(folder, 'fgs-report'))).filter(name => name.includes('journal'))).toEqual([]);
});

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  test('fails a command that does nothing but print, in a sentence', async () => {
    const { printed } = await bash('fgs clauses --format json >/dev/full');
    expect(printed).toMatch(/^ended 2$/m);
    expect(printed).toMatch(/^fgs-conformance: what is printed is lost: the disk is full\.$/im);
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test('is told by a run, whose exit code is that of its verdict', async () => {
    const { printed } = await bash('fgs run --profile smoke >/dev/full');
    expect(printed).toMatch(/^ended 0$/m);
    expect(printed).toContain('fgs-conformance: what is printed is lost: ');
  });
});
