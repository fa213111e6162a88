import { printable } from '../report/printable.ts';
import { UsageError } from '../run/usage-error.ts';
import { changedChoices, changeInWords, comparableChoices, seenChoices } from '../verdict/choice-changes.ts';
import type { Report, ReportedChoice } from '../verdict/report.ts';
import { readReport } from './read-report.ts';

/**
 * Reads the choices of a report.
 *
 * @throws UsageError when it cannot be read, is no report, or holds no choices
 */
export async function readChoices(file: string): Promise<readonly ReportedChoice[]> {
  const { choices = [] } = await readReport(file);
  if (seenChoices(choices).length > 0) return choices;
  throw new UsageError(`${file}: The report holds no choices. A run of this version writes one that does.`);
}

/** Says what the target chooses otherwise, a line a choice. To stderr, since stdout may be read by a program. */
export function tellChoices(
  file: string,
  expected: readonly ReportedChoice[] | undefined,
  { choices }: Report,
): void {
  const changed = changedChoices(expected, choices);
  const compared = comparableChoices(expected, choices);
  const lines = changed.map(change => `choice changed: ${printable(changeInWords(change))}`);
  const same = `choices: ${compared - changed.length} of ${seenChoices(expected).length} as in ${file}`;
  process.stderr.write(`${[...lines, same].join('\n')}\n`);
}
