/** What an example tells beyond the answer that it shows. */

import type { Exchange } from '../../page/exchange.ts';
import { isObject } from '../../page/formats.ts';
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

/** The members of a version that the page does not document; `undefined` when there are none. */
export function undocumentedIn(example: Exchange | undefined): JsonObject | undefined {
  const members = Object.entries(bodyIn(example) ?? {}).filter(
    ([name]) => !Object.hasOwn(publishedVersion.properties, name),
  );
  return members.length === 0 ? undefined : Object.fromEntries(members);
}
