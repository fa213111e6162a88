import { isObject } from '../page/formats.ts';
import { placeOfMistake } from '../words/json-mistake.ts';
import { matchesGlob } from './globs.ts';
import type { Report, ReportedClause } from './report.ts';

/** A failure that is known: as long as it fails as described, it does not fail the run. */
export interface BaselineEntry {
  /** Id of the clause. */
  readonly id: string;
  /** Why it is accepted for now. */
  readonly reason: string;
  /** What a finding says; `*` stands for any characters. Without it any finding will do. */
  readonly message?: string;
  readonly link?: string;
  /** A date, `2026-12-31`: from the day after, the entry fails the run. */
  readonly expires?: string;
}

/** A bad baseline: says which entry, and what is wrong with it. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
}

const MEMBERS = new Set(['id', 'reason', 'message', 'link', 'expires']);

/**
 * Reads a baseline.
 *
 * @throws BaselineError when the text is no JSON list of entries
 */
export function parseBaseline(text: string): readonly BaselineEntry[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BaselineError(`The baseline is no JSON: ${placeOfMistake(text)}.`);
  }
  if (!Array.isArray(value)) throw new BaselineError('The baseline must be a JSON list of entries.');
  return value.map(readEntry);
}

function readEntry(value: unknown, index: number): BaselineEntry {
  const place = `Entry ${index + 1} of the baseline`;
  if (!isObject(value)) throw new BaselineError(`${place} must be an object with "id" and "reason".`);
  const { id, reason, message, link, expires } = value;
  if (typeof id !== 'string' || id === '') throw new BaselineError(`${place} has no "id".`);
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw new BaselineError(`${place} (${id}) has no "reason": say why the failure is accepted.`);
  }
  const unknown = Object.keys(value).find(name => !MEMBERS.has(name));
  if (unknown !== undefined)
    throw new BaselineError(`${place} (${id}) has "${unknown}", which is no member of an entry.`);
  for (const [name, text] of Object.entries({ message, link, expires })) {
    if (text !== undefined && typeof text !== 'string')
      throw new BaselineError(`${place} (${id}): "${name}" must be a text.`);
  }
  if (typeof expires === 'string' && !/^\d{4}-\d{2}-\d{2}$/.test(expires)) {
    throw new BaselineError(`${place} (${id}): "expires" must be a date such as 2026-12-31.`);
  }
  return {
    id,
    reason,
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof link === 'string' ? { link } : {}),
    ...(typeof expires === 'string' ? { expires } : {}),
  };
}

/** Verdicts in the light of a baseline. */
export interface Compared {
  readonly clauses: readonly ReportedClause[];
  /** What has rotted, as sentences: each fails the run. */
  readonly rotten: readonly string[];
}

/**
 * Marks known failures, and names the entries that no longer say what happens.
 *
 * @param today `YYYY-MM-DD`
 */
export function applyBaseline(
  clauses: readonly ReportedClause[],
  baseline: readonly BaselineEntry[],
  today: string,
): Compared {
  const rotten = baseline.flatMap(entry => {
    const problem = problemOf(entry, clauses, today);
    return problem === undefined ? [] : [`${entry.id} ${problem}`];
  });
  const isKnown = (clause: ReportedClause): boolean =>
    baseline.some(entry => entry.id === clause.id && problemOf(entry, clauses, today) === undefined);
  return {
    rotten,
    clauses: clauses.map(clause =>
      clause.verdict === 'fail' && isKnown(clause) ? { ...clause, known: true } : clause,
    ),
  };
}

function problemOf(
  { id, message, expires }: BaselineEntry,
  clauses: readonly ReportedClause[],
  today: string,
): string | undefined {
  const clause = clauses.find(each => each.id === id);
  if (clause === undefined) return 'is listed in the baseline, but no clause of this run has that id';
  if ((expires ?? today) < today) return `is listed in the baseline until ${expires}`;
  if (clause.verdict === 'pass') return 'is listed in the baseline, but passes now: take it out';
  if (
    clause.verdict === 'fail' &&
    message !== undefined &&
    !clause.findings.some(finding => matchesGlob(message, finding.message))
  ) {
    return `fails otherwise than the baseline says: ${clause.findings[0]?.message}`;
  }
  return undefined;
}

/** Parts of a message that differ from run to run: names of the suite, version names, digests, times. */
const RUN_SPECIFIC = /fgsc[-_][0-9a-z_-]+|v\d{8}-\d{6}|[0-9a-fA-F]{16,}|\d{4}-\d{2}-\d{2}[ T][0-9:.]+\S*/g;

/** A baseline of everything that fails in the report, to be given reasons by a person. */
export function baselineOf(report: Report, had: readonly BaselineEntry[] = []): readonly BaselineEntry[] {
  return report.clauses
    .filter(({ verdict, level }) => verdict === 'fail' && level !== 'informative')
    .map(({ id, findings }) => {
      const before = had.find(entry => entry.id === id);
      const message = findings[0]?.message.replaceAll(RUN_SPECIFIC, '*');
      return {
        ...before,
        id,
        reason: before?.reason ?? 'Known when the baseline was written; say why it is accepted.',
        ...(message === undefined ? {} : { message }),
      };
    });
}
