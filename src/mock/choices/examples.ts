/** What an example tells beyond the answer that it shows. */

import type { Exchange } from '../../page/exchange.ts';
import { isObject } from '../../page/formats.ts';
import type { PageSchema } from '../../page/schema.ts';
import { publishedVersion } from '../../page/tables/published-version.ts';
import type { JsonObject } from '../json-object.ts';

function bodyIn(example: Exchange | undefined): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(example?.response?.body ?? '');
    return isObject(body) ? body : undefined;
  } catch {
    // Long bodies are kept in part.
    return undefined;
  }
}

/** The letters before the period of the error code. */
export function familyIn(example: Exchange | undefined): string | undefined {
  return /^[A-Za-z]{1,20}(?=\.)/.exec(String(bodyIn(example)?.error_code))?.[0];
}

/** The members of a version that the page does not document, at their places; `undefined` when there are none. */
export function undocumentedIn(example: Exchange | undefined): JsonObject | undefined {
  const members = undocumentedOf(bodyIn(example) ?? {}, publishedVersion);
  return Object.keys(members).length === 0 ? undefined : members;
}

function undocumentedOf(object: JsonObject, { properties = {} }: PageSchema): JsonObject {
  const members = Object.entries(object).flatMap(([name, value]): [string, unknown][] => {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (own === undefined) return [[name, value]];
    const within = isObject(value) ? undocumentedOf(value, own) : {};
    return Object.keys(within).length === 0 ? [] : [[name, within]];
  });
  return Object.fromEntries(members);
}
