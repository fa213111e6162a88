/**
 * Contract tests and conformance suite for the FunctionGraph operation "Publishing a Function Version".
 *
 * Importing this door loads the page and the judge. What more `run`, `startMock` and a client need is loaded when
 * they are used. `fgs-conformance/vitest` has a matcher, and the suite as tests of your own.
 *
 * @packageDocumentation
 */

import type { MockOptions, MockServer } from './mock/server.ts';
import type { RunOptions } from './run/options.ts';
import type { RunResult } from './run/run.ts';

/** Valid, boundary and one-fault inputs and answers, as fast-check arbitraries and lists. */
export * as arbitraries from './generate/index.ts';
export type { Finding, Judgement } from './judge/finding.ts';
export { judge, judgeBody } from './judge/judge.ts';
export { type Dress, dresses } from './mock/dresses/index.ts';
export { type Fault, faults } from './mock/faults/index.ts';
export { clauseById, clauses, exclusions } from './page/catalogue.ts';
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
export {
  htmlReport,
  parseReport,
  type Reporter,
  reporterNames,
  reporters,
  reportJson,
  type TerminalOptions,
  terminalReport,
  writeReport,
} from './report/index.ts';
export type { CredentialOptions } from './run/credential-options.ts';
export { UsageError } from './run/usage-error.ts';
export {
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
export { diffReports, type ReportDiff } from './verdict/diff.ts';
export type {
  ClauseVerdict,
  FailOn,
  Report,
  ReportedClause,
  ReportedFinding,
  RunVerdict,
} from './verdict/report.ts';
export type { MockOptions, MockServer, RunOptions, RunResult };

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
