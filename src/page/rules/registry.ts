import type { Rule } from '../clause.ts';
import { answerRules } from './answers.ts';
import { configurationRules } from './configurations.ts';
import { echoRules } from './echo.ts';
import { publishedRules } from './published.ts';
import { faultyRequestRules, methodRule, validRequestRules } from './requests.ts';
import { aliveRule, formRules, robustnessRules } from './robustness.ts';
import { latestRules, versionListRules } from './state.ts';

/**
 * Every rule, by what it is held against, in the order of the page. The catalogue lists what is here, and the
 * judge applies what is here: there is no other way to either.
 */
export const rules = {
  published: publishedRules,
  echo: echoRules,
  answer: answerRules,
  faultyRequest: faultyRequestRules,
  validRequest: validRequestRules,
  method: [methodRule],
  configuration: configurationRules,
  versionList: versionListRules,
  latest: latestRules,
  exchange: robustnessRules,
  aftermath: [aliveRule],
  form: formRules,
} as const satisfies Readonly<Record<string, readonly Rule<never>[]>>;

/** What rules are held against. */
export type RuleKind = keyof typeof rules;

/** What a rule of a kind looks at. */
export type ViewOf<Kind extends RuleKind> =
  (typeof rules)[Kind][number] extends Rule<infer View> ? View : never;
