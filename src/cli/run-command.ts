import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { checkWritable } from '../report/atomic-file.ts';
import { printable } from '../report/printable.ts';
import { checkRunOptions, UsageError } from '../run/options.ts';
import { profiles } from '../run/profiles.ts';
import type { RunResult } from '../run/run-result.ts';
import { type BaselineEntry, baselineOf, parseBaseline } from '../verdict/baseline.ts';
import { EXIT } from './exit-codes.ts';
import { readChoices, tellChoices } from './expected-choices.ts';
import { readInputFile } from './input-file.ts';
import { printPlan } from './plan.ts';
import { readCertificates } from './read-certificates.ts';
import { readResources } from './read-resources.ts';
import { replaying, tellReplay } from './replay.ts';
import { checkOut, putOut } from './report-output.ts';
import type { RunCommandOptions } from './run-command-options.ts';
import { type Interruption, interruptible } from './signals.ts';

/** Runs the suite, prints what was found, and sets the exit code. */
export async function runCommand(given: RunCommandOptions): Promise<void> {
  const replayed = given.replay === undefined ? undefined : await replaying(given, given.replay);
  const options = replayed?.options ?? given;
  const {
    timeout,
    cacert,
    baseline,
    updateBaseline = false,
    dryRun = false,
    replay: _replay,
    expectChoices,
    resources: named,
    out,
    reporter,
    ...others
  } = options;
  checkRunOptions(others);
  const resources = named === undefined ? {} : { resources: await readResources(named) };
  const rest = { ...others, ...resources };
  if (updateBaseline) await checkBaselineUpdate(options);
  const known = baseline === undefined ? [] : await readBaseline(baseline, updateBaseline);
  const expectedChoices = expectChoices === undefined ? undefined : await readChoices(expectChoices);
  const trusted = cacert === undefined ? {} : { cacert: await readCertificates(cacert) };
  if (dryRun) return printPlan(options, rest);
  await checkOut(options);
  // Bad options are told without waiting for what a run needs.
  const [{ run }, { createProgress }] = await Promise.all([
    import('../run/run.ts'),
    import('../report/progress.ts'),
  ]);
  const progress = createProgress(process.stderr);
  const expected = expectedExchanges(options);
  const startedAt = Date.now();
  const keepExchanges = reporter?.includes('har') ?? false;
  const interruption = interruptible();
  try {
    const result = await run({
      ...rest,
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
      ...trusted,
      ...(expectedChoices === undefined ? {} : { expectChoices: expectedChoices }),
      ...(updateBaseline ? {} : { baseline: known }),
      keepExchanges,
      signal: interruption.signal,
      watcher: {
        onBegin: path => tellJournal(path, interruption, rest.endpoint),
        onProgress: (theme, exchanges, failing) => {
          progress.update({ theme, exchanges, expected, failing, elapsedMs: Date.now() - startedAt });
          // What is needed at the end is loaded while the target is waited for.
          void import('../report/index.ts');
        },
        onEnded: progress.ended,
      },
    });
    progress.done();
    // Before anything is printed: nobody may be left to read it.
    process.exitCode = exitCodeOf(result);
    await putOut(result.report, { out, reporter }, keepExchanges ? result.exchanges : undefined);
    if (replayed !== undefined) tellReplay(replayed.report, result.report, reporter);
    if (expectChoices !== undefined) tellChoices(expectChoices, expectedChoices, result.report);
    printRemaining(result);
    if (updateBaseline && baseline !== undefined) await updateBaselineFile(baseline, known, result);
  } finally {
    progress.done();
    interruption.release();
  }
}

/** The exchanges that a whole run of the profile makes; 0 for a part of it, which nobody has counted. */
function expectedExchanges({ profile = 'standard', only, shard, maxRequests }: RunCommandOptions): number {
  if (only !== undefined || shard !== undefined) return 0;
  const { usualExchanges } = profiles[profile];
  return Math.min(usualExchanges, maxRequests ?? usualExchanges);
}

/** A baseline of a part would lose the failures of the rest. */
async function checkBaselineUpdate(options: RunCommandOptions): Promise<void> {
  const { baseline, only, shard, replay, profile } = options;
  if (baseline === undefined) throw new UsageError('--update-baseline needs --baseline: the file to write.');
  const filters = { '--replay': replay, '--only': only, '--shard': shard };
  const given = Object.entries(filters).find(([, value]) => value !== undefined);
  if (given !== undefined)
    throw new UsageError(`--update-baseline needs a complete run: leave ${given[0]} out.`);
  if (profile === 'smoke')
    throw new UsageError(
      '--update-baseline needs a complete run, not --profile smoke, which is a part of one.',
    );
  await checkWritable(dirname(baseline), [basename(baseline)]);
}

/** A baseline that is about to be written need not be there yet. */
async function readBaseline(file: string, mayBeMissing: boolean): Promise<readonly BaselineEntry[]> {
  if (mayBeMissing && !existsSync(file)) return [];
  const text = await readInputFile(file, `--baseline ${file}`);
  return parseBaseline(text);
}

async function updateBaselineFile(
  file: string,
  had: readonly BaselineEntry[],
  result: RunResult,
): Promise<void> {
  if (!result.isComplete) {
    throw new UsageError(
      '--update-baseline needs a complete run: not interrupted, and within its budget (--max-requests).',
    );
  }
  const entries = baselineOf(result.report, had);
  const { writeFileAtomically } = await import('../report/index.ts');
  await writeFileAtomically(dirname(file), basename(file), `${JSON.stringify(entries, null, 2)}\n`);
  process.stderr.write(`baseline: ${entries.length} known failures written to ${file}\n`);
  process.exitCode = result.remaining.length > 0 ? EXIT.inconclusive : EXIT.conformant;
}

/** The embedded mock server keeps nothing: there is nothing to clean up when it is gone. */
export function tellJournal(path: string, interruption: Interruption, endpoint: string | undefined): void {
  if (endpoint === undefined) return;
  interruption.journalAt(path);
  process.stderr.write(`journal: ${path}\n`);
}

/** To stderr, since stdout may be read by a program. */
function printRemaining({ remaining, kept, journalPath }: RunResult): void {
  if (remaining.length === 0 && kept === undefined) return;
  const lines = [
    ...(kept === undefined ? [] : [`kept: ${kept}`]),
    ...(remaining.length === 0 ? [] : [`not deleted (${remaining.length}):`]),
    ...byReason(remaining),
    `delete them with: fgs-conformance cleanup --journal ${journalPath}`,
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** A reason that many things share is told once. */
function byReason(remaining: RunResult['remaining']): readonly string[] {
  const urns = new Map<string, string[]>();
  for (const { urn, why } of remaining) urns.set(why, [...(urns.get(why) ?? []), urn]);
  return [...urns].flatMap(([why, those]) => [
    `  ${printable(why)}`,
    ...those.map(urn => `    ${printable(urn)}`),
  ]);
}

/** What was left behind turns a conformant run into an inconclusive one. */
export function exitCodeOf({ report, remaining, wasInterrupted }: RunResult): number {
  if (wasInterrupted) return EXIT.interrupted;
  const code = EXIT[report.summary.verdict];
  return code === EXIT.conformant && remaining.length > 0 ? EXIT.inconclusive : code;
}
