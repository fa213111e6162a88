/**
 * Contract tests and conformance suite for the FunctionGraph operation "Publishing a Function Version".
 *
 * @packageDocumentation
 */

export type { Finding, Judgement } from './judge/finding.ts';
export { judge, judgeBody } from './judge/judge.ts';
export {
  type Dress,
  dresses,
  type Fault,
  faults,
  type MockOptions,
  type MockServer,
  startMock,
} from './mock/index.ts';
export { clauseById, clauses, exclusions } from './page/catalogue.ts';
export type { Clause, Exclusion, Level, Source } from './page/clause.ts';
export type { Configuration } from './page/configuration.ts';
export { configuration as configurationSchema } from './page/configuration.ts';
export type { Context } from './page/context.ts';
export type { Exchange, Failure, FailureKind, HttpRequest, HttpResponse } from './page/exchange.ts';
export { type ErrorBody, errorBody as errorBodySchema } from './page/tables/error-body.ts';
export {
  type PublishRequest,
  publishRequest as publishRequestSchema,
} from './page/tables/publish-request.ts';
export {
  type PublishedVersion,
  publishedVersion as publishedVersionSchema,
} from './page/tables/published-version.ts';
export { type RunOptions, UsageError } from './run/options.ts';
export { type RunResult, run } from './run/run.ts';
export {
  type ClientOptions,
  createClient,
  NoAnswer,
  type PublishClient,
  type PublishResult,
} from './target/index.ts';
export type { Report, ReportedClause, ReportedFinding } from './verdict/report.ts';
