/**
 * What the suite sends and what a target may answer, as fast-check arbitraries and fixed lists: valid, at the
 * ends of a range, and broken in exactly one clause. Everything is derived from the schemas of the page.
 */

export type { AnsweredRequest } from './_internals/answered-request.ts';
export { type ConfigurationConstraints, configuration } from './any-configuration.ts';
export { type PublishedVersionConstraints, publishedVersion } from './any-published-version.ts';
export { besideExisting } from './beside-existing.ts';
export { type BrokenErrorBody, breakableErrorClauses, brokenErrorBody } from './broken-error-body.ts';
export { type BrokenVersion, breakableClauses, brokenVersion } from './broken-version.ts';
export { configurationWith } from './configuration-with.ts';
export type { CoveringConfiguration } from './covering-configuration.ts';
export { coveringConfigurations } from './covering-configurations.ts';
export { type ErrorBodyConstraints, errorBody } from './error-body.ts';
export { invalidPublishRequest } from './invalid-publish-request.ts';
export { type InvalidPublishRequest, invalidPublishRequests } from './invalid-publish-requests.ts';
export { type MalformedUrn, malformedUrns } from './malformed-urns.ts';
export { NEEDS, type Need } from './need.ts';
export type { OutsideValue } from './outside-value.ts';
export { outsideValues } from './outside-values.ts';
export { plainConfiguration } from './plain-configuration.ts';
export { type PublishRequestConstraints, publishRequest } from './publish-request.ts';
export { type PublishRequestExample, publishRequestExamples } from './publish-request-examples.ts';
