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

/** Whether to write colours: what the environment says, else whether a person reads. */
export function isColoured(stream: { readonly isTTY?: boolean }): boolean {
  const { FORCE_COLOR, NO_COLOR } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && !NO_COLOR;
}

/** What fits the terminal that is written to. */
export function terminalOptions(): { readonly colour: boolean; readonly width: number } {
  return { colour: isColoured(process.stdout), width: process.stdout.columns ?? widthSaid() };
}

/** Where there is no terminal, the environment may say how wide the reader's is. */
function widthSaid(): number {
  const columns = Number(process.env.COLUMNS);
  return Number.isInteger(columns) && columns > 0 ? columns : 80;
}

/** Makes sure, before anything is sent, that the report can be written. */
export async function checkOut({ out, reporter: names = [] }: ReportOutput): Promise<void> {
  const { checkWritable, reporters } = await import('../report/index.ts');
  await checkWritable(out, ['report.json', ...names.flatMap(name => reporters[name]?.file ?? [])]);
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
  // stdout is JSON alone when it is asked for.
  const told = names.includes('json') ? process.stderr : process.stdout;
  const { annotations, problem } = await tellGithub(report, process.env);
  told.write(annotations);
  if (problem !== undefined) process.stderr.write(`${problem}\n`);
  for (const file of files) told.write(`report: ${file}\n`);
}
