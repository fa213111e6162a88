import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/run/run.ts';
import { type Mutant, mutantsOfMock, sampleOf } from './mutants.ts';

const SERVER = fileURLToPath(new URL('mutated-mock.js', import.meta.url));
const IDENTITY = { projectId: 'matrix', token: 'token-of-the-matrix', forbiddenToken: 'forbidden-token' };
const SEED = 1;
const TIMEOUT_MS = 2000;
/** A server that does not listen by then does not begin at all. */
const START_MS = 20_000;

/** So many clauses may be out of reach once, when a connection was lost. */
const FEW = 2;

interface Listening {
  readonly url: string;
  readonly statesUrl: string;
}

/** What became of a mutant: the clauses that failed, or why nothing could be asked; nothing when it survived. */
type Fate = string | undefined;

/**
 * Runs the suite against a sample of the mutants of the mock server, and prints what became of each. A survivor is
 * for a reader to judge: the page may allow it, nobody may see it, or the suite should have.
 */
export async function runMutants(count: number, seed: number): Promise<void> {
  const all = mutantsOfMock();
  const chosen = sampleOf(all, count, seed);
  const survivors: Mutant[] = [];
  process.stdout.write(`${all.length} mutants of the mock server; ${chosen.length} of them, seed ${seed}\n`);
  for (const mutant of chosen) {
    const fate = await fateOf(mutant);
    if (fate === undefined) survivors.push(mutant);
    process.stdout.write(`${inWords(mutant, fate)}\n`);
  }
  const killed = chosen.length - survivors.length;
  process.stdout.write(`\nmutants: ${chosen.length}, killed: ${killed}, survived: ${survivors.length}\n`);
  for (const mutant of survivors) process.stdout.write(`${inWords(mutant, undefined)}\n`);
}

function inWords({ place, before, after }: Mutant, fate: Fate): string {
  const said = fate === undefined ? '' : `    ${fate}`;
  return `${fate === undefined ? 'survived' : 'killed  '} ${place.padEnd(40)} ${before} -> ${after === '' ? '(nothing)' : after}${said}`;
}

async function fateOf(mutant: Mutant): Promise<Fate> {
  const child = fork(SERVER, { silent: true });
  try {
    const server = await begin(child, mutant);
    if (server === undefined) return 'it does not begin';
    const { url: endpoint, statesUrl } = server;
    const { report } = await run({ ...IDENTITY, endpoint, statesUrl, seed: SEED, timeoutMs: TIMEOUT_MS });
    const failed = report.clauses.filter(
      ({ verdict, level }) => verdict === 'fail' && level !== 'informative',
    );
    if (failed.length > 0) {
      const more = failed.length > 1 ? ` +${failed.length - 1}` : '';
      return `${failed[0]?.id}${more}`;
    }
    if (report.summary.verdict === 'inconclusive') return report.summary.reason;
    const open = report.clauses.filter(({ verdict }) => verdict === 'not-exercised');
    return open.length > FEW ? `${open.length} clauses not exercised: ${open[0]?.reason}` : undefined;
  } catch (error) {
    return `the run ended: ${error instanceof Error ? error.message : error}`;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Waits for the server to listen; `undefined` when it never does. */
function begin(child: ChildProcess, { url, source }: Mutant): Promise<Listening | undefined> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(undefined), START_MS);
    const end = (listening: Listening | undefined): void => {
      clearTimeout(timer);
      resolve(listening);
    };
    child.once('message', message => end(message as Listening));
    child.once('exit', () => end(undefined));
    child.send({ mutant: { url, source }, options: IDENTITY });
  });
}
