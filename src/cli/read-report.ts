import { UsageError } from '../run/usage-error.ts';
import type { Report } from '../verdict/report.ts';
import { readInputFile } from './input-file.ts';

/**
 * Reads a report.json.
 *
 * @throws UsageError when it cannot be read or is no report
 */
export async function readReport(file: string): Promise<Report> {
  const { parseReport } = await import('../report/index.ts');
  const text = await readInputFile(file);
  try {
    return parseReport(text);
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}
