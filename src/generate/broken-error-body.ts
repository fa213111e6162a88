import fc from 'fast-check';
import { errorBodyPage, type SchemaClause } from '../page/schema-clauses.ts';
import { didYouMean } from '../words/nearest.ts';
import { takes } from './_internals/arguments.ts';
import { brokenValues } from './_internals/broken-values.ts';
import { replacedAt } from './_internals/replaced-at.ts';
import { type ErrorBodyConstraints, errorBody } from './error-body.ts';

/** An error body that breaks one clause. */
export interface BrokenErrorBody {
  readonly body: unknown;
  /** The id of the clause that it breaks. */
  readonly breaks: string;
}

/** Ids of the clauses that an error body can break. */
export const breakableErrorClauses: readonly string[] = errorBodyPage.clauses.map(clause => clause.id);

/**
 * Bodies of an error answer that are valid but for one clause.
 *
 * @param clauseId one of `breakableErrorClauses`
 * @throws Error when the clause is none of an error body
 *
 * @example brokenErrorBody('error.error_msg.present') // { body: { error_code: 'FSS.0400' }, ... }
 */
export function brokenErrorBody(
  clauseId: string,
  constraints: ErrorBodyConstraints = {},
): fc.Arbitrary<BrokenErrorBody> {
  takes.errorClauseId(clauseId);
  const clause = errorBodyPage.clauses.find(({ id }) => id === clauseId);
  if (clause === undefined) {
    const hint = didYouMean(clauseId, breakableErrorClauses);
    throw new TypeError(`brokenErrorBody: ${clauseId} is no clause of an error body.${hint}`);
  }
  const { schema, path } = memberOf(clause);
  return fc
    .tuple(errorBody(constraints), brokenValues(schema, clause.aspect))
    .map(([body, value]) => ({ body: replacedAt(body, path, value), breaks: clauseId }));
}

/** The member that a clause is about; the whole body has the empty path. */
function memberOf({ memberPath }: SchemaClause) {
  const member = errorBodyPage.members.find(({ schemaPath }) => schemaPath === memberPath);
  return member === undefined
    ? { schema: errorBodyPage.schema, path: '' }
    : { schema: member.schema, path: member.name };
}
