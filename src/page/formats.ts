/** String formats of the page, registered with ajv under the names used as `format` in the schemas. */

const LAST_MODIFIED =
  /^(\d{4})-(\d{2})-(\d{2})(?: |[Tt])(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):?([0-5]\d))?$/;
const AUTOMATIC_VERSION = /^v(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})$/;
const MOUNT_ID = /^(?:-1|[1-9]\d{0,4})$/;

function isRealTime(parts: readonly (string | undefined)[]): boolean {
  const [year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return (
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 61
  );
}

/** `YYYY-MM-DD HH:MM:SS` (the documented example) or RFC 3339 (what live services answer), a real date and time. */
export function isPageTime(text: string): boolean {
  const match = LAST_MODIFIED.exec(text);
  if (match === null) return false;
  const documentedForm = text[10] === ' ';
  return documentedForm === (match[7] === undefined) && isRealTime(match.slice(1, 7));
}

/** Whether the text has the form `vYYYYMMDD-HHMMSS`, be the date real or not. */
export function looksAutomatic(text: string): boolean {
  return AUTOMATIC_VERSION.test(text);
}

/** An automatic version name: `vYYYYMMDD-HHMMSS` naming a real date and time. */
export function isAutomaticVersion(text: string): boolean {
  const match = AUTOMATIC_VERSION.exec(text);
  return match !== null && isRealTime(match.slice(1, 7));
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
