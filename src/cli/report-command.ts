import { readFile } from 'node:fs/promises';
import { diffJson, parseReport, reporters, terminalDiff } from '../report/index.ts';
import { UsageError } from '../run/options.ts';
import { diffReports } from '../verdict/diff.ts';
import { mergeReports } from '../verdict/merge.ts';
import type { Report } from '../verdict/report.ts';
import { EXIT } from './exit-codes.ts';
import { putOut, terminalOptions } from './report-output.ts';

async function read(file: string): Promise<Report> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  try {
    return parseReport(text);
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Prints a report in another form. */
export async function renderCommand(file: string, { format }: { readonly format: string }): Promise<void> {
  const report = await read(file);
  process.stdout.write(reporters[format]?.render(report, terminalOptions()) ?? '');
}

/** Prints how two reports differ; newly failing clauses make exit code 1. */
export async function diffCommand(
  before: string,
  after: string,
  { format }: { readonly format: 'terminal' | 'json' },
): Promise<void> {
  const diff = diffReports(await read(before), await read(after));
  process.stdout.write(format === 'json' ? diffJson(diff) : terminalDiff(diff, terminalOptions()));
  process.exitCode = diff.newlyFailing.length > 0 ? EXIT.nonconformant : EXIT.conformant;
}

/** Puts the reports of shards together; the exit code is that of the whole. */
export async function mergeCommand(
  files: readonly string[],
  { out }: { readonly out: string },
): Promise<void> {
  const report = mergeReports(await Promise.all(files.map(read)));
  await putOut(report, { out });
  process.exitCode = EXIT[report.summary.verdict];
}
