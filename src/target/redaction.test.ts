import { expect, test } from 'vitest';
import { redactorOf } from './redaction.ts';

const TOKEN = 'MIIEpAIBAAKCAQ+/dGhpcyBpcyBubyB0b2tlbg==';
const redact = redactorOf([
  { value: TOKEN, placeholder: '$FGS_TOKEN' },
  { value: 'a-second-token', placeholder: '$FGS_FORBIDDEN_TOKEN' },
]);

function everyCharacter(encode: (code: number) => string): string {
  return [...TOKEN].map(character => encode(character.charCodeAt(0))).join('');
}

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');

test.each([
  ['plain', TOKEN],
  ['percent-encoded', encodeURIComponent(TOKEN)],
  ['percent-encoded in lower case', TOKEN.replaceAll('+', '%2b').replaceAll('/', '%2f')],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(TOKEN))],
  ['percent-encoded throughout', everyCharacter(code => `%${hex(code, 2)}`)],
  ['with escaped slashes', TOKEN.replaceAll('/', '\\/')],
  ['with JSON escapes', TOKEN.replaceAll('=', '\\u003d').replaceAll('+', '\\u002B')],
  ['with JSON escapes throughout', everyCharacter(code => `\\u${hex(code, 4)}`)],
  ['in JSON inside JSON', TOKEN.replaceAll('/', '\\\\/').replaceAll('=', '\\\\u003d')],
  ['with HTML references', TOKEN.replaceAll('+', '&#43;').replaceAll('/', '&#x2F;')],
])('a secret that is echoed %s is replaced', (_, echo) => {
  expect(redact(`{"error_msg":"bad token ${echo}, sorry"}`)).toBe(
    '{"error_msg":"bad token $FGS_TOKEN, sorry"}',
  );
});

test.each(['', 'x', 'xy', 'user:'])('a secret in base64 after "%s" is replaced', before => {
  for (const encoding of ['base64', 'base64url'] as const) {
    const echo = Buffer.from(`${before}${TOKEN} and more`).toString(encoding);
    const redacted = redact(`echo ${echo} end`);
    expect(redacted).toContain('$FGS_TOKEN');
    const decoded = redacted
      .split(/[^A-Za-z0-9+/_=-]+/)
      .map(word => Buffer.from(word, 'base64').toString('latin1'))
      .join(' ');
    expect(decoded).not.toContain(TOKEN.slice(2, -2));
  }
});

test('several secrets are replaced, each by its own placeholder', () => {
  expect(redact(`${TOKEN} a-second-token ${TOKEN}`)).toBe('$FGS_TOKEN $FGS_FORBIDDEN_TOKEN $FGS_TOKEN');
});

test.each([
  ['plain', (text: string) => text],
  ['percent-encoded', encodeURIComponent],
  ['with JSON escapes', (text: string) => JSON.stringify(text).replaceAll('ä', '\\u00e4').slice(1, -1)],
  ['as bytes', (text: string) => Buffer.from(text).toString('latin1')],
])('a password with any characters that is echoed %s is replaced', (_, echo) => {
  const password = 'päss "wörd" \\ €';
  const redacted = redactorOf([{ value: password, placeholder: '$FGS_PASSWORD' }])(`a ${echo(password)} b`);
  expect(redacted).toBe('a $FGS_PASSWORD b');
});

test('a secret that contains another one is replaced as a whole', () => {
  const nested = redactorOf([
    { value: 'secret-token', placeholder: '$A' },
    { value: 'secret-token-2', placeholder: '$B' },
  ]);
  expect(nested('secret-token-2 secret-token')).toBe('$B $A');
});

test('a secret in which an answer breaks off is replaced', () => {
  expect(redact(`{"token":"${TOKEN.slice(0, 20)}`)).toBe('{"token":"$FGS_TOKEN');
});

test('text without secrets comes back unchanged', () => {
  const texts = ['', '{"a":"%41 \\u0041 &#65; \\\\"}', `${TOKEN.slice(0, 20)}!`, 'MIIE'];
  for (const text of texts) expect(redact(text)).toBe(text);
});

test('a short secret is replaced as a word of its own only', () => {
  const short = redactorOf([{ value: 'test', placeholder: '$FGS_TOKEN' }]);
  expect(short('token test: test.handler, testing, "test"')).toBe(
    'token $FGS_TOKEN: test.handler, testing, "$FGS_TOKEN"',
  );
});

test('a value too short to be told from ordinary text is left alone', () => {
  expect(redactorOf([{ value: 'a', placeholder: '$FGS_TOKEN' }])('a handler')).toBe('a handler');
});
