/**
 * Keeps secrets out of everything that is stored or printed, wherever a target echoes them: plain,
 * percent-encoded, with JSON or HTML escapes, or in base64.
 */

/** A value that must not be stored or printed, and what stands in for it. */
export interface Secret {
  readonly value: string;
  readonly placeholder: string;
}

/** A text that gives a secret away. */
interface Form {
  readonly text: string;
  readonly placeholder: string;
  /** Short secrets are only found as words of their own: `test` is not in `test.handler`. */
  readonly wholeWord: boolean;
}

/** A secret of at least this length is found inside other words too, and where an answer breaks off in it. */
const LONG = 8;

/** Shorter ones cannot be told from ordinary text; only credential headers hide them. */
const SHORTEST = 4;

/** One character in another guise: percent-encoding (also twice), JSON escapes (also nested), HTML references. */
const GUISE = /%(?:25)*([0-9a-f]{2})|\\+u([0-9a-f]{4})|\\+(["\\/])|&#x([0-9a-f]+);|&#(\d+);/iy;

const MAY_HOLD_GUISES = /[%\\&]/;

const WORD = /[A-Za-z0-9_.-]/;

/**
 * Makes a function that replaces every trace of the secrets in a text by their placeholders. A text without
 * any comes back as it is, quickly.
 *
 * @example redactorOf([{ value: 'MIIEpAIBAAKC', placeholder: '$FGS_TOKEN' }])('bad token MIIEpAIBAAKC')
 * // 'bad token $FGS_TOKEN'
 */
export function redactorOf(secrets: readonly Secret[]): (text: string) => string {
  const forms = secrets.flatMap(formsOf).sort((left, right) => right.text.length - left.text.length);
  if (forms.length === 0) return text => text;
  const beginnings = [...new Set(forms.map(form => form.text.slice(0, LONG)))];
  const initials = new Set(forms.map(form => form.text.slice(0, 1)));
  return text => {
    const mayHold = MAY_HOLD_GUISES.test(text) || beginnings.some(beginning => text.includes(beginning));
    return mayHold ? redact(text, forms, initials) : text;
  };
}

function formsOf({ value, placeholder }: Secret): readonly Form[] {
  if (value.length < SHORTEST) return [];
  const plain = { text: value, placeholder, wholeWord: value.length < LONG };
  // Percent-encoding is of bytes, and bytes that are no UTF-8 text are read one character a byte.
  const bytes = { ...plain, text: Buffer.from(value).toString('latin1') };
  const spelled = bytes.text === value ? [plain] : [plain, bytes];
  return plain.wholeWord
    ? spelled
    : [...spelled, ...base64Forms(value).map(text => ({ text, placeholder, wholeWord: false }))];
}

/** How the value shows in base64, by where it begins in the encoded bytes; what mixes with neighbours is left out. */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const cores = [0, 1, 2].map(before => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    const mixedAtStart = before === 0 ? 0 : before + 1;
    const mixedAtEnd = (before + bytes.length) % 3 === 0 ? 0 : 1;
    return encoded.slice(mixedAtStart, encoded.length - mixedAtEnd);
  });
  const standard = cores.map(core => core.replaceAll('-', '+').replaceAll('_', '/'));
  return [...new Set([...cores, ...standard])];
}

function redact(text: string, forms: readonly Form[], initials: ReadonlySet<string>): string {
  let redacted = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const found =
      initials.has(text.charAt(at)) || isEscape(text.charAt(at)) ? findAt(text, at, forms) : undefined;
    if (found === undefined) {
      at += 1;
      continue;
    }
    redacted += text.slice(copied, at) + found.placeholder;
    at = found.end;
    copied = at;
  }
  return copied === 0 ? text : redacted + text.slice(copied);
}

function isEscape(character: string): boolean {
  return character === '%' || character === '\\' || character === '&';
}

interface Found {
  readonly placeholder: string;
  readonly end: number;
}

/** The longest form that stands here; failing that, one that the end of the text cuts off. */
function findAt(text: string, at: number, forms: readonly Form[]): Found | undefined {
  let cutOff: Found | undefined;
  for (const form of forms) {
    const { matched, end } = match(form, text, at);
    if (matched === form.text.length) return { placeholder: form.placeholder, end };
    if (matched >= LONG && end === text.length) cutOff ??= { placeholder: form.placeholder, end };
  }
  return cutOff;
}

/** How many characters of the form stand here, and where they end. */
function match({ text: form, wholeWord }: Form, text: string, start: number) {
  const none = { matched: 0, end: start };
  if (wholeWord && WORD.test(text.charAt(start - 1))) return none;
  let end = start;
  for (let index = 0; index < form.length; index++) {
    const width = end === text.length ? 0 : widthOf(form.charCodeAt(index), text, end);
    if (width === 0) return { matched: index, end };
    end += width;
  }
  return wholeWord && WORD.test(text.charAt(end)) ? none : { matched: form.length, end };
}

/** How many characters of the text stand for this one: 0 when they stand for another. */
function widthOf(code: number, text: string, at: number): number {
  const plain = text.charCodeAt(at);
  if (plain !== code && !isEscape(text.charAt(at))) return 0;
  if (!isEscape(text.charAt(at))) return 1;
  GUISE.lastIndex = at;
  const match = GUISE.exec(text);
  if (match !== null && characterCode(match) === code) return match[0].length;
  return plain === code ? 1 : 0;
}

function characterCode([, percent, unicode, escaped, hexReference, reference]: RegExpExecArray): number {
  const hex = percent ?? unicode ?? hexReference;
  if (hex !== undefined) return Number.parseInt(hex, 16);
  return escaped === undefined ? Number(reference) : escaped.charCodeAt(0);
}
