/** Bodies that a sanitizer, or the recorder, put something else in place of. */

/** Their texts are short. */
const LONGEST = 120;

const WORDS =
  'redacted|removed|saniti[sz]ed|scrubbed|stripped|omitted|masked|censored|elided|anonymi[sz]ed|filtered';

/** One of the words in brackets, with whatever else: `[application/json redacted]`, `<removed by the proxy>`. */
const IN_BRACKETS = new RegExp(
  `^[[(<{].*\\b(?:${WORDS}|truncated|hidden|not (?:included|recorded|captured))\\b.*[\\])>}]$`,
  'is',
);

/** A word alone, or said of the body: `REDACTED`, `application/json redacted`, `Body has been removed`. */
const SAID = new RegExp(
  `^(?:\\S+ |(?:the )?(?:(?:response|request) )?(?:body|content|payload|data) (?:has been|have been|was|is) )?(?:${WORDS})\\.?$`,
  'i',
);

/** What programs write for a value that they have no text of. */
const NO_TEXT = /^(?:undefined|\[object \w+\]|[(<[]binary(?: data)?[)>\]])$/i;

/** Characters that stand for others, and nothing else. */
const MASK = /^[[<(]?(?:[*#•…]+|[xX]{3,}|\.{3,}|-{3,})[\])>]?$/;

const ANY_WORD = new RegExp(WORDS, 'i');

/** Members that services mask themselves. */
const MASKED_BY_SERVICES: ReadonlySet<string> = new Set(['user_data', 'encrypted_user_data', 'password']);

/** Whether the text where JSON was to be, or a part of it, is a sanitizer's: `***`, `{"func_urn": "[REDACTED]"}`. */
export function isReplaced(text: string): boolean {
  if (text.length <= LONGEST) {
    // Some put it between quotes, so that it is JSON still.
    const quoted = /^\s*"([[(<{*][^"\\]*)"\s*$/.exec(text)?.[1];
    if (quoted !== undefined || !isJson(text)) return isStandIn(quoted ?? text);
  }
  return ANY_WORD.test(text) && hasStandIn(text);
}

function isStandIn(text: string): boolean {
  const bare = text
    .trim()
    .replace(/^_+|_+$/g, '')
    .replaceAll('_', ' ');
  return [SAID, IN_BRACKETS, NO_TEXT, MASK].some(pattern => pattern.test(bare));
}

/** Whether a JSON text has a sanitizer's in place of a value, or says nothing but that it is one: `{"redacted": true}`. */
function hasStandIn(text: string): boolean {
  let isFound = false;
  const value: unknown = parsed(text, (name, part) => {
    isFound ||= !MASKED_BY_SERVICES.has(name) && typeof part === 'string' && isWrittenOver(part);
    return part;
  });
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return isFound || (names.length > 0 && names.every(name => SAID.test(name)));
}

/** Stricter than for a whole body: people write words into descriptions. */
function isWrittenOver(text: string): boolean {
  return text.length <= LONGEST && (IN_BRACKETS.test(text) || (SAID.test(text) && /^[A-Z]+$/.test(text)));
}

export function isJson(text: string): boolean {
  return parsed(text) !== undefined;
}

function parsed(text: string, reviver?: (name: string, part: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch {
    return undefined;
  }
}
