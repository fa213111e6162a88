import { readFile } from 'node:fs/promises';
import { UsageError } from '../run/usage-error.ts';
import { textOf } from '../traffic/text-encoding.ts';
import type { Report } from '../verdict/report.ts';

/**
 * Reads a report.json.
 *
 * @throws UsageError when it cannot be read or is no report
 */
export async function readReport(file: string): Promise<Report> {
  const { parseReport } = await import('../report/index.ts');
  try {
    return parseReport(textOf(await readFile(file)));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}
