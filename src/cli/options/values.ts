/** What the value of an option may be: how it is read, and how the configuration file's schema says it. */

import { isObject } from '../../page/formats.ts';

/** What values an option takes. */
export interface OptionValue {
  /** The end of a sentence that begins with `--option must be`. */
  readonly must: string;
  /** Makes the value of a text; `undefined` when it is not what it must be. */
  readonly read: (text: string) => unknown;
  /** What it is in the configuration file, as JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly choices?: readonly string[];
  /** The text is JSON, so that a list in a variable is JSON as well. */
  readonly isJson?: true;
}

/** Any text. */
export const text: OptionValue = {
  must: 'a text',
  read: value => value,
  schema: { type: ['string', 'number'] },
};

/** One of a few words. */
export function oneOf(choices: readonly string[]): OptionValue {
  return {
    must: `one of ${choices.join(', ')}`,
    read: value => (choices.includes(value) ? value : undefined),
    schema: { enum: choices },
    choices,
  };
}

/** A whole number within bounds, both included. */
export function wholeNumber(minimum: number, maximum: number): OptionValue {
  return {
    must: `a whole number from ${minimum} to ${maximum}`,
    read(value) {
      const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
      return number >= minimum && number <= maximum ? number : undefined;
    },
    schema: { type: ['integer', 'string'], minimum, maximum },
  };
}

/** A number above 0. */
export const positive: OptionValue = {
  must: 'a number above 0',
  read(value) {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    return Number.isFinite(number) && number > 0 ? number : undefined;
  },
  schema: { type: ['number', 'string'], exclusiveMinimum: 0 },
};

/** An http or https URL. */
export const url: OptionValue = {
  must: 'a URL that begins with http:// or https://',
  read: value => (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) ? value : undefined),
  schema: { type: 'string', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://' },
};

const MILLISECONDS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30s`, `10m`, `2h` or `1d`, in milliseconds. */
export const duration: OptionValue = {
  must: 'a duration such as 30s, 10m, 2h or 1d',
  read(value) {
    const [, count, unit] = /^(\d+)([smhd])$/.exec(value) ?? [];
    return isUnit(unit) ? Number(count) * MILLISECONDS[unit] : undefined;
  },
  schema: { type: 'string', pattern: '^\\d+[smhd]$' },
};

function isUnit(letter: string | undefined): letter is keyof typeof MILLISECONDS {
  return letter !== undefined && Object.hasOwn(MILLISECONDS, letter);
}

/** `2026-01-31` */
export const day: OptionValue = {
  must: 'a date such as 2026-01-31',
  read: value => (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined),
  schema: { type: 'string', format: 'date' },
};

/** `1/3` */
export const part: OptionValue = {
  must: 'like 1/3: the part and the number of parts',
  read(value) {
    const [, index, parts] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(value) ?? [];
    return parts !== undefined && Number(index) <= Number(parts) ? value : undefined;
  },
  schema: { type: 'string', pattern: '^\\d+/\\d+$' },
};

/** An object as JSON. */
export function jsonObject(example: string): OptionValue {
  return {
    must: `a JSON object such as ${example}`,
    read(value) {
      try {
        const parsed: unknown = JSON.parse(value);
        return isObject(parsed) ? parsed : undefined;
      } catch {
        return undefined;
      }
    },
    schema: { type: ['object', 'string'] },
    isJson: true,
  };
}
