import fc from 'fast-check';
import type { FullFunctionUrn } from '../../page/urn.ts';
import { functionUrn } from './formats.ts';
import { text } from './texts.ts';
import { versionName } from './version-name.ts';

/** What a publish request said that its answer repeats. */
export interface AnsweredRequest {
  /** The project in the path. */
  readonly projectId: string;
  /** The function in the path; a qualifier is ignored. */
  readonly urn: FullFunctionUrn;
  /** The version that was asked for. */
  readonly version?: string;
  /** The description that was sent. */
  readonly description?: string;
}

/** A publish request as its answer repeats it. */
export const answeredRequest: fc.Arbitrary<AnsweredRequest> = fc
  .record(
    { urn: functionUrn, version: versionName, description: text(40) },
    { requiredKeys: ['urn'], noNullPrototype: true },
  )
  .map(request => ({ ...request, projectId: request.urn.projectId }));
