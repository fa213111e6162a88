/** The file of known failures: read before a run, written after one that asks for that. */

import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { checkWritable } from '../report/atomic-file.ts';
import { UsageError } from '../run/options.ts';
import type { RunResult } from '../run/run-result.ts';
import { type BaselineEntry, baselineOf, parseBaseline } from '../verdict/baseline.ts';
import { EXIT } from './exit-codes.ts';
import { readInputFile } from './input-file.ts';
import type { RunCommandOptions } from './run-command-options.ts';

/** A baseline of a part would lose the failures of the rest. */
export async function checkBaselineUpdate(options: RunCommandOptions): Promise<void> {
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
export async function readBaseline(file: string, mayBeMissing: boolean): Promise<readonly BaselineEntry[]> {
  if (mayBeMissing && !existsSync(file)) return [];
  const text = await readInputFile(file, `--baseline ${file}`);
  return parseBaseline(text);
}

export async function updateBaselineFile(
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
