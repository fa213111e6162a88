/** Ways of naming what is published. */

import { isObject } from '../../page/formats.ts';
import { parseFullUrn, withoutQualifier } from '../../page/urn.ts';
import type { Hooks } from '../call.ts';
import type { JsonObject } from '../json-object.ts';
import { sentObject } from '../sent.ts';
import { nextAutomaticName } from '../version-names.ts';

/** The URN of a published version with an eighth field. */
export function withQualifiedUrn(version: JsonObject, qualifier: unknown): JsonObject {
  return { ...version, func_urn: `${version.func_urn}:${qualifier}` };
}

/**
 * The version is `latest` in the answer, and named in the list. Where the URN names the version, that is so
 * only when a name was asked for.
 */
export const answeringLatest: Hooks = {
  answer: (answer, call) => {
    const { status, body } = answer;
    if (call.operation !== 'publish' || status !== 200 || !isObject(body)) return answer;
    const urn = String(body.func_urn);
    const { qualifier = 'latest' } = parseFullUrn(urn) ?? {};
    if (qualifier === 'latest') return { ...answer, body: { ...body, version: 'latest' } };
    if (sentObject(call).version === undefined) return answer;
    const latest = { func_urn: `${withoutQualifier(urn)}:latest`, version: 'latest' };
    return { ...answer, body: { ...body, ...latest } };
  },
};

/** The service names versions itself, whatever name was asked for. */
export const namingVersionsItself: Hooks = {
  versionName: (name, { fn, requestedName }) => (requestedName === undefined ? name : nextAutomaticName(fn)),
};
