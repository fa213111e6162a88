import { expect, test } from 'vitest';
import { pactIn } from './pact-document.ts';
import { tokenUses } from './token-uses.ts';

function pactWith(...expected: readonly (readonly [token: string, status: number])[]) {
  const interactions = expected.map(([token, status], index) => ({
    description: String(index),
    request: { headers: { 'X-Auth-Token': token } },
    response: { status },
  }));
  return pactIn(JSON.stringify({ consumer: { name: 'c' }, provider: { name: 'p' }, interactions }), 'x');
}

test('a token is told by how requests with it are answered', () => {
  const uses = tokenUses([
    pactWith(['any', 200], ['any', 400], ['stranger', 401], ['guest', 403]),
    pactWith(['any', 401], ['stranger', 401]),
  ]);
  expect(uses).toEqual({ any: 'valid', stranger: 'as it is', guest: 'forbidden' });
});
