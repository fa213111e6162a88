import { describe, expect, test } from 'vitest';
import { choices } from '../page/choices/index.ts';
import type { FunctionPast } from '../page/choices/past.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import { judge } from './judge.ts';

const URN = 'urn:fss:r:p:function:default:f';
const PATH = `/v2/p/fgs/functions/${URN}`;

/** A function on which something changed, and credentials that are good. */
const KNOWN: Context = {
  projectId: 'p',
  credentials: 'valid',
  function: 'exists',
  unpublishedChanges: true,
};

const VERSION = { ...exampleVersion, func_urn: URN, func_name: 'f', namespace: 'p' };

interface Made {
  readonly sent?: string | undefined;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function exchange(method: string, status: number, answered: unknown, made: Made = {}): Exchange {
  const { sent, path = `${PATH}/versions`, headers = { 'content-type': 'application/json' } } = made;
  return {
    request: {
      method,
      url: path,
      headers: { 'x-auth-token': 't', ...headers },
      ...(sent === undefined ? {} : { body: sent }),
    },
    response: {
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answered),
    },
  };
}

const published = (change: object, sent: object = {}): Exchange =>
  exchange('POST', 200, { ...VERSION, ...change }, { sent: JSON.stringify(sent) });

const refused = (status: number, code: string, made: Made = { sent: '{}' }): Exchange =>
  exchange('POST', status, { error_code: code, error_msg: 'no' }, made);

/** The answer to a choice that an exchange shows. */
function answerTo(id: string, shown: Exchange, context: Context = KNOWN, past?: FunctionPast) {
  return judge(shown, context, past).choices.find(({ choice }) => choice === id)?.answer;
}

describe('a published version shows', () => {
  test.each<[id: string, answer: string, change: object]>([
    ['func-urn', '7 fields', {}],
    ['func-urn', '8 fields, latest', { func_urn: `${URN}:latest` }],
    ['func-urn', '8 fields, the version', { func_urn: `${URN}:v20260101-000000` }],
    ['times', 'YYYY-MM-DD HH:MM:SS', { last_modified: '2026-01-02 03:04:05' }],
    ['times', 'RFC 3339', { last_modified: '2026-01-02T03:04:05+08:00' }],
    ['digest-case', 'lower', { digest: 'a'.repeat(128) }],
    ['digest-case', 'upper', { digest: 'A'.repeat(128) }],
    ['digest-case', 'mixed', { digest: 'Aa'.repeat(64) }],
    ['cpu', 'memory/128*100+200', { memory_size: 256, cpu: 400 }],
    ['cpu', 'memory/128*100', { memory_size: 256, cpu: 200 }],
    ['cpu', 'another', { memory_size: 256, cpu: 256 }],
    ['extra-members', 'none', {}],
    ['extra-members', 'some', { ephemeral_storage: 512 }],
  ])('%s: %s', (id, answer, change) => {
    expect(answerTo(id, published(change))).toBe(answer);
  });

  test('how most of the unset texts are shown', () => {
    const unset = (value: unknown) => ({
      code_url: value,
      user_data: value,
      xrole: value,
      app_xrole: value,
      description: value,
      initializer_handler: value,
      pre_stop_handler: value,
      enterprise_project_id: value,
      log_group_id: value,
      log_stream_id: value,
    });
    const shown = (value: unknown) =>
      answerTo('unset-members', exchange('POST', 200, { ...VERSION, ...unset(value) }, { sent: '{}' }));
    expect(shown(null)).toBe('null');
    expect(shown('')).toBe('blank');
    expect(shown(undefined)).toBe('left out');
  });

  test('what becomes of a name that was asked for', () => {
    const shown = (version: string) =>
      answerTo('requested-version', published({ version }, { version: 'v1' }));
    expect(shown('v1')).toBe('the requested name');
    expect(shown('latest')).toBe('latest');
    expect(shown('v20260101-000000')).toBe('an automatic name');
    expect(answerTo('requested-version', published({ version: 'latest' }))).toBeUndefined();
  });

  test('the type of mount ids where that is not how they happened to be configured', () => {
    const mounts = (user_id: unknown, user_group_id: unknown) => ({
      mount_config: { mount_user: { user_id, user_group_id } },
    });
    const shown = (sent: object, reported: object) =>
      answerTo('mount-ids', published(reported), { ...KNOWN, configuration: sent });
    expect(shown(mounts(3, '4'), mounts('3', '4'))).toBe('strings');
    expect(shown(mounts('3', '4'), mounts(3, 4))).toBe('numbers');
    expect(shown(mounts(3, '4'), mounts(3, '4'))).toBe('as configured');
    expect(shown(mounts(3, 4), mounts(3, 4))).toBeUndefined();
    expect(answerTo('mount-ids', published(mounts(3, 4)))).toBe('numbers');
  });

  test('whether mounts and secrets come back', () => {
    const configuration = {
      encrypted_user_data: '{"key":"value"}',
      mount_config: {
        mount_user: { user_id: 3, user_group_id: 4 },
        func_mounts: [{ mount_type: 'sfs' as const, mount_resource: 'a', local_mount_path: '/mnt/a' }],
      },
    };
    const context = { ...KNOWN, configuration };
    const without = published({});
    expect(answerTo('version-mounts', without, context)).toBe('left out');
    expect(answerTo('version-mounts', published(configuration), context)).toBe('kept');
    expect(answerTo('version-mounts', without)).toBeUndefined();
    const secret = (encrypted_user_data: unknown) =>
      answerTo('masked-secrets', published({ encrypted_user_data }), context);
    expect(secret('{"key":"value"}')).toBe('shown');
    expect(secret('{"key":"******"}')).toBe('masked');
    expect(secret('')).toBe('blank');
  });

  test('who names the file of the code', () => {
    const shown = (id: string, code_filename: unknown, codeFilename: string | null) =>
      answerTo(id, published({ code_type: 'inline', code_filename }), KNOWN, { names: [], codeFilename });
    expect(shown('code-filename', 'a.js', 'a.js')).toBe('as sent');
    expect(shown('code-filename', 'index.js', 'a.js')).toBe('named by the service');
    expect(shown('code-filename', '', 'a.js')).toBe('blank');
    expect(shown('unnamed-code', 'index.js', null)).toBe('the service');
    expect(shown('unnamed-code', null, null)).toBe('nobody');
    expect(shown('code-filename', 'index.js', null)).toBeUndefined();
  });
});

describe('an answer to a publish request shows', () => {
  const unknownMembers = { sent: '{"colour":"red"}' };
  const untyped = { sent: '{}', headers: {} };
  test.each<[id: string, answer: string, shown: Exchange, context?: Context]>([
    ['malformed-json', '400', refused(400, 'FSS.0400', { sent: '{' })],
    ['malformed-json', '406', refused(406, 'FSS.0406', { sent: '{' })],
    ['unknown-members', '200', exchange('POST', 200, VERSION, unknownMembers)],
    ['unknown-members', '400', refused(400, 'FSS.0400', unknownMembers)],
    ['null-members', '400', refused(400, 'FSS.0400', { sent: '{"version":null}' })],
    ['empty-body', '200', exchange('POST', 200, VERSION)],
    ['missing-content-type', '415', refused(415, 'FSS.0415', untyped)],
    ['missing-content-type', '403', refused(403, 'FSS.0403', untyped)],
    [
      'malformed-urn',
      '404',
      refused(404, 'FSS.0404', { sent: '{}', path: '/v2/p/fgs/functions/a:b:c:d:e/versions' }),
    ],
    [
      'foreign-project',
      '401',
      refused(401, 'APIG.0301', { sent: '{}', path: `/v2/q/fgs/functions/${URN}/versions` }),
    ],
    [
      'taken-name',
      '409',
      refused(409, 'FSS.1062', { sent: '{"version":"a"}' }),
      { ...KNOWN, requestedVersion: 'taken' },
    ],
    ['unchanged', 'refused', refused(400, 'FSS.1016'), { ...KNOWN, unpublishedChanges: false }],
    ['unchanged', 'published', published({}), { ...KNOWN, unpublishedChanges: false }],
    ['error-codes-400', 'FSS', refused(400, 'FSS.1016')],
    ['error-codes-400', 'FGS', refused(400, 'FGS.1016')],
    ['error-codes-401', 'APIGW', refused(401, 'APIGW.0301')],
    ['error-codes-404', 'APIG', refused(404, 'APIG.0101')],
    ['error-codes-404', 'another', refused(404, 'NoSuchFunction')],
  ])('%s: %s', (id, answer, shown, context) => {
    expect(answerTo(id, shown, context)).toBe(answer);
  });

  test.each<[id: string, shown: Exchange, context: Context]>([
    ['unknown-members', refused(400, 'FSS.0400', unknownMembers), { ...KNOWN, unpublishedChanges: false }],
    ['unknown-members', refused(400, 'FSS.0400', unknownMembers), {}],
    ['malformed-json', refused(500, 'FSS.0500', { sent: '{' }), KNOWN],
    ['malformed-json', refused(429, 'FSS.0429', { sent: '{' }), KNOWN],
    ['missing-content-type', refused(404, 'FSS.1051', untyped), { ...KNOWN, function: 'absent' }],
    [
      'foreign-project',
      refused(401, 'FSS.0401', { sent: '{}', path: `/v2/q/fgs/functions/${URN}/versions` }),
      { projectId: 'p' },
    ],
    ['unchanged', refused(400, 'FSS.0400', unknownMembers), { ...KNOWN, unpublishedChanges: false }],
    ['unchanged', published({}), { ...KNOWN, unpublishedChanges: undefined }],
  ])('nothing of %s that may have another reason', (id, shown, context) => {
    expect(answerTo(id, shown, context)).toBeUndefined();
  });
});

describe('a version list shows', () => {
  const list = (...names: readonly string[]) =>
    exchange('GET', 200, { versions: names.map(version => ({ version })), count: names.length });
  const past = { names: ['b', 'a', 'c'] };

  test.each<[answer: string | undefined, names: readonly string[]]>([
    ['latest first, then oldest first', ['latest', 'b', 'a', 'c']],
    ['latest first, then newest first', ['latest', 'c', 'a', 'b']],
    ['oldest first', ['b', 'a']],
    ['newest first', ['c', 'unknown', 'b']],
    ['newest first, then latest', ['c', 'a', 'b', 'latest']],
    ['latest first, then in another order', ['latest', 'a', 'b', 'c']],
    [undefined, ['latest', 'b']],
  ])('the order: %s', (answer, names) => {
    expect(answerTo('list-order', list(...names), KNOWN, past)).toBe(answer);
  });

  test('whether it comes in pages that nobody asked for', () => {
    const page = (made: Made) =>
      exchange(
        'GET',
        200,
        { versions: [{ version: 'a' }, { version: 'b' }], count: 5, next_marker: 2 },
        made,
      );
    expect(answerTo('list-paging', page({}))).toBe('pages');
    expect(answerTo('list-paging', page({ path: `${PATH}/versions?maxitems=2` }))).toBeUndefined();
    expect(answerTo('list-paging', list('latest', 'a', 'b', 'c'))).toBe('one page');
    expect(answerTo('list-paging', list('latest', 'a'))).toBeUndefined();
  });
});

test('each choice is a question of its own with several answers', () => {
  expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length);
  for (const { id, answers, question } of choices) {
    expect(answers.length, id).toBeGreaterThan(1);
    expect(question, id).toMatch(/\?$/);
  }
});
