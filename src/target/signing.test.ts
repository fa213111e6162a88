import { expect, test } from 'vitest';
import { signatureIn, signed } from './signing.ts';

const KEYS = { ak: 'AccessKey', sk: 'SecretKey' };
const HOST = 'service.endpoint.myhuaweicloud.com';
const EARLIER = new Date('2006-01-02T15:04:05Z');
const LATER = new Date('2020-06-08T02:39:00Z');

function request(method: string, path: string, body?: string, host?: string) {
  return {
    method,
    path,
    headers: host === undefined ? {} : { host },
    ...(body === undefined ? {} : { body: Buffer.from(body) }),
  };
}

test.each([
  [
    request('GET', '/path?limit=1'),
    EARLIER,
    'x-sdk-date',
    '5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624',
  ],
  [
    request('POST', '/path?key=value', '{"Name":"test","Id":1}\n'),
    EARLIER,
    'x-sdk-date',
    'cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59',
  ],
  [
    request('GET', '/resources?size=1', undefined, HOST),
    LATER,
    'host;x-sdk-date',
    'cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
  ],
  [
    request('POST', '/resources?size=1', '{"name":"test","id":1}', HOST),
    LATER,
    'host;x-sdk-date',
    '436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f',
  ],
])('the known answer of $method $path', (unsigned, date, signedHeaders, signature) => {
  const { headers } = signed(unsigned, KEYS, date);
  expect(headers.authorization).toBe(
    `SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  );
  expect(headers['x-sdk-date']).toMatch(/^\d{8}T\d{6}Z$/);
  expect(signatureIn(headers)).toBe(signature);
});

function signatureFor(path: string, headers: Record<string, string> = {}): string | undefined {
  return signatureIn(signed({ method: 'GET', path, headers }, KEYS, EARLIER).headers);
}

test.each([
  ['colons in the path', '/v2/a:b', '/v2/a%3Ab'],
  ['hexadecimal digits in either case', '/%c3%a4', '/%C3%A4'],
  ['characters that need no encoding', '/%2D%5F%2E%7E', '/-_.~'],
  ['a slash at the end', '/v2', '/v2/'],
  ['a segment that cannot be decoded', '/a%zz', '/a%25zz'],
  ['the order of the query', '/x?b=2&a=2&a=1', '/x?a=1&a=2&b=2'],
  ['a key without value', '/x?a', '/x?a='],
  ['spaces in the query', '/x?a=b+c', '/x?a=b%20c'],
])('%s makes no difference', (_, path, same) => {
  expect(signatureFor(path)).toBe(signatureFor(same));
});

test.each([
  ['the path', '/other'],
  ['an encoded slash in the path', '/x%2Fy'],
  ['bytes that are no UTF-8', '/x%ff'],
  ['the query', '/x/y?a=1'],
])('%s is signed', (_, path) => {
  expect(signatureFor(path)).not.toBe(signatureFor('/x/y'));
});

test('the token of a temporary key is sent and signed', () => {
  const { headers } = signed(request('GET', '/', undefined, HOST), { ...KEYS, securityToken: 'temporary' });
  expect(headers['x-security-token']).toBe('temporary');
  expect(headers.authorization).toContain('SignedHeaders=host;x-sdk-date;x-security-token,');
});
