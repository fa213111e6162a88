import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { CONFIGURATION, creation, judgedInOrder, publication, VERSION } from './recordings.test.support.ts';

const wrong = { ...VERSION, memory_size: 129 };

/** Everything that is kept of a recording. */
async function kept(...exchanges: readonly Exchange[]): Promise<string> {
  const { evidence, broken } = await judgedInOrder(...exchanges);
  expect(broken).not.toEqual([]);
  return JSON.stringify(evidence);
}

test.each<[string, unknown]>([
  ['a short text', 'Zq'],
  ['a text that looks like what stands in for one', '[Zq'],
  ['a number', 90210],
  ['a list', ['Zq', 90210]],
  ['an object', { value: 'Zq', other: 90210 }],
])('%s under the name of a secret in a body is not kept', async (_, value) => {
  for (const member of ['token', 'DB_PASSWORD', 'x-api-key', 'encrypted_user_data']) {
    const text = await kept(publication({ ...wrong, [member]: value }, { [member]: value }));
    expect(text).not.toMatch(/Zq|90210/);
    expect(text).toContain('[redacted]');
  }
  const inText = JSON.stringify({ LANG: 'en', DB_PASSWORD: value });
  expect(await kept(publication({ ...wrong, user_data: inText }))).not.toMatch(/Zq|90210/);
});

test('a short value is not kept where a finding quotes it', async () => {
  const asked = { ...CONFIGURATION, encrypted_user_data: 'Zq' };
  expect(await kept(creation(asked), publication({ ...wrong, encrypted_user_data: 'Zx' }))).not.toMatch(
    /Z[qx]/,
  );
});

test('nor in a body that is no JSON or breaks off', async () => {
  const { request } = publication();
  for (const body of ['{"token": "Zq", "a": }', '{"password":"CaNaRy', '{"a":"{\\"token\\":\\"Zq\\"}"']) {
    const answer = { status: 200, headers: { 'content-type': 'application/json' }, body };
    expect(await kept({ request, response: answer })).not.toMatch(/Zq|CaNaRy/);
  }
});

test('nor in the user information of a URL', async () => {
  const asked = publication(wrong);
  const url = asked.request.url.replace('https://', 'https://me:Zq@');
  expect(await kept({ ...asked, request: { ...asked.request, url } })).not.toContain('Zq');
  expect(await kept(publication({ ...wrong, xrole: 'see https://me:Zq@x.example.com/' }))).not.toContain(
    'Zq',
  );
});
