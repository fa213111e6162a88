/** String formats of the page, registered with ajv under the names used as `format` in the schemas. */

import { fullFormats } from 'ajv-formats/dist/formats.js';

const DOCUMENTED_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
const RFC_3339_DATE = /^\d{4}-\d{2}-\d{2}[Tt]/;
const AUTOMATIC_VERSION = /^v(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})$/;
const MOUNT_ID = /^(?:-1|[1-9]\d{0,4})$/;

// The type says only that it is some format; this one is a function.
const rfc3339 = fullFormats['date-time'] as { readonly validate: (text: string) => boolean };

/** RFC 3339, a real date and time. */
function isDateTime(text: string): boolean {
  return rfc3339.validate(text);
}

/** `YYYY-MM-DD HH:MM:SS` (the documented example) or RFC 3339 (what live services answer), a real date and time. */
export function isPageTime(text: string): boolean {
  if (DOCUMENTED_TIME.test(text)) return isDateTime(`${text.replace(' ', 'T')}Z`);
  return RFC_3339_DATE.test(text) && isDateTime(text);
}

/** Whether the text has the form `vYYYYMMDD-HHMMSS`, be the date real or not. */
export function looksAutomatic(text: string): boolean {
  return AUTOMATIC_VERSION.test(text);
}

/** An automatic version name: `vYYYYMMDD-HHMMSS` naming a real date and time. */
export function isAutomaticVersion(text: string): boolean {
  return looksAutomatic(text) && isDateTime(text.replace(AUTOMATIC_VERSION, '$1-$2-$3T$4:$5:$6Z'));
}

/** Whether a version name can be somebody's choice or the system's: not of the automatic form with no real time. */
export function isPlausibleVersion(text: string): boolean {
  return !looksAutomatic(text) || isAutomaticVersion(text);
}

/** "xx.xx": a period with something on both sides; more periods are fine (Java, C#). */
export function isDottedHandler(text: string): boolean {
  const period = text.indexOf('.', 1);
  return period !== -1 && period < text.length - 1;
}

/** -1 or 1..65534 written as decimal digits. */
export function isMountId(text: string): boolean {
  return MOUNT_ID.test(text) && Number(text) <= 65534;
}

/** The object that the text holds as JSON, or `undefined` when it holds none. */
export function jsonObjectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a parsed JSON value is an object (neither null nor an array). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Bytes of the text in UTF-8. */
export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

/** Characters of the text: code points, not UTF-16 units and not bytes. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
