import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkName, pactFileName } from './naming.ts';

test.each(['my-sdk', '@acme/sdk', '../../x', '..', 'My SDK', 'a%2Fb', 'C:\\x', 'größe'])(
  'the pact of %s is one file in the folder',
  consumer => {
    const name = pactFileName({ consumer, provider: 'functiongraph' });
    expect(basename(join('pacts', name))).toBe(name);
    expect(name).toMatch(/-functiongraph\.json$/);
  },
);

test('ordinary names are as Pact writes them, and different ones stay different', () => {
  expect(pactFileName({ consumer: 'My SDK', provider: 'functiongraph' })).toBe('My SDK-functiongraph.json');
  const [slash, encoded] = ['a/b', 'a%2Fb'].map(consumer => pactFileName({ consumer, provider: 'p' }));
  expect(slash).not.toBe(encoded);
});

test('a blank name is refused', () => {
  expect(() => checkName(' ', '--consumer')).toThrow('--consumer is blank.');
  expect(() => checkName('a\nb', '--consumer')).toThrow(/no name has/);
});
