import { readFile } from 'node:fs/promises';
import { UsageError } from '../run/usage-error.ts';
import type { Report } from '../verdict/report.ts';

/**
 * Reads a report.json.
 *
 * @throws UsageError when it cannot be read or is no report
 */
export async function readReport(file: string): Promise<Report> {
  const { parseReport } = await import('../report/index.ts');
  try {
    return parseReport(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}
