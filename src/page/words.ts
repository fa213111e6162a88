/** The longest piece of a value that a message quotes, in UTF-16 units. */
const QUOTED_LENGTH = 160;

/**
 * A value from an exchange as a message quotes it: scalars as JSON, cut when they are long; arrays and
 * objects by their kind, since they may be of any depth.
 */
export function inWords(value: unknown): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

function quoted(text: string): string {
  if (text.length <= QUOTED_LENGTH) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, QUOTED_LENGTH))}… (${text.length} characters)`;
}
