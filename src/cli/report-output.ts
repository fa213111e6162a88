import type { Exchange } from '../page/exchange.ts';
import type { Report } from '../verdict/report.ts';
import type { FailOn } from '../verdict/verdict.ts';

/** How a report is put out. */
export interface ReportOutput {
  /** A folder. */
  readonly out: string;
  /** Names of reporters; `terminal` when there are none. */
  readonly reporter?: readonly string[] | undefined;
  readonly failOn?: FailOn;
}

/** What fits the terminal that is written to. */
export function terminalOptions(): { readonly colour: boolean; readonly width: number } {
  return {
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    width: process.stdout.columns ?? 80,
  };
}

/**
 * Writes report.json and the other forms that were asked for, and prints those that have no file.
 *
 * @param exchanges everything that was exchanged, when it was kept
 */
export async function putOut(
  report: Report,
  { out, reporter: names = ['terminal'] }: ReportOutput,
  exchanges?: readonly Exchange[],
): Promise<void> {
  const { reporters, tellGithub, writeFileAtomically, writeReport } = await import('../report/index.ts');
  const files = [await writeReport(report, out)];
  for (const name of names) {
    const reporter = reporters[name];
    if (reporter === undefined) continue;
    const text = reporter.render(report, terminalOptions(), exchanges);
    // report.json is there already: asked for by name, it is for a program that reads along.
    if (reporter.file === undefined || name === 'json') process.stdout.write(text);
    else files.push(await writeFileAtomically(out, reporter.file, text));
  }
  process.stdout.write(await tellGithub(report, process.env));
  // stdout is JSON alone when it is asked for.
  const told = names.includes('json') ? process.stderr : process.stdout;
  for (const file of files) told.write(`report: ${file}\n`);
}
