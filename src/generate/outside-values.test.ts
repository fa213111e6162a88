import { describe, expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import { createAjv } from '../page/ajv.ts';
import { configuration } from '../page/configuration.ts';
import { refusablePaths } from '../page/rules/configurations.ts';
import { MEMORY_SIZES } from '../page/values.ts';
import { configurationWith } from './configuration-with.ts';
import { outsideValues } from './outside-values.ts';
import { plainConfiguration } from './plain-configuration.ts';

const base = plainConfiguration('test', 'nonce');
const validate = createAjv().compile(configuration);

/** What accepting the configuration breaks. */
function brokenByAccepting(sent: unknown): readonly string[] {
  const exchange = {
    request: {
      method: 'POST',
      url: '/v2/p/fgs/functions',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: JSON.stringify(sent),
    },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
  };
  return judge(exchange, {}).findings.map(({ clause }) => clause);
}

describe('outsideValues', () => {
  test('the plain configuration is inside', () => {
    expect(validate(base)).toBe(true);
    expect(brokenByAccepting(base)).toEqual([]);
  });

  test.each([...outsideValues])('$title is outside, and nothing else is', outside => {
    const sent = configurationWith(base, outside);
    expect(brokenByAccepting(sent)).toEqual([`config.${outside.path}.refused`]);
  });

  // A v1 function's concurrency is a matter of two members, of which a schema knows nothing.
  const bySchema = outsideValues.filter(({ beside }) => beside.type !== 'v1');

  test.each(bySchema)('$title breaks the schema at that member only', outside => {
    expect(validate(configurationWith(base, outside))).toBe(false);
    const paths = (validate.errors ?? []).map(({ instancePath }) =>
      instancePath.slice(1).replaceAll(/\/\d+/g, '[]').replaceAll('/', '.'),
    );
    expect([...new Set(paths)]).toEqual([outside.path]);
  });

  test('every member that can be refused has values outside, with titles that differ', () => {
    expect([...new Set(outsideValues.map(({ path }) => path))].sort()).toEqual([...refusablePaths].sort());
    expect(new Set(outsideValues.map(({ title }) => title)).size).toBe(outsideValues.length);
  });

  test('no larger memory size than the next step is sent', () => {
    const sizes = outsideValues.flatMap(({ path, value }) =>
      path === 'memory_size' && typeof value === 'number' ? [value] : [],
    );
    expect(Math.max(...sizes)).toBe(Math.max(...MEMORY_SIZES) + 1);
    expect(sizes).toEqual(expect.arrayContaining([64, 127, 129]));
  });

  test('asynchronous settings are outside both pages', () => {
    const settings = outsideValues.flatMap(({ path, value }) =>
      path.includes('max_async') && Number.isInteger(value) ? [value] : [],
    );
    expect(settings).toEqual([0, 86401, -1, 9]);
  });
});
