/**
 * The suite within a team's own vitest: a matcher, which importing this door adds to `expect`, and all
 * properties as tests.
 *
 * @packageDocumentation
 */

import { expect } from 'vitest';
import { toConformToPage } from './to-conform-to-page.ts';

expect.extend({ toConformToPage });

export { type ConformanceSuiteOptions, conformanceSuite } from './conformance-suite.ts';
export { toConformToPage };
