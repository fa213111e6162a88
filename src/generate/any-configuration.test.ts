import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import { createAjv } from '../page/ajv.ts';
import { type Configuration, configuration as schema } from '../page/configuration.ts';
import { isCustomRuntime, RUNTIMES } from '../page/values.ts';
import { configuration } from './any-configuration.ts';
import { NEEDS } from './need.ts';

const validate = createAjv().compile(schema);
const SEED = { seed: 1, numRuns: 300 };

/** What accepting the configuration breaks, and whether its members count as documented. */
function judged(sent: Configuration) {
  const exchange = {
    request: {
      method: 'POST',
      url: '/v2/p/fgs/functions',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: JSON.stringify(sent),
    },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
  };
  return judge(exchange, {});
}

describe('configuration', () => {
  test.each([
    ['without any resource', []],
    ['with every resource', NEEDS],
  ] as const)('is inside what is documented %s', (_, meets) => {
    fc.assert(
      fc.property(configuration({ meets }), sent => {
        expect(validate(sent)).toBe(true);
        const { exercised, findings } = judged(sent);
        expect(findings).toEqual([]);
        expect(exercised).toContain('config.timeout.accepted');
      }),
      SEED,
    );
  });

  test('leaves out what needs a resource that is not there', () => {
    const sample = fc.sample(configuration(), SEED);
    for (const name of ['xrole', 'app_xrole', 'func_vpc', 'mount_config', 'dependencies', 'code_url']) {
      expect(sample.some(sent => Object.hasOwn(sent, name))).toBe(false);
    }
    expect(sample.some(({ runtime }) => runtime === 'Custom Image')).toBe(false);
    const attempts = sample.map(sent => sent.function_async_config?.max_async_retry_attempts ?? 0);
    expect(Math.max(...attempts)).toBe(3);
  });

  test('has every runtime, and what needs a resource that is there', () => {
    const sample = fc.sample(configuration({ meets: NEEDS }), SEED);
    expect(new Set(sample.map(({ runtime }) => runtime))).toEqual(new Set(RUNTIMES));
    for (const name of ['xrole', 'func_vpc', 'mount_config', 'dependencies', 'code_url']) {
      expect(sample.some(sent => Object.hasOwn(sent, name))).toBe(true);
    }
  });

  test('is named as asked, within the documented length', () => {
    const name = (suffix: string) => `conformance-run7-${suffix}`;
    const sample = fc.sample(configuration({ name }), SEED).map(sent => sent.func_name);
    expect(sample.every(each => each.startsWith('conformance-run7-'))).toBe(true);
    expect(new Set(sample).size).toBe(sample.length);
    expect(() => configuration({ name: suffix => 'x'.repeat(55) + suffix })).toThrow(/8 characters/);
  });

  test('never repeats its code', () => {
    const sample = fc.sample(configuration({ nonce: 'run7' }), SEED);
    const files = sample.map(sent => sent.func_code?.file ?? '');
    expect(new Set(files).size).toBe(sample.length);
    const [inline] = sample.filter(sent => sent.code_type === 'inline');
    expect(Buffer.from(inline?.func_code?.file ?? '', 'base64').toString()).toContain('run7');
  });

  test('chooses among the runtimes that it is given', () => {
    const sample = fc.sample(configuration({ runtimes: ['http', 'Custom'] }), { seed: 1, numRuns: 30 });
    expect(sample.every(({ runtime }) => isCustomRuntime(runtime))).toBe(true);
    expect(() => configuration({ runtimes: ['Custom Image'] })).toThrow(/no runtime whose needs are met/);
  });

  test('strings reach beyond ASCII', () => {
    const sample = fc.sample(configuration(), SEED);
    expect(sample.some(sent => /[^\p{ASCII}]/u.test(sent.description ?? ''))).toBe(true);
    expect(sample.some(sent => /[^\p{ASCII}]/u.test(sent.user_data ?? ''))).toBe(true);
  });
});
