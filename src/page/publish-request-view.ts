/** What the request faults look at: a publish request, read once by the judge. */

import type { Context } from './context.ts';
import type { FunctionUrn } from './urn.ts';

/** Text read as JSON; only what is JSON has a value. */
export type JsonReading =
  | { readonly kind: 'absent'; readonly value?: undefined }
  | { readonly kind: 'malformed'; readonly value?: undefined }
  | { readonly kind: 'value'; readonly value: unknown };

/** A publish request, read. */
export interface PublishRequestView {
  /** Whether there is a request at all; a body can be judged alone. */
  readonly isKnown: boolean;
  readonly context: Context;
  readonly projectId: string;
  /** As in the path, percent-decoded. */
  readonly functionUrn: string;
  /** The path's URN taken apart; `undefined` when it has no documented form. */
  readonly urn: FunctionUrn | undefined;
  /** A token or a signature is sent. */
  readonly hasCredentials: boolean;
  readonly contentType: string | undefined;
  readonly bodyBytes: number;
  readonly json: JsonReading;
}
