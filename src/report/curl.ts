/** A captured request as a command that makes it again. */

import type { HttpRequest } from '../page/exchange.ts';
import { isPrintable } from './printable.ts';

/** What stands for a secret in a captured request: a variable that the shell fills in. */
const PLACEHOLDER = /(\$FGS_(?:FORBIDDEN_)?TOKEN(?![A-Za-z0-9_]))/;

/** Characters that mean the same between double quotes as anywhere. */
const TAME = /^[A-Za-z0-9 _.,:;=/+@%-]*$/;

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** curl writes these itself. */
const OF_THE_CONNECTION = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);

/** A signature holds for one request only: a token stands in for it. */
const OF_THE_SIGNATURE = new Set(['x-sdk-date', 'x-sdk-content-sha256', 'x-security-token']);

/** Bytes of a body that an argument may have: Linux takes 128 KiB. */
const LARGEST_ARGUMENT = 16 * 1024;

/** Bytes of a body that are written out, what is repeated in it left out. */
const LARGEST_BODY = 96 * 1024;

/**
 * A line for a POSIX shell that makes the request again with curl. It is one printable line, whatever the
 * request holds; `$FGS_TOKEN` and `$FGS_FORBIDDEN_TOKEN` in headers are left to the shell. A long body is
 * piped into curl, with what is repeated in it made on the spot; one that is longer than anyone would copy is
 * read from `body.bin`, and a note says so.
 *
 * @param endpoint Where a request whose URL is only a path was sent.
 * @param options What curl is to do besides, as words for the shell.
 */
export function curlLine(
  request: HttpRequest,
  endpoint: string,
  options: readonly string[] = ['-i'],
): string {
  const url = absoluteUrl(request.url, endpoint);
  const body = bodyWords(request);
  const words = [
    ...methodWords(request.method),
    ...options,
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...(/\/\.\.?(?:[/?]|$)/.test(url) ? ['--path-as-is'] : []),
    quoted(url),
    ...headerWords(request, url.split('/')[2]),
    ...body.words,
  ];
  return `${body.before}curl ${words.join(' ')}${body.after}`;
}

/** The URL in characters that a shell and HTTP take as they are. */
export function absoluteUrl(url: string, endpoint: string): string {
  const absolute = /^https?:\/\//i.test(url)
    ? url
    : `${endpoint.replace(/\/+$/, '')}/${url.replace(/^\//, '')}`;
  return absolute.replace(/[^\x21-\x7e]/gu, character => escapedBytes(character, byte => `%${hex(byte)}`));
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

function escapedBytes(text: string, write: (byte: number) => string): string {
  return Array.from(Buffer.from(text), write).join('');
}

function methodWords(method: string): readonly string[] {
  // With -X HEAD curl would wait for a body.
  return method.toUpperCase() === 'HEAD'
    ? ['--head']
    : ['-X', /^[A-Z]+$/i.test(method) ? method : word(method)];
}

function headerWords(request: HttpRequest, host: string | undefined): readonly string[] {
  const sent = Object.entries(request.headers).filter(
    ([name, value]) =>
      HEADER_NAME.test(name) && !OF_THE_CONNECTION.has(name) && !(name === 'host' && value === host),
  );
  const isSigned = request.headers.authorization?.startsWith('SDK-HMAC-SHA256') ?? false;
  const words = sent.flatMap(([name, value]) => {
    if (name === 'accept-encoding') return ['--compressed'];
    if (isSigned && OF_THE_SIGNATURE.has(name)) return [];
    if (isSigned && name === 'authorization') return ['-H', headerWord('x-auth-token', '$FGS_TOKEN')];
    return ['-H', headerWord(name, value)];
  });
  // Told nothing, curl calls a body a form.
  const isUntyped = request.body !== undefined && request.headers['content-type'] === undefined;
  return isUntyped ? [...words, '-H', quoted('Content-Type:')] : words;
}

function headerWord(name: string, value: string): string {
  const spelled = name.replace(/(?<![a-z0-9])[a-z]/g, letter => letter.toUpperCase());
  // "Name:" would leave the header out; "Name;" sends it empty.
  const header = value === '' ? `${spelled};` : `${spelled}: ${value}`;
  const parts = header.split(PLACEHOLDER);
  if (parts.length === 1) return word(header);
  const isTame = parts.every((part, index) => index % 2 === 1 || TAME.test(part));
  if (isTame) return `"${header}"`;
  return parts
    .map((part, index) => (index % 2 === 1 ? `"${part}"` : word(part)))
    .filter(part => part !== "''")
    .join('');
}

interface BodyWords {
  /** What feeds the body into curl. */
  readonly before: string;
  readonly words: readonly string[];
  readonly after: string;
}

function bodyWords({ body, bodyEncoding }: HttpRequest): BodyWords {
  if (body === undefined) return { before: '', words: [], after: '' };
  const bytes = Buffer.from(body, bodyEncoding ?? 'utf8');
  const written = bodyEncoding === 'base64' ? quoted(body) : writtenOut(body);
  if (written.length > LARGEST_BODY) {
    // An interactive shell may not know comments: nothing of the body may stand in one.
    const after = ` # body.bin: the request body of ${bytes.length} bytes, too long for this line; report.json has it`;
    return { before: '', words: ['--data-binary', '@body.bin'], after };
  }
  const piped = { words: ['--data-binary', '@-'], after: '' };
  if (bodyEncoding === 'base64') {
    return { before: `printf '%s' ${quoted(bytes.toString('base64'))} | base64 -d | `, ...piped };
  }
  const isPlain = isPrintable(body) && !body.startsWith('@') && bytes.length <= LARGEST_ARGUMENT;
  if (isPlain) return { before: '', words: ['--data-binary', quoted(body)], after: '' };
  return { before: `${written} | `, ...piped };
}

/** One character many times over. */
const RUN = /([A-Za-z0-9 ])\1{1023,}/g;

/** Commands that write the text. */
function writtenOut(text: string): string {
  const commands: string[] = [];
  let written = 0;
  const write = (end: number): void => {
    if (end > written) commands.push(`printf ${printfFormat(text.slice(written, end))}`);
  };
  for (const { 0: run, 1: character, index } of text.matchAll(RUN)) {
    write(index);
    commands.push(`head -c ${run.length} /dev/zero | tr '\\0' '${character}'`);
    written = index + run.length;
  }
  write(text.length);
  return commands.length === 1 ? (commands[0] ?? '') : `{ ${commands.join('; ')}; }`;
}

function word(text: string): string {
  return isPrintable(text) ? quoted(text) : `"$(printf ${printfFormat(text)})"`;
}

/** Text as one word of the shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const PRINTF_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '%': '%%',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** The text as a format of printf(1) that writes its bytes. */
export function printfFormat(text: string): string {
  const format = Array.from(text, (character, index) => {
    // A leading "-" would be an option; a "!" the history of an interactive shell.
    const isMisread = character === '!' || (index === 0 && character === '-');
    if (PRINTF_ESCAPES[character] !== undefined) return PRINTF_ESCAPES[character];
    return isMisread || !isPrintable(character) ? octal(character) : character;
  });
  return quoted(format.join(''));
}

function octal(character: string): string {
  return escapedBytes(character, byte => `\\${byte.toString(8).padStart(3, '0')}`);
}
