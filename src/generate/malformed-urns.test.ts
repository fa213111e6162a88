import { expect, test } from 'vitest';
import { isMalformedUrn } from '../page/urn.ts';
import { malformedUrns } from './malformed-urns.ts';

const FUNCTION = { region: 'region', projectId: 'project', package: 'default', name: 'test' };

test.each([...malformedUrns(FUNCTION)])('$title is no URN: $urn', ({ urn }) => {
  expect(isMalformedUrn(urn)).toBe(true);
});

test('each way of being malformed is there once', () => {
  const all = malformedUrns({ ...FUNCTION, qualifier: 'latest' });
  expect(new Set(all.map(({ urn }) => urn)).size).toBe(all.length);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
});
