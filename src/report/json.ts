import type { Report } from '../verdict/report.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { excerpt } from './printable.ts';
import { isReport } from './validators.ts';

/** The text of `report.json`. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/**
 * Writes `report.json` into the directory, whole or not at all; the directory is made when it is missing.
 *
 * @returns the path of the file
 * @throws Error with one sentence that says why the file cannot be written
 */
export async function writeReport(report: Report, dir: string): Promise<string> {
  return writeFileAtomically(dir, 'report.json', reportJson(report));
}

/**
 * Reads the text of a `report.json`.
 *
 * @throws Error with one sentence that says what is wrong with the text
 */
export function parseReport(text: string): Report {
  const value = parseJson(text);
  if (isReport(value)) return value;
  const [error] = isReport.errors ?? [];
  const place = error?.instancePath ? excerpt(error.instancePath, 200) : 'it';
  throw new Error(`This is no report of fgs-conformance: ${place} ${problemOf(error)}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('This is no report of fgs-conformance: it is not JSON.', { cause: error });
  }
}

function problemOf(error: NonNullable<typeof isReport.errors>[number] | undefined): string {
  const allowed: unknown = error?.params?.allowedValues;
  if (Array.isArray(allowed)) return `must be one of ${allowed.join(', ')}`;
  return error?.message ?? 'has another shape';
}
