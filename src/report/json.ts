import type { Report } from '../verdict/report.ts';
import { expectReport } from '../verdict/report-argument.ts';
import { expectArgument } from '../words/arguments.ts';
import { schemaTrouble } from '../words/schema-trouble.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { excerpt } from './printable.ts';
import { REPORT_SCHEMA_VERSION } from './report-schema.ts';
import { isReport } from './validators.ts';

const checkReport = expectReport('reportJson');

/** The text of `report.json`. */
export function reportJson(report: Report): string {
  checkReport(report);
  return `${JSON.stringify({ schemaVersion: REPORT_SCHEMA_VERSION, ...report }, null, 2)}\n`;
}

/**
 * Writes `report.json` into the directory, whole or not at all; the directory is made when it is missing.
 *
 * @returns the path of the file
 * @throws Error with one sentence that says why the file cannot be written
 */
export async function writeReport(report: Report, dir: string): Promise<string> {
  checkFolder(dir);
  return writeFileAtomically(dir, 'report.json', reportJson(report));
}

/** The version is the file's, which is written with the current one again. */
function withoutVersion({
  schemaVersion: _version,
  ...report
}: Report & { schemaVersion?: unknown }): Report {
  return report;
}

const checkText = expectArgument({
  call: 'parseReport',
  name: 'text',
  example: 'the text of a report.json',
  schema: { type: 'string' },
});

const checkFolder = expectArgument({
  call: 'writeReport',
  name: 'dir',
  example: 'a report and the folder to write it into',
  schema: { type: 'string' },
});

/**
 * Reads the text of a `report.json`.
 *
 * @throws Error with one sentence that says what is wrong with the text
 */
export function parseReport(text: string): Report {
  checkText(text);
  const value = parseJson(text);
  if (isReport(value)) return withoutVersion(value);
  const [error] = isReport.errors ?? [];
  const place = error?.instancePath ? excerpt(error.instancePath, 200) : 'it';
  const trouble = error === undefined ? 'has another shape' : excerpt(schemaTrouble(error), 200);
  throw new Error(`This is no report of fgs-conformance: ${place} ${trouble}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error('This is no report of fgs-conformance: it is not JSON.', { cause: error });
  }
}
