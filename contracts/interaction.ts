import type { Configuration } from '../src/page/configuration.ts';
import type { ErrorBody } from '../src/page/tables/error-body.ts';
import type { PublishedVersion } from '../src/page/tables/published-version.ts';
import { formatUrn } from '../src/page/urn.ts';
import { WRONG_TOKEN } from '../src/target/index.ts';

/** A situation that the provider is put into before the request. */
export interface ProviderState {
  readonly name: string;
  /** Of a function that exists: the members of its configuration that matter. */
  readonly params?: Partial<Configuration>;
}

/** A publish request and the answer that the consumer relies on. */
export interface Interaction {
  /** Completes "upon receiving ...". */
  readonly description: string;
  readonly states: readonly ProviderState[];
  readonly request: ConsumerRequest;
  readonly response: ExpectedVersion | ExpectedError;
  /** Why a conforming provider may answer otherwise: a failure is reported and does not count. */
  readonly pending?: string;
}

export interface ConsumerRequest {
  /** `null`: no X-Auth-Token at all. Default: the consumer's own. */
  readonly token?: string | null;
  /** Default: the project of the state. */
  readonly projectId?: string;
  /** Default: the function of the state. */
  readonly functionUrn?: string;
  /** Anything that JSON can say; the page documents an object of three optional strings. */
  readonly body: unknown;
}

export interface ExpectedVersion {
  readonly status: 200;
  /** Members beside those that every version has. */
  readonly members: Partial<PublishedVersion>;
}

export interface ExpectedError {
  /** One of them. */
  readonly status: readonly [number, ...number[]];
  readonly error: ErrorBody;
}

/** The project and the function of the consumer's own tests. */
export const PROJECT_ID = '7aad83af3e8d42e99ac194e8419e2c9b';
export const FUNCTION_URN = formatUrn({
  region: 'example-1',
  projectId: PROJECT_ID,
  package: 'default',
  name: 'test',
});

/** Stand in a pact for what a verifier puts in: none of them is a secret. */
export const CONSUMER_TOKEN = 'consumer-token';
export const FORBIDDEN_TOKEN = 'consumer-token-without-permission';
export { WRONG_TOKEN };
