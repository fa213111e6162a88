/**
 * The suite within a team's own vitest: a matcher, which importing this door adds to `expect`, and all
 * properties as tests.
 *
 * @packageDocumentation
 */

import { expect, TestRunner } from 'vitest';
import { toConformToPage } from './to-conform-to-page.ts';

// Each copy of vitest has an `expect` and a list of tests of its own: what is added to another one is lost.
try {
  TestRunner.getCurrentSuite();
} catch (error) {
  throw new Error(
    'fgs-conformance/vitest is for tests that vitest 4.1 runs; no vitest is running, or one of another version.',
    { cause: error },
  );
}
expect.extend({ toConformToPage });

export { conformanceSuite } from './conformance-suite.ts';
export type { ConformanceSuiteOptions } from './conformance-suite-options.ts';
export { toConformToPage };
