import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import type { Clause } from '../page/clause.ts';
import { ROOT } from '../run/engine.ts';
import { isWanted, type Property } from '../run/exercise.ts';
import { type OpenSuite, openSuite } from '../run/open-suite.ts';
import { collectProperties } from '../run/property.ts';
import { matchesAny } from '../verdict/globs.ts';
import type { Report, ReportedClause } from '../verdict/report.ts';
import { BASELINE_OUT_OF_DATE, CHOICES_CHANGED, failsRun } from '../verdict/verdict.ts';
import { closeWithProcess } from './close-with-process.ts';
import type { ConformanceSuiteOptions } from './conformance-suite-options.ts';

/** A target may be slow, and says so itself (`timeoutMs`). */
const NO_LIMIT = 0;

/**
 * Declares the tests of a suite, and what goes before and after them: the properties make the exchanges, and
 * each clause is a test of its own that says what they showed.
 */
export async function declareProperties(options: ConformanceSuiteOptions): Promise<void> {
  const { only = [] } = options;
  let suite: OpenSuite | undefined;
  const opened = (): OpenSuite => {
    if (suite === undefined) throw new Error('The target was not reached.');
    return suite;
  };
  let report: Report | undefined;
  // What the properties showed, once they have all been exercised.
  const reported = (): Report => {
    report ??= opened().report();
    return report;
  };
  let stopListening: (() => void) | undefined;
  beforeAll(async () => {
    suite = await openSuite({ ...options, watcher: { onBegin: tellJournal } });
    stopListening = closeWithProcess(suite);
  }, NO_LIMIT);
  afterAll(async () => {
    await suite?.close();
    stopListening?.();
  }, NO_LIMIT);
  for (const property of await packagedProperties()) declareExercise(property, only, opened);
  const wanted = clauses.filter(({ id, level }) => level !== 'informative' && isAskedFor(id, only));
  for (const clause of wanted) declareClause(clause, options, reported);
  test('the run says something of the target', () => {
    const { summary } = reported();
    const isOfClauses = ![BASELINE_OUT_OF_DATE, CHOICES_CHANGED].some(why => summary.reason.includes(why));
    if (summary.verdict === 'inconclusive' || !isOfClauses)
      throw new Error(`${summary.verdict}: ${summary.reason}`);
  });
}

function isAskedFor(id: string, only: readonly string[]): boolean {
  return only.length === 0 || matchesAny(only, id);
}

/** Makes the exchanges of a property. What they show is told by the clauses. */
function declareExercise(property: Property, only: readonly string[], opened: () => OpenSuite): void {
  test(`asking: ${property.title}`, async ({ signal, skip }) => {
    if (!isWanted(property, only)) skip('no clause of it was asked for');
    const { evidence, obstacle, shortfall, error } = await opened().exercise(property, signal);
    if (error !== undefined) throw error;
    if (evidence.exchanges === 0) skip(shortfall ?? obstacle ?? whyNothingOf(property, opened().report()));
  });
}

/** Why the clauses that a property is there for were not exercised. */
function whyNothingOf({ exercises }: Property, { clauses }: Report): string {
  const reasons = clauses
    .filter(({ id }) => exercises.some(prefix => id.startsWith(prefix)))
    .flatMap(({ reason }) => reason ?? []);
  return [...new Set(reasons)].join('; ') || 'others show what it would';
}

/** Fails when the clause was broken and counts; what was not exercised is skipped, with the reason. */
function declareClause(
  { id, title }: Clause,
  { failOn = 'required', baseline = [] }: ConformanceSuiteOptions,
  reported: () => Report,
): void {
  test(`${id}: ${title}`, ({ skip }) => {
    const clause = reported().clauses.find(each => each.id === id);
    if (clause === undefined || clause.verdict === 'not-exercised') return skip(clause?.reason);
    if (clause.verdict === 'pass') return;
    const told = failureInWords(clause);
    if (failsRun(clause, failOn)) throw new Error(told);
    const why = baseline.find(entry => entry.id === id)?.reason;
    skip(clause.known ? `known failure: ${why}` : `only ${clause.level}: ${told}`);
  });
}

function tellJournal(path: string): void {
  process.stderr.write(`fgs-conformance: what is created is written down in ${path}\n`);
}

function failureInWords({ id, level, findings: [first] }: ReportedClause): string {
  return [`✗ ${id}  ${level}`, first?.message, first?.reproduce].filter(Boolean).join('\n  ');
}

let properties: Promise<readonly Property[]> | undefined;

/** The properties of this package. Their files are read once, whatever number of suites is declared. */
function packagedProperties(): Promise<readonly Property[]> {
  properties ??= readProperties();
  return properties;
}

async function readProperties(): Promise<readonly Property[]> {
  const extension = import.meta.url.endsWith('.js') ? 'js' : 'ts';
  const all = new URL(`properties/all.${extension}`, pathToFileURL(ROOT));
  return collectProperties(() => import(/* @vite-ignore */ all.href));
}
