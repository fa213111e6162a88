import fc from 'fast-check';
import { type AnsweredRequest, answeredRequest } from './_internals/answered-request.ts';
import { answeredVersion } from './_internals/answered-version.ts';
import { takes } from './_internals/arguments.ts';

/** Constraints of `publishedVersion`. */
export interface PublishedVersionConstraints {
  /** The request that the body answers. Default: some function of some project. */
  readonly request?: AnsweredRequest;
  /** Whether there may be members that the page does not document. Default: false. */
  readonly undocumentedMembers?: boolean;
  /** Whether Custom, Custom Image and http may have handlers without a period, which break recommended clauses. Default: false. */
  readonly customHandlers?: boolean;
}

/**
 * Valid bodies of a 200 answer (Table 4) to one request: they break no required and no recommended clause.
 * Optional members are there or not, unset in any of the three styles (left out, `null`, blank or 0).
 *
 * @example fc.assert(fc.property(publishedVersion(), body => accepts(body)))
 */
export function publishedVersion(
  constraints: PublishedVersionConstraints = {},
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  takes.publishedVersion(constraints);
  const { request, ...rest } = constraints;
  const answered = request === undefined ? answeredRequest : fc.constant(request);
  return answeredVersion(answered, rest).map(({ body }) => body);
}
