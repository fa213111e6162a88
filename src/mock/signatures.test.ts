import { expect, test } from 'vitest';
import { canonicalHash, type SignedRequest, signatureDate, signatureOf } from '../page/signature.ts';
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
  /** `<date>/<region>/<service>/sdk_request`, for the older form. */
  readonly scope?: string;
}

/** A signed publish request. */
function request(signing: Signing = {}): ClaimedRequest {
  const { signedHeaders = ['host', 'x-sdk-date'], url = '/v2/p/fgs/functions/a:b/versions?x=1' } = signing;
  const { ak = KEY.ak, sk = KEY.sk, at = NOW, path = url, scope } = signing;
  const body = Buffer.from('{}');
  const headers = {
    host: '127.0.0.1:80',
    'content-type': 'application/json',
    'x-sdk-date': signatureDate(new Date(at)),
    ...signing.headers,
  };
  const signature = signatureOf({ method: 'POST', path, headers, body }, signedHeaders, sk, scope);
  const key = scope === undefined ? `Access=${ak}` : `Credential=${ak}/${scope}`;
  const authorization = `SDK-HMAC-SHA256 ${key}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
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
  ['the older form', { scope: '20260102/region/service/sdk_request' }],
  ['the older form without region and service', { scope: '20260102///sdk_request' }],
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
  [
    'another date in the older form',
    { scope: '20260101/region/service/sdk_request' },
    'the date in Credential is not that of X-Sdk-Date',
  ],
  [
    'another secret in the older form',
    { scope: '20260102/region/service/sdk_request', sk: 'other' },
    'the signature does not fit the request',
  ],
  [
    'another key in the older form',
    { scope: '20260102/region/service/sdk_request', ak: 'other' },
    'the access key is not known',
  ],
  ['another body', { headers: { 'x-sdk-content-sha256': '0'.repeat(64) } }, /not the hash of the body/],
])('a signature with %s is refused', (_, signing, message) => {
  expect(problem(request(signing))).toMatch(message);
});

/** Made with the signer of a client that signs in this way. */
test('the older form is what its clients make of it', () => {
  const headers = {
    host: '127.0.0.1:80',
    'x-sdk-date': '20260102T030405Z',
    authorization:
      'SDK-HMAC-SHA256 Credential=AK/20260102/region-1/functiongraph/sdk_request, SignedHeaders=host;x-sdk-date, Signature=3f91ac5b9ab74d181eeb3579b0a201a6fa78bfe149f68194d54a5a8e91c47a78',
  };
  const url = '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions?marker=0&maxitems=10';
  expect(problem({ method: 'GET', url, headers, body: undefined })).toBeUndefined();
});

test('a signature that does not fit says what was compared, and not the secret', () => {
  const sk = 'the-secret-key';
  const claimed = request({ sk: 'another' });
  const why = signatureProblem(claimed, { ...KEY, sk }, NOW) ?? '';
  const { authorization: _authorization, ...headers } = claimed.headers;
  const signed = { method: 'POST', path: claimed.url, headers, body: Buffer.from('{}') };
  expect(why).toContain(canonicalHash(signed as SignedRequest, ['host', 'x-sdk-date']));
  expect(why).toContain('X-Sdk-Date is 20260102T030405Z, and it is 20260102T030405Z here');
  expect(why).toContain('the signed headers are host;x-sdk-date');
  expect(why).not.toContain(sk);
  expect(why).not.toContain(signatureOf(signed as SignedRequest, ['host', 'x-sdk-date'], sk));
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
