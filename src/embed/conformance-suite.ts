import { describe } from 'vitest';
import { checkRunOptions, UsageError } from '../run/options.ts';
import type { ConformanceSuiteOptions } from './conformance-suite-options.ts';

/**
 * Declares the whole suite as tests. The first ones ask the target; then each required and recommended clause
 * is a test of its own, which fails when the clause is broken and counts, and is skipped with the reason when it
 * was not exercised. To be called at the top of a test file. What the tests create is deleted after them.
 *
 * @throws UsageError when the options contradict each other
 *
 * @example
 * // conformance.test.ts
 * import { conformanceSuite } from 'fgs-conformance/vitest';
 *
 * conformanceSuite({ endpoint: 'http://127.0.0.1:8080', projectId: 'p1', token: 't1', profile: 'smoke' });
 */
export function conformanceSuite(options: ConformanceSuiteOptions = {}): void {
  if ('endpoint' in options && options.endpoint === undefined) {
    // Most likely an unset variable: to test the mock server in its place would be green for the wrong reason.
    throw new UsageError('The endpoint is undefined. To test the mock server, leave it out.');
  }
  checkRunOptions(options);
  // The properties share functions and a budget: one after the other, each once.
  const inOrder = { sequential: true, shuffle: false, retry: 0, repeats: 0, timeout: 0 } as const;
  describe('Publishing a Function Version', inOrder, async () => {
    const { declareProperties } = await import('./declare-properties.ts');
    await declareProperties(options);
  });
}
