import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAjv } from '../page/ajv.ts';
import { isAutomaticVersion } from '../page/formats.ts';
import { publishedVersion } from '../page/tables/published-version.ts';
import { parseFullUrn, urnForms } from '../page/urn.ts';
import { type MockServer, startMock } from './index.ts';
import { clientOf, plain } from './mock-client.test.support.ts';

let mock: MockServer;
let client: ReturnType<typeof clientOf>;
beforeAll(async () => {
  mock = await startMock();
  client = clientOf(mock);
});
afterAll(() => mock.close());

const conforms = createAjv().compile(publishedVersion);

const errorBody = { error_code: expect.stringMatching(/./), error_msg: expect.stringMatching(/./) };

const everything = {
  user_data: '{"KEY":"välue"}',
  encrypted_user_data: '{"SECRET":"s"}',
  xrole: 'agency',
  app_xrole: 'app-agency',
  description: 'What it does',
  mount_config: {
    mount_user: { user_id: '-1', user_group_id: 65534 },
    func_mounts: [
      { mount_type: 'ecs', mount_resource: 'r', mount_share_path: '/share', local_mount_path: '/mnt' },
    ],
  },
  strategy_config: { concurrency: 10, concurrent_num: 5 },
  initializer_handler: 'index.init',
  initializer_timeout: 300,
  pre_stop_handler: 'index.stop',
  pre_stop_timeout: 90,
  enterprise_project_id: '0',
  type: 'v2',
  enable_dynamic_memory: true,
  dependencies: [{ id: 'd1', runtime: 'Node.js14.18', size: 3 }],
  function_async_config: {
    max_async_event_age_in_seconds: 60,
    max_async_retry_attempts: 8,
    destination_config: {
      on_success: { destination: 'SMN', param: '{"topic_urn":"urn:smn:t"}' },
    },
  },
} as const;

describe('the published version', () => {
  test('is complete and conforming, whatever was configured', async () => {
    const { json: arranged } = await client.state('a function exists', {
      ...everything,
      func_vpc: { vpc_id: 'v', subnet_id: 's' },
    });
    const { status, json } = await client.publish(String(arranged.function_urn));
    expect(status).toBe(200);
    expect(conforms(json), JSON.stringify(conforms.errors)).toBe(true);
    expect(json).toMatchObject(everything);
    expect(Object.keys(publishedVersion.properties).filter(name => json[name] === undefined)).toEqual([
      'code_url',
      'version_description',
    ]);
  });

  test('leaves unset members out', async () => {
    const { json } = await client.publish(await client.create());
    expect(conforms(json)).toBe(true);
    for (const name of [
      'description',
      'xrole',
      'strategy_config',
      'func_vpc',
      'initializer_timeout',
      'type',
    ]) {
      expect(json).not.toHaveProperty(name);
    }
  });

  test('has the digest and the size of the decoded code, and cpu in proportion to memory', async () => {
    const code = Buffer.from('exports.x = "é";');
    const urn = await client.create({ memory_size: 512, func_code: { file: code.toString('base64') } });
    expect((await client.publish(urn)).json).toMatchObject({
      code_size: code.length,
      digest: createHash('sha512').update(code).digest('hex'),
      cpu: 600,
    });
  });

  test('has the description of the request, and keeps that of the function', async () => {
    const urn = await client.create({ description: 'The function' });
    expect((await client.publish(urn, { description: 'The vérsion 😀' })).json).toMatchObject({
      description: 'The function',
      version_description: 'The vérsion 😀',
    });
  });

  test('is frozen: later changes show on latest only', async () => {
    const urn = await client.create();
    const { json: published } = await client.publish(urn);
    await client.configure(urn, { timeout: 31, strategy_config: { concurrency: 1 } });
    const { json: list } = await client.versions(urn);
    expect(list.versions).toMatchObject([
      { version: 'latest', timeout: 31, strategy_config: { concurrency: 1 } },
      { version: published.version, timeout: 30 },
    ]);
    expect(Object(list.versions)[1]).toEqual({
      ...published,
      func_urn: `${published.func_urn}:${published.version}`,
    });
  });
});

describe('the version name', () => {
  test('is automatic, and never one that the function had', async () => {
    const urn = await client.create();
    const names = new Set<unknown>();
    for (let round = 0; round < 30; round += 1) {
      const { json } = await client.publish(urn);
      names.add(json.version);
      await client.remove(`${urn}:${json.version}`);
      await client.configure(urn, { timeout: 31 + round });
    }
    expect(names.size).toBe(30);
    expect([...names].every(name => isAutomaticVersion(String(name)))).toBe(true);
  });

  test('steps over one that was asked for', async () => {
    const urn = await client.create();
    const { json: first } = await client.publish(urn);
    const [date = '', time = ''] = String(first.version).split('-');
    const next = `${date}-${String(Number(time) + 1).padStart(6, '0')}`;
    await client.configure(urn, { timeout: 31 });
    const { json: second } = await client.publish(urn, { version: next });
    await client.configure(urn, { timeout: 32 });
    const { json: third } = await client.publish(urn);
    expect(second.version).toBe(next);
    expect(third.status).not.toBe(409);
    expect([first.version, second.version]).not.toContain(third.version);
  });

  test('is the one that was asked for', async () => {
    const urn = await client.create();
    expect((await client.publish(urn, { version: 'Release-1.0_rc' })).json.version).toBe('Release-1.0_rc');
  });

  test('is refused with 409 when it is taken', async () => {
    const urn = await client.create();
    await client.publish(urn, { version: 'v1' });
    await client.configure(urn, { timeout: 31 });
    expect(await client.publish(urn, { version: 'v1' })).toMatchObject({
      status: 409,
      json: { error_code: 'FSS.1062' },
    });
  });
});

describe('publishing again', () => {
  test('is refused with FSS.1016 while nothing changed since the last publication that exists', async () => {
    const urn = await client.create();
    const { json } = await client.publish(urn);
    expect(await client.publish(urn)).toMatchObject({ status: 400, json: { error_code: 'FSS.1016' } });
    await client.remove(`${urn}:${json.version}`);
    expect((await client.publish(urn)).status).toBe(200);
  });

  test('is refused when the function has twenty versions, latest included', async () => {
    const urn = await client.create();
    for (let round = 0; round < 19; round += 1) {
      expect((await client.publish(urn)).status).toBe(200);
      await client.configure(urn, { timeout: 31 + round });
    }
    expect(await client.publish(urn)).toMatchObject({ status: 403, json: errorBody });
    expect((await client.versions(urn)).json).toMatchObject({ count: 20 });
  });
});

describe('the body of a request', () => {
  const json = { 'content-type': 'application/json' };
  test.each<[string, string | undefined, Record<string, string>, number, string?]>([
    ['no body', undefined, json, 200],
    ['a blank body', ' ', json, 200],
    ['members that are not documented', '{"x":{"y":[]},"__proto__":1,"constructor":null}', json, 200],
    ['members that are null', '{"digest":null,"version":null,"description":null}', json, 200],
    ['a charset', '{}', { 'content-type': 'application/json; charset=utf-8' }, 200],
    ['a blank media type', '{}', { 'content-type': '' }, 415],
    ['a digest that is not the code’s', '{"digest":"0"}', json, 200],
    ['512 characters', JSON.stringify({ description: '😀'.repeat(512) }), json, 200],
    ['513 characters', JSON.stringify({ description: 'x'.repeat(513) }), json, 400, 'FSS.1019'],
    ['JSON that is cut', '{"version":', json, 400, 'FSS.0400'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1'), json, 400, 'FSS.0400'],
    ['an array', '[]', json, 400, 'FSS.0400'],
    ['null', 'null', json, 400, 'FSS.0400'],
    ['a number', '7', json, 400, 'FSS.0400'],
    ['a digest that is no string', '{"digest":1}', json, 400, 'FSS.0400'],
    ['a version that is no string', '{"version":true}', json, 400, 'FSS.0400'],
    ['a description that is no string', '{"description":{}}', json, 400, 'FSS.0400'],
    ['a version called latest', '{"version":"latest"}', json, 400, 'FSS.1015'],
    ['a version with a space', '{"version":"a b"}', json, 400, 'FSS.1015'],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, json, 400, 'FSS.0400'],
    ['another media type', '{}', { 'content-type': 'text/xml' }, 415, 'FSS.0415'],
    ['more than 1 MiB', `{}${' '.repeat(1024 * 1024)}`, json, 413, 'FSS.0413'],
  ])('%s', async (_name, raw, headers, status, code) => {
    const urn = await client.create();
    const reply = await client.call('POST', `/${urn}/versions`, {
      headers,
      ...(raw === undefined ? {} : { raw }),
    });
    expect(reply).toMatchObject({ status, ...(code === undefined ? {} : { json: { error_code: code } }) });
    await client.remove(urn);
  });
});

describe('credentials', () => {
  test.each([
    ['no token', () => undefined, 401, 'FSS.0401'],
    ['an unknown token', () => 'unknown', 401, 'FSS.0401'],
    ['a token without permission', () => mock.forbiddenToken, 403, 'FSS.0403'],
  ])('%s', async (_name, token, status, code) => {
    const urn = await client.create();
    const reply = await client.call('POST', `/${urn}/versions`, { body: {}, token: token() });
    expect(reply).toMatchObject({ status, json: { error_code: code } });
    expect((await client.versions(urn)).json.count).toBe(1);
  });

  test('a project that is not the token’s', async () => {
    const urn = await client.create();
    const reply = await client.call('POST', `/${urn}/versions`, { body: {}, projectId: 'another' });
    expect(reply).toMatchObject({ status: 403, json: { error_code: 'FSS.0403' } });
  });
});

describe('the URN in the path', () => {
  test('may have any of its forms, with raw colons or encoded ones', async () => {
    const urn = parseFullUrn(await client.create());
    if (urn === undefined) throw new Error('The URN of a function is no URN.');
    const forms = Object.values(urnForms(urn));
    for (const [index, form] of [...forms, ...forms.map(encodeURIComponent)].entries()) {
      expect((await client.publish(form)).status, form).toBe(200);
      await client.configure(urn.name, { timeout: 31 + index });
    }
  });

  test.each([
    ['urn:fss:mock-1:p:function:default', 400, 'FSS.1309'],
    ['arn:fss:mock-1:p:function:default:f', 400, 'FSS.1309'],
    ['a::b', 400, 'FSS.1309'],
    ['none', 404, 'FSS.1051'],
    ['none:latest', 404, 'FSS.1051'],
    ['urn:fss:elsewhere:p:function:default:f', 404, 'FSS.1051'],
  ])('%s is refused', async (urn, status, code) => {
    expect(await client.publish(urn)).toMatchObject({ status, json: { error_code: code } });
  });

  test('may name a version only if there is one', async () => {
    const urn = await client.create();
    expect(await client.publish(`${urn}:v1`)).toMatchObject({
      status: 404,
      json: { error_code: 'FSS.1052' },
    });
    expect(await client.publish(`${urn}:!a`)).toMatchObject({
      status: 404,
      json: { error_code: 'FSS.1053' },
    });
  });
});

test('code of 50 KB in a package can be published', async () => {
  const file = Buffer.alloc(50_000, 1).toString('base64');
  const urn = await client.create({
    ...plain,
    code_type: 'zip',
    code_filename: 'a.zip',
    func_code: { file },
  });
  expect((await client.publish(urn)).json.code_size).toBe(50_000);
});
