import fc from 'fast-check';
import { breakableClauses, brokenVersion, publishedVersion } from '../generate/index.ts';
import type { ClauseExamples } from '../report/index.ts';

/** The same examples each time. */
const SEED = 1;

/** A body that holds a clause and one that breaks it, for clauses that a single body can show. */
export async function examplesOf(clauseId: string): Promise<ClauseExamples> {
  if (!breakableClauses.includes(clauseId)) return {};
  const [passes] = fc.sample(publishedVersion(), { seed: SEED, numRuns: 1 });
  const [fails] = fc.sample(brokenVersion(clauseId), { seed: SEED, numRuns: 1 });
  return { passes: JSON.stringify(passes), fails: JSON.stringify(fails?.body) };
}
