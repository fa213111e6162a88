/**
 * The kill matrix: the suite against the mock server with each of its faults, and in each of its conforming
 * dresses. A fault is killed when a clause that it breaks fails; a dress must pass.
 *
 *     npm run matrix                 all of them
 *     npm run matrix -- snapshot     faults and dresses whose names contain "snapshot"
 *     npm run matrix -- --mutants 100 --seed 1
 *                                    mutations of the mock server in their place, as many by chance
 */

import { parseArgs } from 'node:util';
import { dresses, type Fault, faults, startMock } from '../src/mock/index.ts';
import { clauses } from '../src/page/catalogue.ts';
import type { Resources } from '../src/page/resources.ts';
import { inParallel } from '../src/run/explore.ts';
import { run } from '../src/run/run.ts';
import type { Report } from '../src/verdict/report.ts';
import { runMutants } from './mutants/run-mutants.ts';
import { type Played, playScripts, type Server } from './scripts.ts';

const { values: asked, positionals } = parseArgs({
  options: { mutants: { type: 'boolean' }, seed: { type: 'string' } },
  allowPositionals: true,
});
/** Parts of the names of what is asked for; none: everything. */
const wanted = positionals;
const MUTANTS = 100;
const SEED = 1;
const AT_A_TIME = 2;
/** Servers that hang on purpose are not waited for as long as others. */
const TIMEOUT_MS = 2000;

interface Row {
  readonly name: string;
  /** Clauses that the fault breaks; none for a dress. */
  readonly breaks: readonly string[];
  /** Required and recommended clauses that failed. */
  readonly failed: readonly string[];
  readonly isKilled: boolean;
  readonly milliseconds: number;
  readonly crash?: string;
  /** What came of the scripts of its findings. */
  readonly scripts: readonly Played[];
}

/** Who may do what on the servers that scripts are played against. */
const IDENTITY = { projectId: 'matrix', token: 'token-of-the-matrix', forbiddenToken: 'forbidden-token' };

/** What exists on each server: refusing it is a finding, and what a fault is about then. */
const EXISTING: Resources = {
  enterprise_project_id: '0',
  image: 'swr.region.example.com/matrix/function:1',
  dependencies: ['dependency-of-the-matrix'],
  log: { group_id: 'group-of-the-matrix', stream_id: 'stream-of-the-matrix' },
};

async function reportOn(options: {
  fault?: string;
  dress?: string;
}): Promise<{ readonly report: Report; readonly scripts: readonly Played[] }> {
  const mock = await startMock({ ...options, ...IDENTITY });
  const known = options.fault === undefined ? {} : { resources: EXISTING };
  const report = await run({ ...mock, endpoint: mock.url, seed: SEED, timeoutMs: TIMEOUT_MS, ...known })
    .then(result => result.report)
    .finally(() => mock.close());
  const server: Server = { ...options, ...IDENTITY, url: mock.url };
  return { report, scripts: options.fault === undefined ? [] : await playScripts(report, server) };
}

async function rowOf(
  name: string,
  breaks: readonly string[],
  options: { fault?: string; dress?: string },
): Promise<Row> {
  const begun = performance.now();
  try {
    const { report, scripts } = await reportOn(options);
    const failed = report.clauses
      .filter(({ verdict, level }) => verdict === 'fail' && level !== 'informative')
      .map(({ id }) => id);
    const isKilled = breaks.some(id => failed.includes(id));
    return { name, breaks, failed, isKilled, scripts, milliseconds: performance.now() - begun };
  } catch (error) {
    const crash = error instanceof Error ? error.message : String(error);
    const milliseconds = performance.now() - begun;
    return { name, breaks, failed: [], isKilled: false, milliseconds, crash, scripts: [] };
  }
}

function subjectOf(id: string): string {
  return id.slice(0, id.lastIndexOf('.'));
}

function print({ name, breaks, failed, isKilled, milliseconds, crash, scripts }: Row): void {
  const isDress = breaks.length === 0;
  const isRight = isDress ? failed.length === 0 && crash === undefined : isKilled;
  const others = failed.filter(id => !breaks.includes(id));
  const mark = isRight ? '✓' : '✗';
  const said = crash === undefined ? `${failed.length} failing` : `crashed: ${crash}`;
  const also =
    others.length === 0
      ? ''
      : `  also: ${others.slice(0, 6).join(', ')}${others.length > 6 ? ` +${others.length - 6}` : ''}`;
  process.stdout.write(
    `${mark} ${name.padEnd(60)} ${said.padEnd(12)} ${Math.round(milliseconds)} ms${also}\n`,
  );
  for (const { clause, message, isReproduced, isDoubtful, left } of scripts) {
    const why = isDoubtful ? 'not reproduced, and says why' : 'not reproduced, silently';
    if (!isReproduced) process.stdout.write(`    ${why}: ${clause}: ${message}\n`);
    if (left.length > 0) process.stdout.write(`    left by the script of ${clause}: ${left.join(', ')}\n`);
  }
}

/** What a clause is about is named right when every failing clause has the fault's subject, or the fault says so. */
function summary(rows: readonly Row[], chosen: readonly Fault[]): string {
  const faultRows = rows.filter(({ breaks }) => breaks.length > 0);
  const dressRows = rows.filter(({ breaks }) => breaks.length === 0);
  const scripts = rows.flatMap(row => row.scripts);
  const unshown = scripts.filter(({ isReproduced }) => !isReproduced);
  const silent = unshown.filter(({ isDoubtful }) => !isDoubtful);
  const killed = faultRows.filter(({ isKilled }) => isKilled);
  const named = faultRows.filter(({ breaks, failed }) =>
    failed.some(id => subjectOf(id) === subjectOf(breaks[0] ?? '')),
  );
  const counts = faultRows.map(({ failed }) => failed.length).sort((a, b) => a - b);
  const alarms = dressRows.filter(({ failed, crash }) => failed.length > 0 || crash !== undefined);
  const broken = new Set(chosen.map(({ breaks }) => breaks[0]));
  const unbroken = clauses.filter(({ id, level }) => level !== 'informative' && !broken.has(id));
  return [
    `faults: ${faultRows.length}, killed: ${killed.length}, right subject named: ${named.length}`,
    `failing clauses a fault, median: ${counts[Math.floor(counts.length / 2)] ?? 0}`,
    `findings: ${scripts.length}, reproduced by their scripts: ${scripts.filter(({ isReproduced }) => isReproduced).length}, saying why not: ${unshown.length - silent.length}, silent: ${silent.length}`,
    `dresses: ${dressRows.length}, false alarms: ${alarms.length}`,
    ...(wanted.length > 0
      ? []
      : [`clauses without a fault: ${unbroken.map(({ id }) => id).join(', ') || 'none'}`]),
  ].join('\n');
}

const isWanted = (name: string): boolean => wanted.length === 0 || wanted.some(part => name.includes(part));
const chosenFaults = faults.filter(({ name }) => isWanted(name));
const jobs = [
  ...chosenFaults.map(({ name, breaks }) => ({ name, breaks, options: { fault: name } })),
  ...dresses
    .filter(({ name }) => isWanted(name))
    .map(({ name }) => ({ name: `dress ${name}`, breaks: [], options: { dress: name } })),
];

async function runMatrix(): Promise<void> {
  const rows: Row[] = [];
  await inParallel(jobs, AT_A_TIME, async ({ name, breaks, options }) => {
    const row = await rowOf(name, breaks, options);
    rows.push(row);
    print(row);
  });
  process.stdout.write(`\n${summary(rows, chosenFaults)}\n`);
  const isRight = rows.every(({ breaks, isKilled, failed, crash, scripts }) =>
    breaks.length > 0
      ? isKilled && scripts.every(({ isReproduced, isDoubtful }) => isReproduced || isDoubtful)
      : failed.length === 0 && crash === undefined,
  );
  process.exitCode = isRight ? 0 : 1;
}

if (asked.mutants === true) await runMutants(Number(positionals[0] ?? MUTANTS), Number(asked.seed ?? SEED));
else await runMatrix();
