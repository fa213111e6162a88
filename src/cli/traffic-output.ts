import type { Report } from '../verdict/report.ts';
import { EXIT } from './exit-codes.ts';

/** How a report on traffic is put out. */
export interface TrafficOutput {
  readonly out: string;
  readonly reporter?: readonly string[];
  readonly failOn?: 'required' | 'recommended';
}

/** Writes and prints the report, and sets the exit code. */
export async function putOut(report: Report, { out, reporter = ['terminal'] }: TrafficOutput): Promise<void> {
  const { terminalReport, writeReport } = await import('../report/index.ts');
  const file = await writeReport(report, out);
  const terminal = {
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    width: process.stdout.columns ?? 80,
  };
  if (reporter.includes('json')) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (reporter.includes('terminal')) {
    process.stdout.write(`${terminalReport(report, terminal)}report: ${file}\n`);
  }
  process.exitCode = EXIT[report.summary.verdict];
}
