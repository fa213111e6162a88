import { readFile } from 'node:fs/promises';
import { createProgress, terminalReport, writeReport } from '../report/index.ts';
import { type RunOptions, UsageError } from '../run/options.ts';
import { profiles } from '../run/profiles.ts';
import { type RunResult, run } from '../run/run.ts';
import { EXIT } from './exit-codes.ts';
import { interruptible } from './signals.ts';

/** The options of `run` as the command line gives them. */
export interface RunCommandOptions extends Omit<RunOptions, 'timeoutMs' | 'cacert' | 'signal' | 'watcher'> {
  readonly timeout?: number;
  /** A file. */
  readonly cacert?: string;
  readonly out: string;
  readonly reporter?: readonly string[];
}

/** Runs the suite, prints what was found, and sets the exit code. */
export async function runCommand(options: RunCommandOptions): Promise<void> {
  const { timeout, cacert, out, reporter = ['terminal'], ...rest } = options;
  const progress = createProgress(process.stderr);
  const budget = options.maxRequests ?? profiles[options.profile ?? 'standard'].maxRequests;
  const interruption = interruptible();
  try {
    const result = await run({
      ...rest,
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
      ...(cacert === undefined ? {} : { cacert: await readCertificates(cacert) }),
      signal: interruption.signal,
      watcher: {
        onProgress: (theme, exchanges, failing) => progress.update({ theme, exchanges, budget, failing }),
      },
    });
    progress.done();
    const file = await writeReport(result.report, out);
    print(result, reporter, file);
    process.exitCode = exitCodeOf(result);
  } finally {
    progress.done();
    interruption.release();
  }
}

async function readCertificates(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `--cacert ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function print(
  { report, remaining, journalPath }: RunResult,
  reporters: readonly string[],
  file: string,
): void {
  if (reporters.includes('json')) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (!reporters.includes('terminal')) return;
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  process.stdout.write(terminalReport(report, { colour, width: process.stdout.columns ?? 80 }));
  process.stdout.write(`report: ${file}\n`);
  if (remaining.length === 0) return;
  process.stdout.write(`not deleted (${remaining.length}):\n`);
  for (const { urn, why } of remaining) process.stdout.write(`  ${urn}: ${why}\n`);
  process.stdout.write(`delete them with: fgs-conformance cleanup --journal ${journalPath}\n`);
}

/** What was left behind turns a conformant run into an inconclusive one. */
export function exitCodeOf({ report, remaining, wasInterrupted }: RunResult): number {
  if (wasInterrupted) return EXIT.interrupted;
  const code = EXIT[report.summary.verdict];
  return code === EXIT.conformant && remaining.length > 0 ? EXIT.inconclusive : code;
}
