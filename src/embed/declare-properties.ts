import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, test } from 'vitest';
import { ROOT } from '../run/engine.ts';
import { failOnBroken, isWanted, type Property } from '../run/exercise.ts';
import { type OpenSuite, openSuite } from '../run/open-suite.ts';
import { collectProperties } from '../run/property.ts';
import type { ReportedClause } from '../verdict/report.ts';
import { failsRun } from '../verdict/verdict.ts';
import { closeWithProcess } from './close-with-process.ts';
import type { ConformanceSuiteOptions } from './conformance-suite.ts';

/** A target may be slow, and says so itself (`timeoutMs`). */
const NO_LIMIT = 0;

/** Declares the tests of a suite, and what goes before and after them. */
export async function declareProperties(options: ConformanceSuiteOptions): Promise<void> {
  const { failOn = 'required', baseline = [], only = [] } = options;
  const isKnown = (clauseId: string): boolean => baseline.some(({ id }) => id === clauseId);
  let suite: OpenSuite | undefined;
  const opened = (): OpenSuite => {
    if (suite === undefined) throw new Error('The target was not reached.');
    return suite;
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
  for (const property of await packagedProperties()) {
    test(property.title, async ({ signal, skip }) => {
      if (!isWanted(property, only)) skip('no clause of it was asked for');
      const { evidence, obstacle, shortfall, error } = await opened().exercise(property, signal);
      if (error !== undefined) throw error;
      failOnBroken(evidence, failOn, isKnown);
      if (evidence.exchanges === 0) skip(shortfall ?? obstacle ?? 'this target gives no occasion for it');
    });
  }
  test('the target is conformant', () => {
    const { summary, clauses } = opened().report();
    if (summary.verdict === 'conformant') return;
    const failing = clauses.filter(clause => failsRun(clause, failOn)).map(inWords);
    throw new Error([`${summary.verdict}: ${summary.reason}`, ...failing].join('\n\n'));
  });
}

function tellJournal(path: string): void {
  process.stderr.write(`fgs-conformance: what is created is written down in ${path}\n`);
}

function inWords({ id, level, findings: [first] }: ReportedClause): string {
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
