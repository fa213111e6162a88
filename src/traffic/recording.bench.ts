/**
 * What reading and judging a recording costs, beside `JSON.parse` of the same file: once as a browser records, three
 * entries of four being something else's, and once of this API alone. The rate in MB/s is MEGABYTES times the operations a second.
 */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import { createEvidence } from '../verdict/evidence.ts';
import { judgeRecording } from './judge-recording.ts';
import { openRecording } from './read-recording.ts';
import { entry, exchange, har, publication } from './recordings.test.support.ts';

const MEGABYTES = 20;

const folder = await mkdtemp(join(tmpdir(), 'fgs-recording-bench-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const script = entry(
  exchange('GET', '/assets/app.js', 200, { answered: 'function a() { return "x"; }\n'.repeat(400) }),
);

/** A file of this size, of entries in turn. */
async function recordingOf(name: string, ...entries: readonly unknown[]): Promise<string> {
  const one = JSON.stringify(entries).length;
  const times = Math.round((MEGABYTES * 1_000_000) / one);
  const file = join(folder, name);
  await writeFile(file, har(...Array.from({ length: times }, () => entries).flat()));
  return file;
}

async function judgeFile(file: string): Promise<void> {
  const recording = await openRecording(file);
  await judgeRecording(recording, { evidence: createEvidence(clauses.map(({ id }) => id)) });
  await recording.close();
}

const how = { iterations: 3, time: 0, warmupIterations: 1, warmupTime: 0 };

for (const [name, entries] of [
  ['as a browser records', [script, script, script, entry(publication())]],
  ['of this API alone', [entry(publication())]],
] as const) {
  const file = await recordingOf(`${name}.har`, ...entries);
  describe(`a recording of ${MEGABYTES} MB, ${name}`, () => {
    bench('JSON.parse', async () => void JSON.parse(await readFile(file, 'utf8')), how);
    bench('judge', () => judgeFile(file), how);
  });
}
