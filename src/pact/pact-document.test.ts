import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pactIn, readPacts, withInteractions } from './pact-document.ts';

const PACT = {
  consumer: { name: 'my-sdk' },
  provider: { name: 'functiongraph' },
  interactions: [
    {
      description: 'one',
      pending: true,
      providerStates: [{ name: 'a', params: { timeout: 3 } }, { name: 'b' }],
      request: { headers: { 'x-auth-token': ['t1'] } },
      response: { status: 200 },
    },
    { description: 'two', providerState: 'c', request: { headers: { 'X-Auth-Token': 't2' } } },
  ],
};

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fgs-pacts-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('states, status and token are read as any specification version has them', () => {
  const { interactions } = pactIn(JSON.stringify(PACT), 'x');
  expect(interactions).toMatchObject([
    {
      description: 'one',
      states: [
        { name: 'a', params: { timeout: 3 } },
        { name: 'b', params: {} },
      ],
      isPending: true,
      status: 200,
      token: 't1',
    },
    {
      description: 'two',
      states: [{ name: 'c', params: {} }],
      isPending: false,
      status: undefined,
      token: 't2',
    },
  ]);
});

test('leaving interactions out leaves them out of what the verifier reads', () => {
  const pact = pactIn(JSON.stringify(PACT), 'x');
  const left = withInteractions(pact, pact.interactions.slice(1));
  expect(left.interactions.map(({ description }) => description)).toEqual(['two']);
  expect(left.content).toEqual({ ...PACT, interactions: [PACT.interactions[1]] });
});

test('a folder gives all its pacts, a path one', async () => {
  await writeFile(join(dir, 'a.json'), JSON.stringify(PACT));
  await writeFile(join(dir, 'b.json'), JSON.stringify({ ...PACT, consumer: { name: 'other' } }));
  await writeFile(join(dir, 'notes.txt'), 'no pact');
  const all = await readPacts(dir);
  expect(all.map(({ consumer }) => consumer)).toEqual(['my-sdk', 'other']);
  expect(await readPacts(join(dir, 'b.json'))).toMatchObject([{ consumer: 'other' }]);
});

test.each([
  ['{', /no pact: .*JSON/],
  ['[]', /no interactions/],
  ['{"interactions":[]}', /consumer and a provider/],
  [JSON.stringify({ ...PACT, interactions: [{}] }), /without a description/],
])('%s is told to be no pact', async (text, told) => {
  const file = join(dir, 'broken.json');
  await writeFile(file, text);
  await expect(readPacts(file)).rejects.toThrow(told);
  await rm(file);
});

test('where nothing is, the way to a pact is told', async () => {
  await expect(readPacts(join(dir, 'nowhere'))).rejects.toThrow(/pact generate/);
});

test('a pact of which nothing is left out is read by the verifier as it stands: 1.0 is not 1', () => {
  const text = JSON.stringify(PACT).replace('{', '{"metadata":{"number":1.0},');
  const pact = pactIn(text, 'x');
  expect(withInteractions(pact, [...pact.interactions]).text).toBe(text);
});
