/**
 * That no honest server is blamed: the suite against the mock server as it is and in each of its conforming dresses,
 * with seeds by chance; and each run's own recording, judged. Every required or recommended finding is a false alarm.
 *
 *     npm run honest                              each once
 *     npm run honest -- --times 20 --seed 7       20 times, with the seeds that follow from 7
 *     npm run honest -- plain gzip                those whose names contain "plain" or "gzip"
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { dresses, startMock } from '../src/mock/index.ts';
import { clauses } from '../src/page/catalogue.ts';
import { harReport } from '../src/report/har.ts';
import { run } from '../src/run/run.ts';
import { judgeRecording, openRecording } from '../src/traffic/index.ts';
import { createEvidence, type EvidenceData } from '../src/verdict/evidence.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '1' }, seed: { type: 'string' } },
});
const times = Number(values.times);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const seeds = fc.sample(fc.noBias(fc.nat(2 ** 31 - 1)), { seed, numRuns: times });

/** The mock server without a dress. */
const PLAIN = 'plain';

const names = [PLAIN, ...dresses.map(({ name }) => name)].filter(
  name => positionals.length === 0 || positionals.some(part => name.includes(part)),
);

const counted = clauses.filter(({ level }) => level !== 'informative').map(({ id }) => id);

function brokenIn({ clauses: seen }: EvidenceData): readonly string[] {
  return counted.flatMap(id => {
    const [finding] = seen[id]?.findings ?? [];
    return finding === undefined ? [] : [`${id}: ${finding.message}`];
  });
}

/** What the recording is found to break. */
async function judged(har: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-honest-'));
  const file = join(folder, 'report.har');
  await writeFile(file, har);
  const recording = await openRecording(file);
  try {
    const evidence = createEvidence(clauses.map(({ id }) => id));
    await judgeRecording(recording, { evidence });
    return brokenIn(evidence.take());
  } finally {
    await recording.close();
    await rm(folder, { recursive: true });
  }
}

/** What is said against a server in this dress, in its run and of its recording. */
async function alarmsOf(name: string, runSeed: number): Promise<readonly string[]> {
  const mock = await startMock(name === PLAIN ? {} : { dress: name });
  try {
    const { report, exchanges } = await run({
      ...mock,
      endpoint: mock.url,
      seed: runSeed,
      keepExchanges: true,
    });
    const inRun = report.clauses
      .filter(({ verdict, level }) => verdict === 'fail' && level !== 'informative')
      .map(({ id, findings }) => `run: ${id}: ${findings[0]?.message ?? ''}`);
    const isConformant = report.summary.verdict === 'conformant';
    const verdict = isConformant ? [] : [`run: ${report.summary.verdict}: ${report.summary.reason}`];
    const ofRecording = await judged(harReport(report, exchanges));
    return [...inRun, ...verdict, ...ofRecording.map(said => `recording: ${said}`)];
  } finally {
    await mock.close();
  }
}

process.stdout.write(`${names.length} servers, ${times} times each; --seed ${seed}\n`);
let alarms = 0;
for (const name of names) {
  let alarmed = 0;
  for (const runSeed of seeds) {
    const said = await alarmsOf(name, runSeed);
    if (said.length > 0) alarmed++;
    for (const alarm of said) process.stdout.write(`  ${name}, --seed ${runSeed}: ${alarm}\n`);
  }
  alarms += alarmed;
  process.stdout.write(`${alarmed === 0 ? '✓' : '✗'} ${name.padEnd(32)} ${times - alarmed} of ${times}\n`);
}
process.stdout.write(`runs: ${names.length * times}, with a false alarm: ${alarms}\n`);
process.exitCode = alarms === 0 ? 0 : 1;
