import { expect, test } from 'vitest';
import { exchangeOf, FUNCTION_PATH, type Said, said, version } from '../../judge/said.test.support.ts';
import type { Context } from '../context.ts';
import type { Exchange } from '../exchange.ts';

function answered(status: number, body: unknown, headers: Record<string, string>): Exchange {
  const { request } = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, status);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { request, response: { status, headers, body: text } };
}

function saidOf(status: number, body: unknown, type?: string, context: Context = {}): Said {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  return said(answered(status, body, headers), /^(?:status|header|error\.error_code\.status)/, context);
}

const ERROR = { error_code: 'FSS.0400', error_msg: 'no' };
const STATUSES = 'documented: 200, 400, 401, 403, 404, 500';

test.each<[number, string | undefined]>([
  [200, 'held'],
  [500, 'held'],
  [302, `the status is 302; ${STATUSES}`],
  [409, `the status is 409; ${STATUSES}`],
  [502, undefined],
])('a valid request is answered with %i', (status, expected) => {
  expect(saidOf(status, '')['status.documented']).toBe(expected);
});

test.each<[number, Said]>([
  [200, { 'header.content-type.json': 'the content type is absent; documented: application/json' }],
  [201, { 'header.content-type.json': 'the content type is absent; documented: application/json' }],
  [400, { 'header.content-type.error': 'the content type is absent; expected: application/json' }],
  [300, {}],
  [204, {}],
  [409, {}],
])('an answer with %i has a content type', (status, expected) => {
  const { 'status.documented': _status, ...found } = saidOf(status, status === 204 ? '' : version);
  expect(found).toEqual(expected);
});

test.each([
  ['application/json', 'held'],
  ['Application/JSON;charset=utf-8', 'held'],
  [' application/json ; charset=utf-8', 'held'],
  ['text/json', 'the content type is "text/json"; documented: application/json'],
])('a version comes as JSON: %j', (type, expected) => {
  expect(saidOf(200, version, type)['header.content-type.json']).toBe(expected);
});

test('a request in an unusual form may be refused by something that knows no JSON', () => {
  const context = { form: { title: 'a form', standing: 'doubtful' } } as const;
  expect(saidOf(400, 'no', 'text/html', context)).toEqual({ 'status.documented': 'held' });
});

test.each<[number, unknown, string | undefined]>([
  [400, ERROR, 'held'],
  [404, ERROR, 'error_code "FSS.0400" came with status 404; documented: 400'],
  [400, { ...ERROR, error_code: 'FSS.9999' }, undefined],
  [400, { ...ERROR, error_code: '' }, undefined],
  [400, [ERROR], undefined],
  [503, ERROR, undefined],
  [418, ERROR, undefined],
])('a code comes with its status: %i with %j', (status, body, expected) => {
  expect(saidOf(status, body)['error.error_code.status']).toBe(expected);
});

test.each<[Context, string]>([
  [{}, 'held'],
  [{ requestedVersion: undefined }, 'held'],
  [{ requestedVersion: 'free' }, `the status is 409; ${STATUSES}`],
])('409 answers a request for a name that is not known to be free: %j', (context, expected) => {
  const exchange = answered(409, ERROR, {});
  const asked = { ...exchange, request: { ...exchange.request, body: '{"version":"twin"}' } };
  expect(said(asked, /^status/, context)['status.documented']).toBe(expected);
});
