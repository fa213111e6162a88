import { describe, expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import { createAjv } from '../page/ajv.ts';
import { configuration as schema } from '../page/configuration.ts';
import { characters, jsonObjectIn, utf8Bytes } from '../page/formats.ts';
import type { Resources } from '../page/resources.ts';
import { configurationMembers, memberPath } from '../page/rules/echo.ts';
import { flatten, membersOf, type PageSchema } from '../page/schema.ts';
import { RUNTIMES } from '../page/values.ts';
import type { CoveringConfiguration } from './covering-configuration.ts';
import { coveringConfigurations } from './covering-configurations.ts';
import { NEEDS } from './need.ts';

const all = coveringConfigurations('run7');
const plain = all.filter(({ needs }) => needs.length === 0);
const validate = createAjv().compile(schema);

/** Whatever stands at a path, in every configuration and every item of an array. */
function valuesAt(path: string, configurations: readonly CoveringConfiguration[]): readonly unknown[] {
  const names = path.replaceAll('[]', '.[]').split('.');
  return configurations.flatMap(({ configuration }) =>
    names.reduce<unknown[]>(
      (at, name) =>
        at.flatMap(value => {
          if (name === '[]') return Array.isArray(value) ? value : [];
          const inner = value !== null && typeof value === 'object' ? Object.entries(value) : [];
          return inner.flatMap(([own, held]) => (own === name ? [held] : []));
        }),
      [configuration],
    ),
  );
}

function texts(values: readonly unknown[]): readonly string[] {
  return values.flatMap(value => (typeof value === 'string' ? [value] : []));
}

/** What a schema documents and the values do not reach, in words. */
function unreached(rows: PageSchema, values: readonly unknown[]): readonly string[] {
  const numbers = values.map(Number);
  const { minimum, maximum, not } = rows;
  const ends = [
    ...(minimum === undefined ? [] : [minimum, minimum + 1]),
    ...(maximum === undefined ? [] : [maximum - 1, maximum]),
  ].filter(end => end !== not?.const);
  const wanted: [string, boolean][] = [
    ...(rows.enum ?? []).map((value): [string, boolean] => [String(value), values.includes(value)]),
    ...ends.map((end): [string, boolean] => [String(end), numbers.includes(end)]),
    ...(rows.type === 'boolean' ? [true, false] : []).map((value): [string, boolean] => [
      String(value),
      values.includes(value),
    ]),
    ...[rows.minLength, rows.maxLength].flatMap((length): [string, boolean][] =>
      length === undefined
        ? []
        : [[`${length} characters`, texts(values).some(text => characters(text) === length)]],
    ),
  ];
  const { maxUtf8Bytes: bytes, maxJsonMembers: count } = rows;
  if (bytes !== undefined)
    wanted.push([`${bytes} bytes`, texts(values).some(text => utf8Bytes(text) === bytes)]);
  if (count !== undefined) {
    const counts = texts(values).map(text => Object.keys(jsonObjectIn(text) ?? {}).length);
    wanted.push([`${count} members`, counts.includes(count)]);
  }
  return wanted.flatMap(([words, isReached]) => (isReached ? [] : [words]));
}

/** Members that the API cannot set by themselves, or that the code takes the place of. */
const NEVER_SET = [
  'func_code.link',
  'func_vpc.vpc_name',
  'func_vpc.subnet_name',
  'func_vpc.cidr',
  'func_vpc.gateway',
];

const leaves = flatten(membersOf(schema, 'config')).filter(
  // A custom image that is not enabled is none.
  member => member.children.length === 0 && memberPath(member) !== 'custom_image.enabled',
);

describe('coveringConfigurations', () => {
  test.each([...leaves.map(member => [memberPath(member), member.schema] as const)])(
    'reach everything that is documented of %s',
    (path, rows) => {
      expect(unreached(rows, valuesAt(path, all))).toEqual([]);
    },
  );

  test('set every member of a configuration', () => {
    const unset = configurationMembers()
      .map(memberPath)
      .filter(path => valuesAt(path, all).length === 0);
    expect(unset.sort()).toEqual([...NEVER_SET].sort());
  });

  test('need one configuration for each runtime, and few beside', () => {
    expect(plain.map(({ title }) => title)).toEqual(RUNTIMES.filter(runtime => runtime !== 'Custom Image'));
    expect(all.length).toBeLessThanOrEqual(RUNTIMES.length + 17);
  });

  test('reach with plain configurations all that needs no other resource', () => {
    const needy =
      /^(?:func_vpc|mount_config|xrole|app_xrole|enterprise_project_id|depend|.*destination_config|code_url|custom_image|log_config)/;
    const missing = leaves.flatMap(member => {
      const path = memberPath(member);
      if (needy.test(path)) {
        expect(valuesAt(path, plain)).toEqual([]);
        return [];
      }
      return unreached(member.schema, valuesAt(path, plain)).map(words => `${path} ${words}`);
    });
    expect(missing).toEqual([
      'runtime Custom Image',
      'code_type obs',
      'code_type Custom-Image-Swr',
      'function_async_config.max_async_retry_attempts 7',
      'function_async_config.max_async_retry_attempts 8',
    ]);
  });

  test('cover concurrency by the type of the function', () => {
    const concurrencies = (type: string) =>
      new Set(
        plain
          .filter(({ configuration }) => (configuration.type ?? 'v2') === type)
          .map(({ configuration }) => configuration.strategy_config?.concurrency),
      );
    expect(concurrencies('v1')).toEqual(new Set([0, -1, undefined]));
    expect(concurrencies('v2')).toEqual(new Set([-1, 0, 1, 999, 1000]));
  });

  test('have a description with white space at both ends', () => {
    expect(texts(valuesAt('description', plain))).toContainEqual(expect.stringMatching(/^\s.*\s$/));
  });

  test('have user data that is empty, no JSON, and beyond ASCII', () => {
    const userData = texts(valuesAt('user_data', plain));
    expect(userData).toContain('');
    expect(userData.some(text => text !== '' && jsonObjectIn(text) === undefined)).toBe(true);
    expect(userData.some(text => /[^\p{ASCII}]/u.test(text) && utf8Bytes(text) < 4096)).toBe(true);
    expect(userData.some(text => utf8Bytes(text) === 4096 && characters(text) < 4096)).toBe(true);
  });

  test('have each destination on both outcomes, and each mount type', () => {
    for (const outcome of ['on_success', 'on_failure']) {
      const path = `function_async_config.destination_config.${outcome}.destination`;
      expect(new Set(valuesAt(path, all))).toEqual(new Set(['OBS', 'SMN', 'FunctionGraph']));
    }
    for (const { configuration } of all.filter(({ needs }) => needs.includes('mounts'))) {
      const mounts = configuration.mount_config?.func_mounts ?? [];
      expect(mounts.map(mount => mount.mount_type)).toEqual(['sfs', 'sfsTurbo', 'ecs']);
    }
  });

  test.each([...all])('$title is inside what is documented', ({ configuration }) => {
    expect(validate(configuration)).toBe(true);
    const exchange = {
      request: {
        method: 'POST',
        url: '/v2/p/fgs/functions',
        headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
        body: JSON.stringify(configuration),
      },
      response: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
    };
    const { exercised, findings } = judge(exchange, {});
    expect(findings).toEqual([]);
    expect(exercised).toContain('config.memory_size.accepted');
  });

  test('every need is used, each by configurations of its own', () => {
    expect(all.every(({ needs }) => needs.length <= 1)).toBe(true);
    expect(new Set(all.flatMap(({ needs }) => needs))).toEqual(new Set(NEEDS));
  });

  test('names and code differ; names are short, long, and have "_" and "-"', () => {
    const prefixed = coveringConfigurations('run7', suffix => `fgs${suffix}`);
    const names = prefixed.map(({ configuration }) => configuration.func_name);
    expect(new Set(names).size).toBe(names.length);
    expect(Math.min(...names.map(name => name.length))).toBe('fgs'.length + 1);
    expect(Math.max(...names.map(name => name.length))).toBe(60);
    expect(names.some(name => name.includes('_'))).toBe(true);
    expect(names.some(name => name.includes('-'))).toBe(true);
    const files = prefixed.flatMap(({ configuration }) => configuration.func_code?.file ?? []);
    expect(new Set(files).size).toBe(files.length);
    expect(() => coveringConfigurations('run7', suffix => 'x'.repeat(53) + suffix)).toThrow(/8 characters/);
  });

  describe('with resources that exist', () => {
    const resources: Resources = {
      agency: 'functions',
      vpc: { vpc_id: 'vpc-1', subnet_id: 'subnet-1' },
      mounts: [{ mount_type: 'sfsTurbo', mount_resource: 'turbo-1', local_mount_path: '/mnt/a' }],
      obs_package: 'https://bucket.obs.example.com/fn.zip',
      image: 'swr.example.com/team/fn:1',
      dependencies: ['dependency-1'],
      destinations: { SMN: { topic_urn: 'urn:smn:r:p:topic-1' } },
    };
    const naming = (title: RegExp) =>
      coveringConfigurations('run7', undefined, resources).filter(each => title.test(each.title));

    test('name them, networks and mounts with the agency', () => {
      expect(naming(/^VPC$/)[0]).toMatchObject({
        configuration: { xrole: 'functions', func_vpc: { vpc_id: 'vpc-1', subnet_id: 'subnet-1' } },
        existing: ['func_vpc', 'xrole'],
      });
      for (const { configuration, existing } of naming(/^mounts/)) {
        expect(configuration).toMatchObject({
          xrole: 'functions',
          func_vpc: resources.vpc,
          mount_config: { func_mounts: resources.mounts },
        });
        expect(existing).toEqual(['mount_config', 'xrole', 'func_vpc']);
      }
      expect(naming(/^code in OBS$/)[0]?.configuration).toMatchObject({ code_url: resources.obs_package });
      expect(naming(/Image/)[0]?.configuration).toMatchObject({
        custom_image: { enabled: true, image: resources.image },
      });
      expect(naming(/by id/)[0]?.configuration).toMatchObject({ depend_version_list: ['dependency-1'] });
    });

    test('notify what exists on both outcomes, and the rest as if nothing were given', () => {
      const notifying = naming(/^notifies/);
      expect(notifying.map(({ title, existing }) => [title, existing.length > 0])).toEqual([
        ['notifies SMN and SMN', true],
        ['notifies OBS and FunctionGraph', false],
        ['notifies FunctionGraph and OBS', false],
      ]);
      const { on_success } = notifying[0]?.configuration.function_async_config?.destination_config ?? {};
      expect(on_success).toEqual({ destination: 'SMN', param: '{"topic_urn":"urn:smn:r:p:topic-1"}' });
    });

    test('what is not given is made up', () => {
      expect(naming(/^agency for execution$/)[0]).toMatchObject({
        existing: [],
        needs: ['execution_agency'],
      });
    });
  });
});
