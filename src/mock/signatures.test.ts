import { expect, test } from 'vitest';
import { signatureDate, signatureOf } from '../page/signature.ts';
import { type ClaimedRequest, signatureProblem } from './signatures.ts';

const KEY = { ak: 'AK', sk: 'SK', securityToken: 'temporary' };
const NOW = Date.parse('2026-01-02T03:04:05Z');
const MINUTE = 60_000;

interface Signing {
  readonly signedHeaders?: string[];
  readonly headers?: Record<string, string>;
  readonly url?: string;
  /** What is signed in place of the URL. */
  readonly path?: string;
  readonly ak?: string;
  readonly sk?: string;
  readonly at?: number;
}

/** A signed publish request. */
function request(signing: Signing = {}): ClaimedRequest {
  const { signedHeaders = ['host', 'x-sdk-date'], url = '/v2/p/fgs/functions/a:b/versions?x=1' } = signing;
  const { ak = KEY.ak, sk = KEY.sk, at = NOW, path = url } = signing;
  const body = Buffer.from('{}');
  const headers = {
    host: '127.0.0.1:80',
    'content-type': 'application/json',
    'x-sdk-date': signatureDate(new Date(at)),
    ...signing.headers,
  };
  const signature = signatureOf({ method: 'POST', path, headers, body }, signedHeaders, sk);
  const authorization = `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { method: 'POST', url, headers: { ...headers, authorization }, body };
}

function problem(claimed: ClaimedRequest): string | undefined {
  return signatureProblem(claimed, KEY, NOW);
}

test.each([
  ['x-sdk-date alone', { signedHeaders: ['x-sdk-date'] }],
  ['host and date', {}],
  [
    'more headers',
    {
      signedHeaders: ['content-type', 'host', 'x-project-id', 'x-sdk-date'],
      headers: { 'x-project-id': 'p' },
    },
  ],
  ['colons that are sent raw and signed encoded', { path: '/v2/p/fgs/functions/a%3Ab/versions?x=1' }],
  ['colons that are sent encoded and signed raw', { url: '/v2/a%3Ab', path: '/v2/a:b' }],
  ['a date 15 minutes ago', { at: NOW - 15 * MINUTE }],
  ['a date in 15 minutes', { at: NOW + 15 * MINUTE }],
  [
    'a temporary key',
    {
      signedHeaders: ['host', 'x-sdk-date', 'x-security-token'],
      headers: { 'x-security-token': KEY.securityToken },
    },
  ],
  ['a body that is not signed', { headers: { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' } }],
])('a signature over %s is good', (_, signing) => {
  expect(problem(request(signing))).toBeUndefined();
});

test.each([
  ['another key', { ak: 'other' }, 'the access key is not known'],
  ['another secret', { sk: 'other' }, 'the signature does not fit the request'],
  ['a date 16 minutes ago', { at: NOW - 16 * MINUTE }, 'X-Sdk-Date is not within 15 minutes of now'],
  ['a date in 16 minutes', { at: NOW + 16 * MINUTE }, 'X-Sdk-Date is not within 15 minutes of now'],
  ['no date', { headers: { 'x-sdk-date': 'now' } }, 'X-Sdk-Date is not within 15 minutes of now'],
  ['a date that is not signed', { signedHeaders: ['host'] }, 'x-sdk-date is not signed'],
  [
    'a header that is not sent',
    { signedHeaders: ['x-project-id', 'x-sdk-date'] },
    'x-project-id is signed, but not sent',
  ],
  [
    'another temporary key',
    {
      signedHeaders: ['x-sdk-date', 'x-security-token'],
      headers: { 'x-security-token': 'other' },
    },
    'X-Security-Token is not known',
  ],
  [
    'a security token that is not signed',
    { headers: { 'x-security-token': KEY.securityToken } },
    'x-security-token is not signed',
  ],
  [
    'another path',
    { path: '/v2/p/fgs/functions/a:c/versions?x=1' },
    'the signature does not fit the request',
  ],
  ['another body', { headers: { 'x-sdk-content-sha256': '0'.repeat(64) } }, /not the hash of the body/],
])('a signature with %s is refused', (_, signing, message) => {
  expect(problem(request(signing))).toMatch(message);
});

test('a body that was changed is refused', () => {
  expect(problem({ ...request(), body: Buffer.from('{"version":"v1"}') })).toMatch(/does not fit/);
});

test.each([
  '',
  'Basic abc',
  'SDK-HMAC-SHA256 Access=AK',
  'SDK-HMAC-SHA256 Access=AK, SignedHeaders=, Signature=',
])('an Authorization of "%s" is no signature', authorization => {
  const claimed = request();
  expect(problem({ ...claimed, headers: { ...claimed.headers, authorization } })).toMatch(
    /is no SDK-HMAC-SHA256/,
  );
});
