import { expect, test } from 'vitest';
import { judge, judgeBody } from './judge.ts';
import { objectIn, readAnswer, readJson, readPublishRequest } from './read-exchange.ts';
import { exchangeOf, FUNCTION_PATH, said, version } from './said.test.support.ts';

test.each<[string | undefined, 'base64' | undefined, object]>([
  [undefined, undefined, { kind: 'absent' }],
  ['', undefined, { kind: 'absent' }],
  [' \n', undefined, { kind: 'absent' }],
  ['{', undefined, { kind: 'malformed' }],
  ['{"a":1}', undefined, { kind: 'value', value: { a: 1 } }],
  ['null', undefined, { kind: 'value', value: null }],
  ['7', 'base64', { kind: 'malformed' }],
  ['', 'base64', { kind: 'absent' }],
])('%j (%s) is read as %j', (text, encoding, expected) => {
  expect(readJson(text, encoding)).toEqual(expected);
});

const request = { method: 'POST', url: '', headers: {} };

test.each<[object, number]>([
  [{}, 0],
  [{ body: 'é' }, 2],
  [{ body: 'AAAA', bodyEncoding: 'base64' }, 3],
])('%j has %i bytes', (content, bytes) => {
  expect(readPublishRequest({ ...request, ...content }, undefined, {}).bodyBytes).toBe(bytes);
});

test('a body alone has no request, and nothing is wrong with that', () => {
  const view = { exchange: { request }, context: {}, route: undefined, past: undefined };
  const answer = readAnswer(view, { status: 200, headers: {} });
  expect(answer).toMatchObject({ faults: [], request: { isKnown: false, projectId: '', functionUrn: '' } });
  expect(objectIn({ request })).toBeUndefined();
});

test('an answer that broke off says nothing of what it holds', () => {
  const exchange = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 200, version);
  const failure = { kind: 'reset', message: 'why' } as const;
  expect(said({ ...exchange, failure }, /^(?!robustness)/)).toEqual({});
});

test('an answer that cannot be decoded has a status, and nothing is said of its body', () => {
  const exchange = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 200, version);
  const failure = { kind: 'undecodable', message: 'why' } as const;
  const found = said({ ...exchange, failure }, /^(?:status|body)/);
  expect(found).toEqual({ 'status.documented': 'held' });
});

test('an answer to a request in the usual form says nothing of forms', () => {
  const context = { credentials: 'valid', function: 'exists', unpublishedChanges: true } as const;
  const exchange = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 200, version);
  expect(said(exchange, /^robustness\.(?:forms|protocol|abuse)/, context)).toEqual({});
});

test('a finding about no member has no pointer', () => {
  const exchange = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 418, {});
  for (const finding of judge(exchange).findings.filter(({ subject }) => subject === 'status'))
    expect(finding).not.toHaveProperty('pointer');
});

test.each<[string, number, unknown]>([
  ['versions', 404, { versions: [version, version] }],
  ['versions', 200, { versions: {} }],
  ['versions', 200, 'no JSON'],
  ['config', 404, { ...version, timeout: 9 }],
  ['config', 200, '[]'],
])('%s answered with %i and %j says nothing of what is kept', (resource, status, body) => {
  const exchange = exchangeOf(`GET ${FUNCTION_PATH}/${resource}`, undefined, status, body);
  expect(said(exchange, /^state/, { latest: version, versionsBefore: 0, published: [version] })).toEqual({});
});

test('entries of a version list that are no objects are left alone', () => {
  const body = { versions: [null, 7, version], count: 2 };
  const exchange = exchangeOf(`GET ${FUNCTION_PATH}/versions`, undefined, 200, body);
  expect(said(exchange, /after-error/, { versionsBefore: 0 })).toEqual({});
});

test('a body alone is judged as the answer to a publish request', () => {
  const { exercised } = judgeBody(JSON.stringify(version));
  expect(exercised).toContain('body.timeout.range');
  expect(exercised.filter(id => /^request|^robustness/.test(id))).toEqual([]);
});
