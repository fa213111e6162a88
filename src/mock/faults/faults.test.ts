import { describe, expect, test } from 'vitest';
import { createAjv } from '../../page/ajv.ts';
import { clauseById, clauses } from '../../page/catalogue.ts';
import { ASPECTS } from '../../page/schema.ts';
import { publishedVersionPage } from '../../page/schema-clauses.ts';
import { publishedVersion } from '../../page/tables/published-version.ts';
import { faults, startMock } from '../index.ts';
import type { JsonObject } from '../json-object.ts';
import { clientOf, plain } from '../mock-client.test.support.ts';

test('every required and recommended clause is what some fault is about', () => {
  const about = new Set(faults.map(({ breaks }) => breaks[0]));
  const binding = clauses.filter(({ level }) => level !== 'informative');
  expect(binding.filter(({ id }) => !about.has(id)).map(({ id }) => id)).toEqual([]);
});

test('names are unique, and every broken clause is in the catalogue', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  for (const { breaks, level } of faults) {
    expect(breaks.map(clauseById)).not.toContain(undefined);
    expect(level).toBe(clauseById(breaks[0])?.level);
  }
});

const everything = {
  user_data: '{"KEY":"value"}',
  encrypted_user_data: '{"SECRET":"s"}',
  xrole: 'agency',
  app_xrole: 'app-agency',
  description: 'What it does',
  func_vpc: { vpc_id: 'v', subnet_id: 's' },
  mount_config: {
    mount_user: { user_id: '500', user_group_id: 501 },
    func_mounts: [
      { mount_type: 'ecs', mount_resource: 'r', mount_share_path: '/share', local_mount_path: '/mnt' },
    ],
  },
  strategy_config: { concurrency: 10, concurrent_num: 5 },
  initializer_handler: 'index.init',
  initializer_timeout: 30,
  pre_stop_handler: 'index.stop',
  pre_stop_timeout: 30,
  enterprise_project_id: '0',
  type: 'v2',
  enable_dynamic_memory: true,
  dependencies: [
    {
      id: 'd',
      owner: 'o',
      link: 'https://dependencies/d.zip',
      runtime: 'Node.js14.18',
      etag: '0123456789abcdef0123456789abcdef',
      size: 3,
      name: 'd',
      description: 'A dependency',
      file_name: 'd.zip',
      version: 1,
      dep_id: 'd',
      last_modified: 1,
    },
  ],
  function_async_config: {
    max_async_event_age_in_seconds: 600,
    max_async_retry_attempts: 3,
    destination_config: {
      on_success: { destination: 'SMN', param: '{"topic_urn":"urn:smn:t"}' },
      on_failure: { destination: 'OBS', param: '{"bucket":"b"}' },
    },
  },
};

const configurations: Readonly<Record<string, JsonObject>> = {
  everything: { ...everything, code_type: 'obs', code_url: 'https://bucket/x.zip', code_filename: null },
  'a custom runtime': {
    runtime: 'Custom',
    handler: 'boot.strap',
    initializer_handler: 'a.b',
    initializer_timeout: 3,
  },
  'the deprecated type': { type: 'v1', strategy_config: { concurrency: 0 } },
};

const validate = createAjv().compile(publishedVersion);

/** Clauses of the schema that a body breaks. */
function brokenBy(body: unknown): readonly string[] {
  validate(body);
  const ids = (validate.errors ?? []).map(({ schemaPath, keyword, params }) => {
    const path = keyword === 'required' ? `${schemaPath}/${params.missingProperty}` : schemaPath;
    return publishedVersionPage.clauses.find(clause => clause.schemaPaths.includes(path))?.id ?? schemaPath;
  });
  return [...new Set(ids)];
}

/** What is published with a fault, for each configuration. */
async function publishedWith(fault?: string): Promise<readonly unknown[]> {
  const mock = await startMock(fault === undefined ? {} : { fault });
  const client = clientOf(mock);
  const bodies: unknown[] = [];
  for (const configuration of Object.values(configurations)) {
    const { json } = await client.state('a function exists', { ...plain, ...configuration });
    const { text } = await client.publish(String(json.function_urn), { description: 'A version' });
    bodies.push(JSON.parse(text));
  }
  await mock.close();
  return bodies;
}

describe('a fault of the schema of a published version breaks the clause that it is about', () => {
  const ofSchema = publishedVersionPage.clauses.filter(({ id }) => !id.includes('-on-custom-runtime'));
  test.each(ofSchema.map(({ id }) => id))('%s', async id => {
    const broken = (await publishedWith(id)).flatMap(brokenBy);
    expect(broken).toContain(id);
    // A value outside an enumeration breaks nothing else; the member of another type may break its keywords too.
    const others = broken.filter(
      other => other !== id && clauseById(other)?.subject !== clauseById(id)?.subject,
    );
    expect(others).toEqual([]);
  });
});

test('aspects of the schema are all known to the faults', () => {
  const known = new Set([...Object.values(ASPECTS), 'present']);
  expect(publishedVersionPage.clauses.filter(({ aspect }) => !known.has(aspect))).toEqual([]);
});

describe('a fault of an echo reports another valid value', () => {
  const echoes = faults.filter(({ name }) => /^body\..*\.echo$/.test(name) && !name.includes('version_desc'));
  test.each(echoes.map(({ name }) => name))('%s', async name => {
    const [right, wrong] = await Promise.all([publishedWith(), publishedWith(name)]);
    expect(wrong.flatMap(brokenBy)).toEqual([]);
    const path = name.slice('body.'.length, -'.echo'.length);
    const valuesOf = (bodies: readonly unknown[]) => bodies.map(body => JSON.stringify(at(body, path)));
    expect(valuesOf(wrong)).not.toEqual(valuesOf(right));
  });
});

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => Object(inner)[name], value);
}

describe('a fault of a configuration', () => {
  const outside = { ...plain, func_name: 'f', timeout: 259201 };

  test('accepts what it should refuse, and reports it', async () => {
    const mock = await startMock({ fault: 'config.timeout.refused' });
    const client = clientOf(mock);
    expect((await client.call('POST', '', { body: outside })).status).toBe(200);
    expect((await client.publish('f')).json.timeout).toBe(259201);
    await mock.close();
  });

  test('refuses what it should accept', async () => {
    const mock = await startMock({ fault: 'config.timeout.accepted' });
    const reply = await clientOf(mock).call('POST', '', { body: { ...outside, timeout: 259200 } });
    expect(reply).toMatchObject({ status: 400, json: { error_code: 'FSS.1008' } });
    await mock.close();
  });

  test('refuses with another status than documented', async () => {
    const mock = await startMock({ fault: 'config.timeout.refusal' });
    const client = clientOf(mock);
    expect((await client.call('POST', '', { body: outside })).status).toBe(422);
    expect((await client.call('POST', '', { body: { ...outside, timeout: 259200 } })).status).toBe(200);
    await mock.close();
  });
});

/** A server with a fault, and a function on it. */
async function faulty(fault: string) {
  const mock = await startMock({ fault });
  const client = clientOf(mock);
  return { mock, client, urn: await client.create({ func_name: 'under_score' }) };
}

describe('faults of behaviour', () => {
  test('publishes-without-token', async () => {
    const { mock, client, urn } = await faulty('publishes-without-token');
    expect((await client.call('POST', `/${urn}/versions`, { body: {}, token: undefined })).status).toBe(200);
    await mock.close();
  });

  test('state.unique-version.fresh', async () => {
    const { mock, client, urn } = await faulty('state.unique-version.fresh');
    const { json: first } = await client.publish(urn);
    await client.configure(urn, { timeout: 31 });
    expect((await client.publish(urn)).json.version).toBe(first.version);
    await mock.close();
  });

  test('state.listed.once', async () => {
    const { mock, client, urn } = await faulty('state.listed.once');
    await client.publish(urn, { version: 'v1' });
    expect((await client.versions(urn)).json).toMatchObject({ versions: [{ version: 'latest' }], count: 1 });
    expect((await client.versions(urn, '?marker=1')).json).toMatchObject({ versions: [], count: 1 });
    await mock.close();
  });

  test('state.listed.nothing-after-error', async () => {
    const { mock, client, urn } = await faulty('state.listed.nothing-after-error');
    expect((await client.publish(urn, [])).status).toBe(400);
    expect((await client.versions(urn)).json.count).toBe(2);
    await mock.close();
  });

  test('state.snapshot.frozen', async () => {
    const { mock, client, urn } = await faulty('state.snapshot.frozen');
    await client.publish(urn, { version: 'v1' });
    await client.configure(urn, { timeout: 31 });
    expect((await client.versions(urn)).json.versions).toMatchObject([
      { timeout: 31 },
      { version: 'v1', timeout: 31 },
    ]);
    await mock.close();
  });

  test.each(['robustness.answered', 'robustness.complete'])('%s', async name => {
    const { mock, client, urn } = await faulty(name);
    await expect(client.publish(urn, { description: 'd' })).rejects.toThrow();
    await mock.close();
  });

  test('announces-gzip', async () => {
    const { mock, client, urn } = await faulty('announces-gzip');
    await expect(client.publish(urn)).rejects.toThrow();
    await mock.close();
  });

  test('parallel-answers-mixed shows in parallel only', async () => {
    const { mock, client, urn } = await faulty('parallel-answers-mixed');
    const other = await client.create();
    expect((await client.publish(urn)).json.func_urn).toBe(urn);
    expect((await client.publish(other)).json.func_urn).toBe(other);
    const more = [await client.create(), await client.create()];
    const answers = await Promise.all(more.map(each => client.publish(each)));
    expect(new Set(answers.map(({ json }) => json.func_urn)).size).toBe(1);
    await mock.close();
  });

  test('underscore-becomes-hyphen', async () => {
    const { mock, client, urn } = await faulty('underscore-becomes-hyphen');
    expect((await client.publish(urn)).json.func_name).toBe('under-score');
    await mock.close();
  });
});
