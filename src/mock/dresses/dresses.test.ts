import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createAjv } from '../../page/ajv.ts';
import { isObject } from '../../page/formats.ts';
import { publishedVersion } from '../../page/tables/published-version.ts';
import { dresses, startMock } from '../index.ts';
import { clientOf, plain } from '../mock-client.test.support.ts';

const conforms = createAjv().compile(publishedVersion);

/** Unset members count as absent in every style. */
function withoutUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnset);
  if (!isObject(value)) return value;
  const set = Object.entries(value).filter(([name, member]) => {
    const isZero = member === 0 && /_timeout$/.test(name);
    return member !== null && member !== '' && !isZero;
  });
  return Object.fromEntries(set.map(([name, member]) => [name, withoutUnset(member)]));
}

/** A server in a dress, a client, and a function with a strategy, mounts and an initializer. */
async function dressed(dress: string) {
  const mock = await startMock({ dress });
  const client = clientOf(mock);
  const { json } = await client.state('a function exists', {
    type: 'v2',
    strategy_config: { concurrency: 5 },
    mount_config: { mount_user: { user_id: '500', user_group_id: 501 } },
    encrypted_user_data: 'secret',
    function_async_config: { max_async_retry_attempts: 1 },
  });
  return { mock, client, urn: String(json.function_urn) };
}

test('names are unique', () => {
  expect(new Set(dresses.map(({ name }) => name)).size).toBe(dresses.length);
});

describe('a function can be created, published, listed and deleted, and its version conforms', () => {
  // The fetch of Node ends a connection over a 100 that it did not ask for.
  const names = dresses.map(({ name }) => name).filter(name => name !== 'continues-unasked');
  test.each(names)('%s', async name => {
    const { mock, client, urn } = await dressed(name);
    const created = await client.create();
    const { status, json } = await client.publish(urn, { description: 'A version' });
    expect(status).toBe(200);
    expect(conforms(withoutUnset(json)), JSON.stringify(conforms.errors)).toBe(true);
    expect(json).toMatchObject({ version_description: 'A version', timeout: 30 });
    expect((await client.versions(urn)).json.versions).toContainEqual(
      expect.objectContaining({ version_description: 'A version' }),
    );
    const attempts = [await client.remove(created), await client.remove(created)];
    expect(attempts.some(({ status }) => status === 204 || status === 200)).toBe(true);
    await mock.close();
  });
});

describe('a published version', () => {
  test.each<[string, object]>([
    ['urn-with-version', { func_urn: expect.stringMatching(/^urn:(?:[^:]+:){6}v\d{8}-\d{6}$/) }],
    ['urn-with-latest', { func_urn: expect.stringMatching(/:latest$/) }],
    ['unset-as-null', { xrole: null, func_vpc: null, strategy_config: { concurrent_num: null } }],
    ['unset-as-blank', { xrole: '', dependencies: [], initializer_timeout: 0, enable_dynamic_memory: false }],
    ['defaults-reported', { enable_dynamic_memory: false, strategy_config: { concurrency: 5 } }],
    ['extra-members', { ephemeral_storage: 512 }],
    ['rfc3339-times', { last_modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/) }],
    ['mount-ids-as-strings', { mount_config: { mount_user: { user_id: '500', user_group_id: '501' } } }],
    ['mount-ids-as-numbers', { mount_config: { mount_user: { user_id: 500, user_group_id: 501 } } }],
    ['upper-case-digest', { digest: expect.stringMatching(/^[0-9A-F]{128}$/) }],
    ['first-cpu-formula', { cpu: 100 }],
    ['secrets-withheld', { encrypted_user_data: '' }],
    ['version-latest', { version: 'latest' }],
    ['names-code-files', { code_filename: expect.stringMatching(/^code-\d+\.|^index\.zip$/) }],
  ])('%s', async (name, members) => {
    const { mock, client, urn } = await dressed(name);
    expect((await client.publish(urn)).json).toMatchObject(members);
    await mock.close();
  });

  test('without-mounts', async () => {
    const { mock, client, urn } = await dressed('without-mounts');
    expect((await client.publish(urn)).json).not.toHaveProperty('mount_config');
    await mock.close();
  });
});

describe('a request is refused, or not, in its own way', () => {
  test.each<[string, Parameters<ReturnType<typeof clientOf>['call']>[2], number, string?]>([
    ['malformed-406', { raw: '{' }, 406, 'FSS.0406'],
    ['gateway-401', { body: {}, token: 'none' }, 401, 'APIGW.0301'],
    ['foreign-project-404', { body: {}, projectId: 'p' }, 404, 'FSS.0404'],
    ['unknown-members-refused', { body: { x: 1 } }, 400, 'FSS.0400'],
    ['null-members-refused', { body: { version: null } }, 400, 'FSS.0400'],
    ['wrong-digest-refused', { body: { digest: 'x' } }, 400, 'FSS.0400'],
    ['empty-body-refused', {}, 400, 'FSS.0400'],
    ['wordy-errors', { raw: '[' }, 400, 'FSS.0400'],
    ['fgs-codes', { raw: '[' }, 400, 'FGS.0400'],
    ['nested-details', { raw: '[' }, 400, 'FSS.0400'],
  ])('%s', async (name, sent, status, code) => {
    const { mock, client, urn } = await dressed(name);
    const reply = await client.call('POST', `/${urn}/versions`, sent);
    expect(reply).toMatchObject({ status, json: { error_code: code } });
    await mock.close();
  });

  test('taken-400 and republish-200', async () => {
    const taken = await dressed('taken-400');
    await taken.client.publish(taken.urn, { version: 'v1' });
    expect((await taken.client.publish(taken.urn, { version: 'v1' })).status).toBe(400);
    const again = await dressed('republish-200');
    await again.client.publish(again.urn);
    expect((await again.client.publish(again.urn)).status).toBe(200);
    await Promise.all([taken.mock.close(), again.mock.close()]);
  });

  test('malformed-urn-404', async () => {
    const { mock, client } = await dressed('malformed-urn-404');
    expect((await client.publish('urn:fss:x')).status).toBe(404);
    await mock.close();
  });

  test('busy', async () => {
    const { mock, client, urn } = await dressed('busy');
    const statuses: number[] = [];
    for (let round = 0; round < 10; round += 1) statuses.push((await client.publish(urn)).status);
    expect(statuses.filter(status => status === 429 || status === 503)).toEqual([429, 503]);
    await mock.close();
  });

  test.each([
    ['concurrent-num-demanded', { concurrency: 5 }, { concurrency: 5, concurrent_num: 1 }],
    ['concurrent-num-refused', { concurrency: 5, concurrent_num: 1 }, { concurrency: 5 }],
  ])('%s', async (name, refused, accepted) => {
    const { mock, client } = await dressed(name);
    const urn = await client.create();
    expect((await client.configure(urn, { strategy_config: refused })).status).toBe(400);
    expect((await client.configure(urn, { strategy_config: accepted })).status).toBe(200);
    await mock.close();
  });

  test('same-code-accepted', async () => {
    const { mock, client } = await dressed('same-code-accepted');
    const urn = await client.create();
    const change = (code: string) =>
      client.call('PUT', `/${urn}/code`, {
        body: { code_type: 'inline', func_code: { file: Buffer.from(code).toString('base64') } },
      });
    expect([(await change('1')).status, (await change('1')).status, (await change('2')).status]).toEqual([
      200, 200, 200,
    ]);
    await mock.close();
  });

  test('left-out-unset', async () => {
    const { mock, client } = await dressed('left-out-unset');
    const urn = await client.create({ description: 'd' });
    const changed = await client.configure(urn, { timeout: 31 });
    expect(changed.json).toMatchObject({ timeout: 31, code_type: 'inline', digest: expect.any(String) });
    expect(changed.json).not.toHaveProperty('description');
    await mock.close();
  });

  test('agencies-unknown', async () => {
    const { mock, client } = await dressed('agencies-unknown');
    const body = { ...plain, func_name: 'f', xrole: 'agency' };
    expect((await client.call('POST', '', { body })).json.error_code).toBe('FSS.1021');
    await mock.close();
  });
});

describe('the bytes of an answer', () => {
  /** An answer as it comes over the wire, until the connection ends. */
  async function bytesWith(dress: string): Promise<string> {
    const { mock, urn } = await dressed(dress);
    const path = `/v2/${mock.projectId}/fgs/functions/${urn}/versions`;
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: ${mock.token}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n`,
      );
      let text = '';
      socket.setEncoding('latin1').on('data', part => {
        text += part;
      });
      socket.on('close', () => resolve(text)).on('error', reject);
    });
    await mock.close();
    return answer;
  }

  test('continues-unasked', async () => {
    const mock = await startMock({ dress: 'continues-unasked' });
    const { port } = new URL(mock.url);
    const answer = await new Promise<string>(resolve => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      let text = '';
      socket.setEncoding('latin1').on('data', part => {
        text += part;
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 404 /);
    await mock.close();
  });

  test.each([
    ['in-pieces', /transfer-encoding: chunked.*\r\n61\r\n/is],
    ['slow', /transfer-encoding: chunked/i],
    ['gzip', /content-encoding: gzip/i],
    ['pretty', /content-type: Application\/JSON;charset=UTF-8.*\{\n {2}"versions"/is],
  ])('%s', async (dress, form) => {
    expect(await bytesWith(dress)).toMatch(form);
  });

  test('until-close has neither a length nor chunks', async () => {
    const answer = await bytesWith('until-close');
    expect(answer).toMatch(/^HTTP\/1.1 200 .*"versions".*\}$/s);
    expect(answer).not.toMatch(/content-length|transfer-encoding/i);
  });
});

test('drops-connections', async () => {
  const { mock, client, urn } = await dressed('drops-connections');
  const versions = async () => (await client.versions(urn)).json.versions;
  let dropped = 0;
  for (let sent = 0; sent < 40; sent++) await versions().catch(() => void dropped++);
  expect(dropped).toBe(2);
  await mock.close();
});

test('ten-versions', async () => {
  const { mock, client, urn } = await dressed('ten-versions');
  const statuses: number[] = [];
  for (let timeout = 31; timeout < 41; timeout++) {
    await client.configure(urn, { timeout });
    statuses.push((await client.publish(urn)).status);
  }
  expect(statuses).toEqual([...Array(9).fill(200), 403]);
  await mock.close();
});

test('hour-ahead', async () => {
  const { mock, client, urn } = await dressed('hour-ahead');
  const { json } = await client.publish(urn);
  const [, year, month, day, hour, minute] =
    /^v(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)/.exec(String(json.version)) ?? [];
  const named = Date.parse(`${year}-${month}-${day}T${hour}:${minute}Z`);
  expect(named - Date.now()).toBeGreaterThan(50 * 60_000);
  expect((await client.publish(urn, { version: 'mine' })).status).toBe(400);
  await mock.close();
});

test('counted-pages', async () => {
  const { mock, client, urn } = await dressed('counted-pages');
  await client.publish(urn, { version: 'a' });
  expect((await client.versions(urn)).json).toMatchObject({ versions: [{}, {}], next_marker: 2, count: 2 });
  expect((await client.versions(urn, '?marker=2')).json).toMatchObject({ versions: [], count: 0 });
  await mock.close();
});

test('small-pages', async () => {
  const { mock, client, urn } = await dressed('small-pages');
  await client.publish(urn, { version: 'a' });
  await client.configure(urn, { timeout: 31 });
  await client.publish(urn, { version: 'b' });
  expect((await client.versions(urn)).json).toMatchObject({ versions: [{}, {}], next_marker: 2, count: 3 });
  expect((await client.versions(urn, '?marker=2')).json).toMatchObject({ versions: [{ version: 'b' }] });
  await mock.close();
});
