import fc from 'fast-check';
import { statusOfCode } from '../page/error-codes.ts';
import { isObject } from '../page/formats.ts';
import { errorBodyPage } from '../page/schema-clauses.ts';
import type { ErrorBody } from '../page/tables/error-body.ts';
import { takes } from './_internals/arguments.ts';
import { schemaValue } from './_internals/schema-value.ts';

/** Constraints of `errorBody`. */
export interface ErrorBodyConstraints {
  /** The status that the body comes with: a code of the error code table is one of this status. Default: 400. */
  readonly status?: number;
}

/**
 * Valid bodies of an error answer (Tables 14 to 18): a code, a message, sometimes members that the page does
 * not document, such as the `request_id` of a gateway.
 */
export function errorBody(constraints: ErrorBodyConstraints = {}): fc.Arbitrary<ErrorBody> {
  takes.errorBody(constraints);
  const { status = 400 } = constraints;
  const known = Array.from(
    { length: 10_000 },
    (_, number) => `FSS.${String(number).padStart(4, '0')}`,
  ).filter(code => statusOfCode(code) === status);
  const others = fc
    .stringMatching(/^[A-Za-z]{1,5}\.[0-9]{1,5}$/)
    .filter(code => statusOfCode(code) === undefined);
  const code = fc.oneof(fc.constantFrom('FGS.0111', 'APIG.0301', ...known), others);
  const more = fc.record({ request_id: fc.uuid() }, { requiredKeys: [], noNullPrototype: true });
  return (
    fc
      .tuple(
        schemaValue(errorBodyPage.schema, 'error', {
          values: { 'error.error_code': code },
          unset: 'left out',
        }),
        more,
      )
      // Drawn from the schema that the type is made from.
      .map(([body, others]) => ({ ...(isObject(body) ? body : {}), ...others }) as ErrorBody)
  );
}
