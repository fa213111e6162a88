/** What the schemas of the page need beside JSON Schema: formats, and what keywords of our own make of a string. */

import { isDottedHandler, isMountId, isPageTime, jsonObjectIn, utf8Bytes } from './formats.ts';
import { isFullUrnText } from './urn.ts';

export { jsonObjectIn };

/** Formats, under the names used as `format` in the schemas. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'function-urn': isFullUrnText,
  'dotted-handler': isDottedHandler,
  'page-time': isPageTime,
  'mount-id': isMountId,
  'json-object': text => jsonObjectIn(text) !== undefined,
};

/** Keywords that limit what is measured of a string. */
export const measures: Readonly<Record<string, (text: string) => number>> = {
  maxUtf8Bytes: utf8Bytes,
  maxJsonMembers: text => Object.keys(jsonObjectIn(text) ?? {}).length,
};
