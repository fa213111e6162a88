import type fc from 'fast-check';
import type { AnsweredRequest } from './answered-request.ts';
import type { Wishes } from './schema-value.ts';

type Body = Readonly<Record<string, unknown>>;

/** A way to break one clause that spans members, or the body and its request. */
export interface BrokenRule {
  /** What a body must have for the clause to apply. */
  readonly wishes?: Pick<Wishes, 'present' | 'values'>;
  /** The member of the request without which the clause says nothing. */
  readonly asksFor?: 'version';
  /** The member of the request that makes another clause apply, which breaks as well. */
  readonly asksNotFor?: 'version';
  /** Ways to break the clause in such a body. */
  readonly ways: fc.Arbitrary<(body: Body, request: AnsweredRequest) => unknown>;
}
