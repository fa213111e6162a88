/** What the rules of the page look at: an exchange, read once by the judge. */

import type { FunctionPast } from './choices/past.ts';
import type { UnsetForm } from './choices/unset-form.ts';
import type { ConditionReading } from './conditions/read-conditions.ts';
import type { Configuration } from './configuration.ts';
import type { Context } from './context.ts';
import type { Exchange } from './exchange.ts';
import type { ListSoFar } from './listing.ts';
import type { Route } from './operations.ts';
import type { JsonReading, PublishRequestView } from './publish-request-view.ts';
import type { RequestFault } from './rules/request-faults.ts';
import type { PublishedVersion } from './tables/published-version.ts';
import type { FullFunctionUrn } from './urn.ts';

/** Any exchange. */
export interface ExchangeView {
  readonly exchange: Exchange;
  readonly context: Context;
  /** What method and path say; `undefined` for a path that is none of this API's. */
  readonly route: Route | undefined;
  /** What exchanges before this one have shown of the function, when they were followed. */
  readonly past?: FunctionPast | undefined;
}

/** A publish request that was answered. */
export interface AnswerView extends ExchangeView {
  readonly request: PublishRequestView;
  /** What is wrong with the request; a request without faults must be accepted. */
  readonly faults: readonly RequestFault[];
  readonly status: number;
  readonly json: JsonReading;
  /** The error code of the answer, when it has one. */
  readonly errorCode: string | undefined;
}

/** A publish request that was answered with a published version. */
export interface PublishedView extends AnswerView {
  /**
   * The version that was published. Members that are `null` or blank, and members that broke their own
   * schema, are `undefined`: what a rule finds here has its documented type.
   */
  readonly body: PublishedVersion;
  /** The body's func_urn taken apart, when it has one. */
  readonly reportedUrn: FullFunctionUrn | undefined;
  /** How most of its unset texts were shown. */
  readonly unset: UnsetForm | undefined;
  /** Names of members that the page does not document. */
  readonly undocumented: readonly string[];
  /** Whether the body does not have the member (as opposed to: has a broken one). */
  readonly isAbsent: (member: keyof PublishedVersion) => boolean;
  /** What it says of conditions between its members. */
  readonly conditions: ConditionReading;
  /** What was configured and is to be reported, when it is known. */
  readonly configured: Partial<Configuration> | undefined;
  /** Whether the member, or something in it or above it, broke its own schema. */
  readonly isFlawed: (pointer: string) => boolean;
}

/** A request that sets a function's configuration, and its answer. */
export interface ConfigurationView extends ExchangeView {
  readonly status: number;
  readonly json: JsonReading;
  readonly errorCode: string | undefined;
  /** The beginning of what the answer says; empty when it says nothing. */
  readonly errorMessage: string;
  /** What the request configures, in the shape of a configuration. */
  readonly sent: Partial<Configuration>;
  /** Members outside what the page documents: path from the configuration, without array indices. */
  readonly outside: readonly string[];
  /** Members with which services take a request and refuse it. */
  readonly either: readonly string[];
}

/** A version list that was answered with 200, all pages so far together. */
export interface VersionListView extends ExchangeView {
  readonly entries: readonly Readonly<Record<string, unknown>>[];
  /** Whether this page ends the list, as far as that is certain. */
  readonly end: ListSoFar['end'];
}

/** A function's configuration that was read and answered with 200. */
export interface ReadConfigurationView extends ExchangeView {
  readonly latest: Readonly<Record<string, unknown>>;
}

/** A function as it reports itself in answer to a reading or a change of its configuration. */
export interface FunctionReportView extends ExchangeView {
  readonly report: Readonly<Record<string, unknown>>;
}
