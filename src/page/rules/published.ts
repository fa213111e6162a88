import type { Rule } from '../clause.ts';
import type { PublishedView } from '../views.ts';
import { codeRules } from './published-code.ts';
import { conditionRules } from './published-conditions.ts';
import { identityRules } from './published-identity.ts';
import { versionRules } from './version-and-description.ts';

/** Clauses of a published version that span members, or the version and its request. */
export const publishedRules: readonly Rule<PublishedView>[] = [
  ...identityRules,
  ...versionRules,
  ...conditionRules,
  ...codeRules,
];
