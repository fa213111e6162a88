/**
 * The one place that says the formats of the page as regular expressions. They are read by Pact in Rust and in
 * other languages: no look-around, no `\d` (which has more digits there), no `.` (which has other line ends).
 */

/** A format as a regular expression. */
export interface FormatExpression {
  readonly expression: string;
  /** Whether it says exactly what the format does. Otherwise it accepts more, since no expression can say it. */
  readonly isExact: boolean;
}

const ANY = '[\\s\\S]';
const YEAR = '[0-9]{4}';
const MULTIPLE_OF_FOUR = '(?:0[48]|[2468][048]|[13579][26])';
const LEAP_YEAR = `(?:[0-9]{2}${MULTIPLE_OF_FOUR}|(?:00|${MULTIPLE_OF_FOUR})00)`;

/** A real date, its parts separated. */
function date(separator: string): string {
  const long = `(?:0[13578]|1[02])${separator}(?:0[1-9]|[12][0-9]|3[01])`;
  const short = `(?:0[469]|11)${separator}(?:0[1-9]|[12][0-9]|30)`;
  const february = `02${separator}(?:0[1-9]|1[0-9]|2[0-8])`;
  const leapDay = `${LEAP_YEAR}${separator}02${separator}29`;
  return `(?:${YEAR}${separator}(?:${long}|${short}|${february})|${leapDay})`;
}

const HOUR = '(?:[01][0-9]|2[0-3])';
const SIXTY = '[0-5][0-9]';

/** A real time of the day, its parts separated; a leap second is the last one. */
function time(separator: string): string {
  return `(?:${[HOUR, SIXTY, SIXTY].join(separator)}|${['23', '59', '60'].join(separator)})`;
}

/** As RFC 3339 has it. Elsewhere on earth, a leap second is at another time: any minute may have one. */
const ZONED_TIME = `${HOUR}:${SIXTY}:(?:${SIXTY}|60)(?:\\.[0-9]+)?(?:[Zz]|[+-]${HOUR}(?::?${SIXTY})?)`;

/** The name that a service gives a version by itself: `vYYYYMMDD-HHMMSS`, a real date and time. */
export const AUTOMATIC_VERSION = `v${date('')}-${time('')}`;

const FIELD = '[^:]+';

/** By the name that the schemas of the page use as `format`. */
export const formatExpressions: Readonly<Record<string, FormatExpression>> = {
  'function-urn': {
    expression: `^urn:fss:${FIELD}:${FIELD}:function:${FIELD}:${FIELD}(?::(?:[^:!][^:]*|!${FIELD}))?$`,
    isExact: true,
  },
  'dotted-handler': { expression: `^${ANY}+\\.${ANY}+$`, isExact: true },
  'page-time': { expression: `^${date('-')}(?: ${time(':')}|[Tt]${ZONED_TIME})$`, isExact: true },
  'mount-id': {
    expression:
      '^(?:-1|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-4])$',
    isExact: true,
  },
  'json-object': { expression: `^[ \\t\\r\\n]*\\{${ANY}*\\}[ \\t\\r\\n]*$`, isExact: false },
};
