import { printable } from '../report/printable.ts';
import { checkRunOptions, type RunOptions } from '../run/options.ts';
import { profiles } from '../run/profiles.ts';
import type { RunResult } from '../run/run-result.ts';
import { checkBaselineUpdate, readBaseline, updateBaselineFile } from './baseline-file.ts';
import { EXIT } from './exit-codes.ts';
import { readChoices, tellChoices } from './expected-choices.ts';
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
  const runOptions = await readRunOptions(options);
  // It rehearses on a mock server, which a run of a target has no use for.
  if (options.dryRun === true) return (await import('./plan.ts')).printPlan(options, runOptions);
  await checkOut(options);
  const { out, reporter, baseline, updateBaseline = false, expectChoices } = options;
  const keepExchanges = reporter?.includes('har') ?? false;
  const interruption = interruptible();
  try {
    const known = updateBaseline ? { ...runOptions, baseline: [] } : runOptions;
    const result = await runWithProgress(
      { ...known, keepExchanges },
      interruption,
      expectedExchanges(options),
    );
    // Before anything is printed: nobody may be left to read it.
    process.exitCode = exitCodeOf(result);
    await putOut(result.report, { out, reporter }, keepExchanges ? result.exchanges : undefined);
    if (replayed !== undefined) tellReplay(replayed.report, result.report, reporter);
    if (expectChoices !== undefined) tellChoices(expectChoices, runOptions.expectChoices, result.report);
    printRemaining(result);
    if (updateBaseline && baseline !== undefined)
      await updateBaselineFile(baseline, runOptions.baseline ?? [], result);
  } finally {
    interruption.release();
  }
}

/**
 * The options of the run, with what its files hold.
 *
 * @throws UsageError when an option is wrong or a file cannot be used
 */
async function readRunOptions(options: RunCommandOptions): Promise<RunOptions> {
  const { timeout, cacert, baseline, updateBaseline = false, expectChoices, resources, ...others } = options;
  const { dryRun: _dryRun, replay: _replay, out: _out, reporter: _reporter, ...direct } = others;
  checkRunOptions(direct);
  const resourcesRead = resources === undefined ? {} : { resources: await readResources(resources) };
  if (updateBaseline) await checkBaselineUpdate(options);
  return {
    ...direct,
    ...resourcesRead,
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(baseline === undefined ? {} : { baseline: await readBaseline(baseline, updateBaseline) }),
    ...(expectChoices === undefined ? {} : { expectChoices: await readChoices(expectChoices) }),
    ...(cacert === undefined ? {} : { cacert: await readCertificates(cacert) }),
  };
}

/** Runs the suite, and shows on stderr how far it is. */
async function runWithProgress(
  options: RunOptions,
  interruption: Interruption,
  expected: number,
): Promise<RunResult> {
  // Bad options are told without waiting for what a run needs.
  const [{ run }, { createProgress }] = await Promise.all([
    import('../run/run.ts'),
    import('../report/progress.ts'),
  ]);
  const progress = createProgress(process.stderr);
  const startedAt = Date.now();
  try {
    return await run({
      ...options,
      signal: interruption.signal,
      watcher: {
        onBegin: path => tellJournal(path, interruption, options.endpoint),
        onProgress: (theme, exchanges, failing) => {
          progress.update({ theme, exchanges, expected, failing, elapsedMs: Date.now() - startedAt });
          // What is needed at the end is loaded while the target is waited for.
          void import('../report/index.ts');
        },
        onEnded: progress.ended,
      },
    });
  } finally {
    progress.done();
  }
}

/** The exchanges that a whole run of the profile makes; 0 for a part of it, which nobody has counted. */
function expectedExchanges({ profile = 'standard', only, shard, maxRequests }: RunCommandOptions): number {
  if (only !== undefined || shard !== undefined) return 0;
  const { usualExchanges } = profiles[profile];
  return Math.min(usualExchanges, maxRequests ?? usualExchanges);
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
