/** What a call is about, read without refusing anything: for faults, dresses and choices. */

import { isObject } from '../page/formats.ts';
import { parseUrnParameter } from '../page/urn.ts';
import type { Call } from './call.ts';
import type { StoredFunction } from './functions.ts';
import type { JsonObject } from './json-object.ts';
import { readJson } from './request-body.ts';

/** The function that a call names, if there is one. */
export function namedFunction({ functionUrn, service }: Call): StoredFunction | undefined {
  const urn = parseUrnParameter(functionUrn);
  return urn === undefined ? undefined : service.store.find(urn);
}

/** The body of a call if it is a JSON object, else an empty one. */
export function sentObject({ body }: Call): JsonObject {
  const reading = readJson(body);
  return reading.kind === 'value' && isObject(reading.value) ? reading.value : {};
}
