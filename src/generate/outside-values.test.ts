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
  return brokenBy(sent, { status: 200, body: '{}' });
}

function brokenByRefusing(sent: unknown): readonly string[] {
  return brokenBy(sent, { status: 400, body: '{"error_code":"FSS.0400","error_msg":"refused"}' });
}

function brokenBy(sent: unknown, answer: { status: number; body: string }): readonly string[] {
  const exchange = {
    request: {
      method: 'POST',
      url: '/v2/p/fgs/functions',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: JSON.stringify(sent),
    },
    response: { ...answer, headers: { 'content-type': 'application/json' } },
  };
  return judge(exchange, {}).findings.map(({ clause }) => clause);
}

describe('outsideValues', () => {
  test('the plain configuration is inside', () => {
    expect(validate(base)).toBe(true);
    expect(brokenByAccepting(base)).toEqual([]);
  });

  const outside = outsideValues.filter(({ standing }) => standing === 'outside');

  test.each(outside)('$title is outside, and nothing else is', value => {
    const sent = configurationWith(base, value);
    expect(brokenByAccepting(sent)).toEqual([`config.${value.path}.refused`]);
  });

  test.each(outsideValues.filter(({ standing }) => standing === 'either'))(
    '$title may be accepted and may be refused',
    value => {
      const sent = configurationWith(base, value);
      expect(brokenByAccepting(sent)).toEqual([]);
      expect(brokenByRefusing(sent)).toEqual([]);
    },
  );

  test('what may be taken is what the rulings leave open', () => {
    const either = outsideValues.filter(({ standing }) => standing === 'either').map(({ title }) => title);
    expect(either).toEqual([
      'function_async_config.max_async_event_age_in_seconds 59',
      'code_url "https://bucket/code.zip", code_type is not obs',
      'code_filename left out, code_type is jar or zip',
      'code_type left out, runtime is not Custom Image',
      'package "a/b"',
      'package "a:b"',
      'package "a b"',
    ]);
  });

  test('conditions are broken in each way', () => {
    const titles = outsideValues.map(({ title }) => title);
    expect(titles).toEqual(
      expect.arrayContaining([
        'code_url left out, code_type is obs',
        'initializer_timeout left out, initializer_handler is there',
        'strategy_config.concurrency 1, type is v1',
        'strategy_config.concurrency 1000, type is v1',
        'strategy_config.concurrent_num 2, type is v1 and strategy_config is there',
        'func_vpc.subnet_id left out',
        'mount_config.func_mounts[].mount_share_path left out, mount_type is ecs',
        'mount_config.mount_user.user_id 1000',
      ]),
    );
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
    expect(settings).toEqual([0, 86401, -7, 59, -1, 9, -7]);
  });
});
