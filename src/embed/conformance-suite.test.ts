import { expect, test } from 'vitest';
import { UsageError } from '../run/options.ts';
import { conformanceSuite } from './conformance-suite.ts';

test('an endpoint without credentials is refused where the suite is declared', () => {
  expect(() => conformanceSuite({ endpoint: 'http://127.0.0.1:1' })).toThrow(UsageError);
});

test('an endpoint that is undefined is not taken for the mock server', () => {
  const { endpoint } = {} as { endpoint: string };
  expect(() => conformanceSuite({ endpoint, projectId: 'p', token: 't' })).toThrow('leave it out');
});
