import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HttpRequest } from '../page/exchange.ts';
import { curlLine } from './curl.ts';
import { isPrintable } from './printable.ts';

const ENDPOINT = 'http://127.0.0.1:8080';
const NASTY = 'it\'s "$(touch pwned)" `touch pwned` $HOME !! \\ %s \\n & ; | > x # ~ * ? [a] {b}';

let dir = '';

/** A curl that writes down what it is given. */
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'curl-line-'));
  const script = `#!/bin/sh
printf '%s\\0' "$@" > "$RECORD/arguments"
for last; do :; done
if [ "$last" = '@-' ]; then cat > "$RECORD/stdin"; else : > "$RECORD/stdin"; fi
`;
  writeFileSync(join(dir, 'curl'), script);
  chmodSync(join(dir, 'curl'), 0o755);
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

function runInShell(line: string): { args: string[]; stdin: Buffer } {
  const env = {
    PATH: `${dir}:${process.env.PATH}`,
    RECORD: dir,
    FGS_TOKEN: 'secret token',
    FGS_FORBIDDEN_TOKEN: 'f',
  };
  execFileSync('sh', ['-c', line], { cwd: dir, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const args = readFileSync(join(dir, 'arguments'), 'utf8').split('\0').slice(0, -1);
  return { args, stdin: readFileSync(join(dir, 'stdin')) };
}

function bodySent({ args, stdin }: ReturnType<typeof runInShell>): Buffer {
  const data = args[args.indexOf('--data-binary') + 1] ?? '';
  if (data === '@-') return stdin;
  expect(data.startsWith('@')).toBe(false);
  return Buffer.from(data);
}

function headersSent(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => (args[index - 1] === '-H' ? [arg] : []));
}

function post(change: Partial<HttpRequest>): HttpRequest {
  return { method: 'POST', url: '/v2/p/fgs/functions/f/versions', headers: {}, ...change };
}

test('a publish request reads as anyone would write it', () => {
  const headers = {
    'content-type': 'application/json',
    'x-auth-token': '$FGS_TOKEN',
    'content-length': '17',
  };
  expect(curlLine(post({ headers, body: '{"version":"1.0"}' }), `${ENDPOINT}/`)).toBe(
    `curl -X POST -i '${ENDPOINT}/v2/p/fgs/functions/f/versions' -H 'Content-Type: application/json' ` +
      `-H "X-Auth-Token: $FGS_TOKEN" --data-binary '{"version":"1.0"}'`,
  );
});

test('the shell fills in the tokens, and nothing else', () => {
  const headers = {
    'x-auth-token': '$FGS_TOKEN',
    'x-other': `$FGS_FORBIDDEN_TOKEN ${NASTY}`,
    'x-longer': '$FGS_TOKENS $HOME',
  };
  expect(headersSent(runInShell(curlLine(post({ headers }), ENDPOINT)).args)).toEqual([
    'X-Auth-Token: secret token',
    `X-Other: f ${NASTY}`,
    'X-Longer: $FGS_TOKENS $HOME',
  ]);
});

test.each([
  ['quotes, substitutions and history', NASTY],
  ['a leading @', '@/etc/passwd'],
  ['line feeds', '{\n  "a": "b"\r\n}\n\n'],
  ['NUL and other controls', 'a\0b\u001b[31m\u007f\u0085'],
  ['a leading dash before a control', '-n\n'],
  ['digits after a control', '\u0001234'],
  ['other scripts and emoji', 'Überprüfung 数据 😀'],
  ['bidirectional controls', 'abc\u202e\u2066def'],
  ['nothing', ''],
])('a body with %s arrives as it was', (_, body) => {
  const line = curlLine(post({ body }), ENDPOINT);
  expect(isPrintable(line)).toBe(true);
  expect(bodySent(runInShell(line))).toEqual(Buffer.from(body));
});

test('any body arrives as it was, on one printable line', () => {
  const unit = fc.oneof(
    fc.constantFrom(...'\'"\\$`!@%-\n\r\0 0#', '$(', '\u001b'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), body => {
      const line = curlLine(post({ body }), ENDPOINT);
      expect(isPrintable(line)).toBe(true);
      expect(bodySent(runInShell(line))).toEqual(Buffer.from(body));
    }),
    { seed: 1, numRuns: 50 },
  );
}, 60_000);

test('a body of bytes arrives as it was', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const line = curlLine(post({ body: bytes.toString('base64'), bodyEncoding: 'base64' }), ENDPOINT);
  expect(line).toContain('| base64 -d | curl ');
  expect(bodySent(runInShell(line))).toEqual(bytes);
});

test('a body that nobody would copy is left out, with a note of its size', () => {
  const line = curlLine(post({ body: `$(touch pwned)'"${'ab'.repeat(60_000)}` }), ENDPOINT);
  expect(line.length).toBeLessThan(400);
  expect(line).toMatch(/--data-binary @body\.bin # .*120016 bytes/);
  expect(line).not.toContain('pwned');
});

test('what a long body repeats is made on the spot', () => {
  const body = `'${'a'.repeat(1_100_000)}é${'b'.repeat(2000)}`;
  const line = curlLine(post({ body }), ENDPOINT);
  expect(line.length).toBeLessThan(500);
  expect(bodySent(runInShell(line)).equals(Buffer.from(body))).toBe(true);
});

test('header values, methods and URLs are single words', () => {
  const request = post({
    method: 'X;touch pwned',
    url: `/v2/$(touch pwned)'"é\n[1]/../x`,
    headers: { 'x-a': NASTY, 'x-b': 'line\nfeed', 'x-c': '', '@/etc/passwd': 'x', 'bad name': 'x' },
  });
  const { args } = runInShell(curlLine(request, ENDPOINT));
  expect(args.slice(0, 2)).toEqual(['-X', 'X;touch pwned']);
  expect(args).toContain(`${ENDPOINT}/v2/$(touch%20pwned)'"%C3%A9%0A[1]/../x`);
  expect(args).toEqual(expect.arrayContaining(['--globoff', '--path-as-is']));
  expect(headersSent(args)).toEqual([`X-A: ${NASTY}`, 'X-B: line\nfeed', 'X-C;']);
});

test('a URL is never taken for an option or another scheme', () => {
  expect(runInShell(curlLine(post({ url: '-o/tmp/x' }), '')).args[3]).toBe('/-o/tmp/x');
  expect(runInShell(curlLine(post({ url: 'file:///etc/passwd' }), ENDPOINT)).args[3]).toMatch(/^http:/);
});

test('curl adds no content type of its own', () => {
  expect(headersSent(runInShell(curlLine(post({ body: '{}' }), ENDPOINT)).args)).toEqual(['Content-Type:']);
});

test('the host is only told when it is another one', () => {
  const line = (host: string) => curlLine(post({ headers: { host } }), ENDPOINT);
  expect(line('127.0.0.1:8080')).not.toContain('-H');
  expect(line('other')).toContain("-H 'Host: other'");
});
