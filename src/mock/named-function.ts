import { type FunctionUrn, parseUrnParameter } from '../page/urn.ts';
import type { Call } from './call.ts';
import { type StoredFunction, versionOf } from './functions.ts';
import { refusal } from './refusals.ts';

/**
 * The URN in the path of a call, taken apart.
 *
 * @throws a refusal: 400 when it has none of the documented forms
 */
export function urnOf({ functionUrn }: Pick<Call, 'functionUrn'>): FunctionUrn {
  const urn = parseUrnParameter(functionUrn);
  if (urn === undefined) throw refusal(400, 'FSS.1309', 'The function URN is malformed');
  return urn;
}

/**
 * The function that a call names, by whatever form of its URN. A version in the URN must exist.
 *
 * @throws a refusal: 400 for a malformed URN, 404 for what does not exist
 */
export function functionOf(call: Call): StoredFunction {
  const urn = urnOf(call);
  const fn = call.service.store.find(urn);
  if (fn === undefined) throw refusal(404, 'FSS.1051', 'Not found the function');
  const { qualifier } = urn;
  if (qualifier === undefined || qualifier === 'latest' || versionOf(fn, qualifier) !== undefined) return fn;
  if (qualifier.startsWith('!')) throw refusal(404, 'FSS.1053', 'Not found the alias');
  throw refusal(404, 'FSS.1052', 'Not found the function version');
}
