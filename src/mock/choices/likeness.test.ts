import { describe, expect, test } from 'vitest';
import { choices } from '../../page/choices/index.ts';
import { startMock } from '../index.ts';
import { clientOf } from '../mock-client.test.support.ts';
import { behaviourOf } from './behaviours.ts';
import { everyAnswer, everyPair, reportOf } from './combinations.test.support.ts';
import { imitationOf, type LikeChoice } from './likeness.ts';

/** Answers that the server cannot give by themselves, and why. */
const NOT_GIVEN: Readonly<Record<string, string>> = {
  'cpu: another': 'it says nothing of the formula',
  'error-codes-400: another': 'only an example tells which codes',
  'error-codes-401: another': 'only an example tells which codes',
  'error-codes-403: another': 'only an example tells which codes',
  'error-codes-404: another': 'only an example tells which codes',
};

test('every answer of every choice can be given, with few exceptions', () => {
  const missing = choices.flatMap(({ id, answers }) =>
    answers.filter(answer => behaviourOf(id, { answer }) === undefined).map(answer => `${id}: ${answer}`),
  );
  expect(missing.toSorted()).toEqual(Object.keys(NOT_GIVEN).toSorted());
});

test('the combinations that others are tried with have every answer, and every pair', () => {
  const told = (sets: readonly object[]) => new Set(sets.flatMap(set => Object.entries(set).map(String)));
  const possible = choices
    .flatMap(({ id, answers }) => answers.map(answer => [id, answer]))
    .filter(([id, answer]) => !Object.hasOwn(NOT_GIVEN, `${id}: ${answer}`));
  expect(told(everyAnswer())).toEqual(new Set(possible.map(String)));
  const pairs = everyPair();
  expect(told(pairs)).toEqual(new Set(possible.map(String)));
  expect(pairs.some(set => set.times === 'RFC 3339' && set.cpu === 'memory/128*100')).toBe(true);
});

describe('what is not imitated is named', () => {
  const seen = (id: string, ...answers: readonly (readonly [string, number])[]): LikeChoice => ({
    id,
    answers: answers.map(([answer, seen]) => ({ answer, seen })),
  });

  test.each<[string, LikeChoice, object]>([
    [
      'a choice of a newer report',
      seen('colour', ['red', 1]),
      { answers: {}, notImitated: [{ choice: 'colour', answer: 'red', reason: 'this choice is not known' }] },
    ],
    [
      'an answer of a newer report',
      seen('times', ['Unix', 1]),
      {
        answers: {},
        notImitated: [{ choice: 'times', answer: 'Unix', reason: 'this answer cannot be given' }],
      },
    ],
    [
      'the rarer answer of a target that chooses differently from one time to the next',
      seen('unset-members', ['left out', 2], ['null', 7], ['blank', 0]),
      {
        answers: { 'unset-members': 'null' },
        notImitated: [
          { choice: 'unset-members', answer: 'left out', reason: '"null" was seen at least as often' },
        ],
      },
    ],
    ['nothing, when nothing was seen', seen('times'), { answers: {}, notImitated: [] }],
    ['nothing, for the name of a member of every object', seen('constructor'), { notImitated: [] }],
  ])('%s', (_title, choice, likeness) => {
    expect(imitationOf([choice]).likeness).toMatchObject(likeness);
  });
});

describe('a server that is like a target', () => {
  async function like(options: Parameters<typeof startMock>[0]) {
    const mock = await startMock({ functions: [{ description: 'd' }], ...options });
    return { mock, client: clientOf(mock), urn: mock.functionUrns[0] ?? '' };
  }

  test('answers as the target did, and says so', async () => {
    const { mock, client, urn } = await like({
      like: reportOf({ 'malformed-json': '406', times: 'RFC 3339', 'error-codes-404': 'APIG' }),
    });
    expect(mock.likeness).toEqual({
      answers: { 'malformed-json': '406', times: 'RFC 3339', 'error-codes-404': 'APIG' },
      notImitated: [],
    });
    expect(await client.call('POST', `/${urn}/versions`, { raw: '{' })).toMatchObject({ status: 406 });
    expect((await client.publish('absent')).json).toMatchObject({ error_code: 'APIG.1051' });
    // Whatever reports a function reports it in the same form.
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    expect((await client.publish(urn)).json.last_modified).toEqual(time);
    expect((await client.read(urn)).json.last_modified).toEqual(time);
    expect((await client.versions(urn)).json.versions).toMatchObject([
      { last_modified: time },
      { last_modified: time },
    ]);
    await mock.close();
  });

  test('uses the names and codes that the examples show', async () => {
    const example = (body: object) => ({
      request: { method: 'POST', url: '/', headers: {} },
      response: { status: 200, headers: {}, body: JSON.stringify(body) },
    });
    const extra = example({
      func_name: 'f',
      gpu_type: 'none',
      strategy_config: { concurrency: 3, tasks: 2 },
    });
    const code = example({ error_code: 'XYZ.7', error_msg: 'no' });
    const { mock, client, urn } = await like({
      functions: [{ description: 'd', strategy_config: { concurrency: 5 } }],
      like: {
        choices: [
          { id: 'extra-members', answers: [{ answer: 'some', seen: 1, example: extra }] },
          { id: 'error-codes-404', answers: [{ answer: 'another', seen: 1, example: code }] },
        ],
      },
    });
    expect((await client.publish(urn)).json).toMatchObject({
      gpu_type: 'none',
      description: 'd',
      strategy_config: { concurrency: 5, tasks: 2 },
    });
    expect((await client.publish('absent')).json.error_code).toBe('XYZ.1051');
    await mock.close();
  });

  test('counts a change and back as a change, and nothing else', async () => {
    const { mock, client, urn } = await like({ like: reportOf({ 'change-and-back': 'a change' }) });
    const statuses = [(await client.publish(urn)).status, (await client.publish(urn)).status];
    await client.configure(urn, { description: 'd', timeout: 31 });
    await client.configure(urn, { description: 'd', timeout: 30 });
    statuses.push((await client.publish(urn)).status);
    await client.configure(urn, { description: 'd', timeout: 30 });
    await client.configure(urn, { timeout: 2 });
    statuses.push((await client.publish(urn)).status);
    expect(statuses).toEqual([200, 400, 200, 400]);
    await mock.close();
  });

  test('says latest where a name was asked for, beside a URN that names versions', async () => {
    const { mock, client, urn } = await like({
      like: reportOf({ 'requested-version': 'latest', 'func-urn': '8 fields, the version' }),
    });
    const named = (await client.publish(urn, { version: 'v1' })).json;
    expect(named).toMatchObject({ version: 'latest', func_urn: `${urn}:latest` });
    await client.configure(urn, { timeout: 31 });
    const { version, func_urn } = (await client.publish(urn)).json;
    expect(func_urn).toBe(`${urn}:${version}`);
    await mock.close();
  });

  test('names versions itself, takes long descriptions and masks secrets, as told', async () => {
    const { mock, client, urn } = await like({
      functions: [{ encrypted_user_data: '{"a":"secret"}' }],
      like: reportOf({
        'masked-secrets': 'masked',
        'long-description': '200',
        'requested-version': 'an automatic name',
      }),
    });
    const description = 'x'.repeat(513);
    expect((await client.publish(urn, { version: 'v1', description })).json).toMatchObject({
      version: expect.stringMatching(/^v\d{8}-\d{6}$/),
      version_description: description,
      encrypted_user_data: '******',
    });
    await mock.close();
  });

  test.each([
    ['as sent', 'the service', 'main.js', 'index.js'],
    ['named by the service', 'the service', 'code-1.inline', 'index.js'],
    ['named by the service', 'nobody', 'code-1.inline', undefined],
    ['blank', 'the service', undefined, 'index.js'],
    ['blank', 'nobody', undefined, undefined],
  ])('names code files: %s, and without a name %s', async (named, unnamed, sent, unsent) => {
    const { mock, client, urn } = await like({
      functions: [{ code_filename: 'main.js' }],
      like: reportOf({ 'code-filename': named, 'unnamed-code': unnamed }),
    });
    expect((await client.publish(urn)).json.code_filename).toBe(sent);
    const func_code = { file: Buffer.from('1').toString('base64') };
    const nameless = await client.call('PUT', `/${urn}/code`, { body: { code_type: 'inline', func_code } });
    expect(nameless.json.code_filename).toBe(unsent);
    await mock.close();
  });

  test.each([
    ['oldest first, then latest', ['a', 'b', 'c', 'latest']],
    ['newest first, then latest', ['c', 'b', 'a', 'latest']],
    ['latest first, then newest first', ['latest', 'c', 'b', 'a']],
    ['oldest first', ['a', 'b', 'c']],
    ['newest first', ['c', 'b', 'a']],
  ])('lists %s, over pages as well', async (order, names) => {
    const { mock, client, urn } = await like({
      like: reportOf({ 'list-order': order, 'list-paging': 'pages', unchanged: 'published' }),
    });
    for (const version of ['a', 'b', 'c']) await client.publish(urn, { version });
    const listed: unknown[] = [];
    for (const marker of [0, 2]) {
      const { versions } = (await client.versions(urn, `?marker=${marker}`)).json;
      listed.push(...(Array.isArray(versions) ? versions.map(each => each.version) : []));
    }
    expect(listed).toEqual(names);
    await mock.close();
  });

  test('may be wrong on purpose as well', async () => {
    const { mock, client, urn } = await like({
      like: reportOf({ 'func-urn': '8 fields, latest' }),
      fault: 'body.memory_size.values',
    });
    const { json } = await client.publish(urn);
    expect(json).toMatchObject({ func_urn: `${urn}:latest`, memory_size: 129 });
    await mock.close();
  });

  test.each<[unknown, RegExp]>([
    [{}, /options\.like .*choices/],
    [{ choices: [{ id: 'times' }] }, /options\.like\.choices\.0 .*answers/],
    ['report.json', /options\.like/],
  ])('does not begin with %j', async (report, message) => {
    const options = { like: report } as Parameters<typeof startMock>[0];
    await expect(startMock(options)).rejects.toThrow(message);
  });
});
