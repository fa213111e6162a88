import fc from 'fast-check';
import type { AnsweredRequest } from '../published-version.ts';
import { functionUrn } from './formats.ts';
import { text } from './texts.ts';
import { versionName } from './version-name.ts';

/** A publish request as its answer repeats it. */
export const answeredRequest: fc.Arbitrary<AnsweredRequest> = fc
  .record(
    { urn: functionUrn, version: versionName, description: text(40) },
    { requiredKeys: ['urn'], noNullPrototype: true },
  )
  .map(request => ({ ...request, projectId: request.urn.projectId }));
