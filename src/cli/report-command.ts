import { diffJson, htmlDiff, reporters, terminalDiff } from '../report/index.ts';
import { diffReports } from '../verdict/diff.ts';
import { mergeReports } from '../verdict/merge.ts';
import { EXIT } from './exit-codes.ts';
import { readReport } from './read-report.ts';
import { checkOut, putOut, terminalOptions } from './report-output.ts';

/** Prints a report in another form. */
export async function renderCommand(file: string, { format }: { readonly format: string }): Promise<void> {
  const report = await readReport(file);
  process.stdout.write(reporters[format]?.render(report, terminalOptions()) ?? '');
}

/** Prints how two reports differ; newly failing clauses make exit code 1. */
export async function diffCommand(
  before: string,
  after: string,
  { format }: { readonly format: 'terminal' | 'json' | 'html' },
): Promise<void> {
  const [old, now] = await Promise.all([readReport(before), readReport(after)]);
  const diff = diffReports(old, now);
  const forms = {
    terminal: () => terminalDiff(diff, terminalOptions()),
    json: () => diffJson(diff),
    html: () => htmlDiff(old, now, diff),
  };
  process.stdout.write(forms[format]());
  process.exitCode = diff.newlyFailing.length > 0 ? EXIT.nonconformant : EXIT.conformant;
}

/** Puts the reports of shards together; the exit code is that of the whole. */
export async function mergeCommand(
  files: readonly string[],
  { out }: { readonly out: string },
): Promise<void> {
  await checkOut({ out });
  const report = mergeReports(await Promise.all(files.map(readReport)));
  await putOut(report, { out });
  process.exitCode = EXIT[report.summary.verdict];
}
