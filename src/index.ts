/**
 * Contract tests and conformance suite for the FunctionGraph operation "Publishing a Function Version".
 *
 * Importing this door loads the page and the judge. What more `run`, `startMock` and a client need is loaded when
 * they are used. `fgs-conformance/vitest` has a matcher, and the suite as tests of your own.
 *
 * @packageDocumentation
 */

import { dresses as allDresses } from './mock/dresses/index.ts';
import { faults as allFaults } from './mock/faults/index.ts';
import type { DressName, FaultName } from './mock/names.ts';
import type { MockOptions as AnyMockOptions } from './mock/options.ts';
import type { MockServer } from './mock/server.ts';
import type { Level } from './page/clause.ts';
import type { RunOptions } from './run/run-options.ts';
import type { RunResult } from './run/run-result.ts';

/** Valid, boundary and one-fault inputs and answers, as fast-check arbitraries and lists. */
export * as arbitraries from './generate/index.ts';
export { judge, judgeBody } from './judge/checked.ts';
export type { Finding, Judgement } from './judge/finding.ts';
export type { LikeAnswer, LikeChoice, Likeness, NotImitated } from './mock/choices/likeness.ts';
export { clauseById, clauses, exclusions } from './page/catalogue.ts';
export type { Choice, ShownChoice } from './page/choices/choice.ts';
export { choices } from './page/choices/index.ts';
export type { Clause, Exclusion, Level, Source } from './page/clause.ts';
export type { Configuration } from './page/configuration.ts';
export { configuration as configurationSchema } from './page/configuration.ts';
export type { Context, RequestForm } from './page/context.ts';
export type { Exchange, Failure, FailureKind, HttpRequest, HttpResponse } from './page/exchange.ts';
export { openApiDocument } from './page/openapi/index.ts';
export { type ErrorBody, errorBody as errorBodySchema } from './page/tables/error-body.ts';
export {
  type PublishRequest,
  publishRequest as publishRequestSchema,
} from './page/tables/publish-request.ts';
export {
  type PublishedVersion,
  publishedVersion as publishedVersionSchema,
} from './page/tables/published-version.ts';
export type { FullFunctionUrn } from './page/urn.ts';
export { htmlReport } from './report/html.ts';
export { parseReport, reportJson, writeReport } from './report/json.ts';
export { REPORT_SCHEMA_VERSION, reportSchema } from './report/report-schema.ts';
export { type Reporter, reporterNames, reporters } from './report/reporters.ts';
export { terminalReport } from './report/terminal.ts';
export type { TerminalOptions } from './report/terminal-options.ts';
export type { CredentialOptions } from './run/credential-options.ts';
export type { ProfileName } from './run/profiles.ts';
export type { Arrange, Watcher } from './run/run-options.ts';
export { UsageError } from './run/usage-error.ts';
export {
  type AnsweredVersion,
  type ClientOptions,
  type CreateResult,
  createClient,
  type DeleteResult,
  NoAnswer,
  type PublishClient,
  type PublishResult,
  type Undocumented,
} from './target/client.ts';
export type { BaselineEntry } from './verdict/baseline.ts';
export type { ChangedChoice } from './verdict/choice-changes.ts';
export { type ChangedClause, diffReports, type ReportDiff } from './verdict/diff.ts';
export type {
  ClauseVerdict,
  FailOn,
  Report,
  ReportedAnswer,
  ReportedChoice,
  ReportedClause,
  ReportedFinding,
  RunVerdict,
} from './verdict/report.ts';
export type { DressName, FaultName, MockServer, RunOptions, RunResult };

/** How a mock server is started. What is not given is made up. */
export interface MockOptions extends Omit<AnyMockOptions, 'fault' | 'dress'> {
  /** The name of a fault, for a server that is wrong on purpose. */
  readonly fault?: FaultName;
  /** The name of a dress, for a server that is conforming in an unusual way. */
  readonly dress?: DressName;
}

/** A way of being wrong, for `startMock({ fault })`. */
export interface Fault {
  readonly name: FaultName;
  /** What the server does, in a sentence. */
  readonly title: string;
  /** Ids of the clauses that it breaks; the first is the one that it is about. */
  readonly breaks: readonly [string, ...string[]];
  /** The level of the first of them. */
  readonly level: Level;
}

/** A way of being conforming that is unusual, for `startMock({ dress })`. */
export interface Dress {
  readonly name: DressName;
  /** What is unusual, in a sentence. */
  readonly title: string;
}

/** Servers with any of these are wrong on purpose: a suite that passes one is wrong. */
export const faults = allFaults.map(({ name, title, breaks, level }) => ({
  name,
  title,
  breaks,
  level,
})) as readonly Fault[];

/** Servers in any of these are conforming: a suite that fails one is wrong. */
export const dresses = allDresses.map(({ name, title }) => ({ name, title })) as readonly Dress[];

/**
 * Runs the suite against a target and deletes what it created; without an endpoint, against the mock server.
 *
 * @throws UsageError when the options contradict each other
 *
 * @example
 * const { report } = await run({ endpoint: 'http://127.0.0.1:8080', projectId: 'p1', token: 't1' });
 * report.summary.verdict // 'conformant'
 */
export async function run(options: RunOptions = {}): Promise<RunResult> {
  const room = await import('./run/run.ts');
  return room.run(options);
}

/**
 * Starts the reference server.
 *
 * @throws Error of one sentence: an unknown fault or dress, a host or port that cannot be listened on
 *
 * @example
 * const mock = await startMock({ projectId: 'p1', token: 't1' });
 * await fetch(`${mock.url}/v2/p1/fgs/functions`, { headers: { 'x-auth-token': 't1' } });
 * await mock.close();
 */
export async function startMock(options: MockOptions = {}): Promise<MockServer> {
  const room = await import('./mock/server.ts');
  return room.startMock(options);
}
