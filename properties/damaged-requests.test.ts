import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf } from '../src/target/index.ts';
import { damaged, damages } from './damaged-requests.ts';

const SECRET = 'x-auth-token: a-token-of-some-length\r\nauthorization: a signature of some length\r\n';

const request = {
  method: 'POST',
  path: '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions',
  headers: {
    'x-auth-token': 'a-token-of-some-length',
    host: 'example.com',
    'content-length': '20',
    authorization: 'a signature of some length',
  },
  body: Buffer.from('{"description":"v1"}'),
};

function textOf(changes: Parameters<typeof damaged>[1]): string {
  return damaged(request, changes)
    .map(part => (Buffer.isBuffer(part) ? part.toString('latin1') : ''))
    .join('');
}

test('a request without damage has the bytes that it has', () => {
  const lines = bytesOf(request).toString('latin1').split('\r\n');
  expect(textOf([]).split('\r\n').sort()).toEqual(lines.sort());
});

test('whatever is damaged, credentials are left whole', () => {
  fc.assert(
    fc.property(damages, changes => textOf(changes).includes(SECRET)),
    { numRuns: 500 },
  );
});

test.each([
  [0, 'POST', 'XOST'],
  [999, '"v1"}', '"v1"X'],
])('at %i thousandths, %s becomes %s', (at, before, after) => {
  expect(textOf([])).toContain(before);
  expect(textOf([{ at, removed: 1, inserted: 'X' }])).toContain(after);
});
