import { expect, test } from 'vitest';
import { readPublishRequest } from '../../judge/read-exchange.ts';
import { exchangeOf, FUNCTION_PATH } from '../../judge/said.test.support.ts';
import type { Context } from '../context.ts';
import type { HttpRequest } from '../exchange.ts';
import { routeOf } from '../operations.ts';
import { BODY_LIMIT_BYTES } from '../values.ts';
import { requestFaults, requestFaultsOf } from './request-faults.ts';

/** What is wrong with a publish request. */
function faultsOf(
  sent: unknown,
  context: Context = {},
  change: Partial<HttpRequest> = {},
): readonly string[] {
  const { request } = exchangeOf(`POST ${FUNCTION_PATH}/versions`, sent, 200);
  const changed = { ...request, ...change };
  const read = readPublishRequest(changed, routeOf(changed), context);
  return requestFaultsOf(read).map(({ id }) => id);
}

function named(urn: string): Partial<HttpRequest> {
  return { url: `/v2/p/fgs/functions/${urn}/versions` };
}

function headed(headers: Readonly<Record<string, string>>): Partial<HttpRequest> {
  return { headers: { 'x-auth-token': 't', ...headers } };
}

const VERSION = 'urn:fss:r:p:function:default:f:v1';
const ALIAS = 'urn:fss:r:p:function:default:f:!a';

test.each<[string, unknown, Context, Partial<HttpRequest>, readonly string[]]>([
  ['nothing', {}, {}, {}, []],
  ['all of its members', { version: 'v1.0_b-2', description: 'd', digest: 'a' }, {}, {}, []],
  ['the longest description', { description: 'x'.repeat(512) }, {}, {}, []],
  ['one that is longer', { description: 'x'.repeat(513) }, {}, {}, ['request.description.length']],
  ['characters of two units', { description: '😀'.repeat(512) }, {}, {}, []],
  ['a version that is no text', { version: 7 }, {}, {}, ['request.version.type']],
  ['null', { version: null }, {}, {}, ['request.body.null-members']],
  ['a version of another grammar', { version: 'a b' }, {}, {}, ['request.version.grammar']],
  ['the version latest', { version: 'latest' }, {}, {}, ['request.version.grammar']],
  ['the code’s digest', { digest: 'a' }, { credentials: 'valid', codeMd5: 'a' }, {}, []],
  ['another digest', { digest: 'b' }, { credentials: 'valid', codeMd5: 'a' }, {}, ['request.digest.wrong']],
  ['another digest, credentials unknown', { digest: 'b' }, { codeMd5: 'a' }, {}, []],
  [
    'a URN of another form',
    {},
    {},
    named('urn:xxx:r:p:function:default:f'),
    ['request.function_urn.malformed'],
  ],
  ['a short form of a URN', {}, {}, named('f'), []],
  ['an absent version', {}, { qualifier: 'absent' }, named(VERSION), ['request.function_urn.absent-version']],
  ['an absent alias', {}, { qualifier: 'absent' }, named(ALIAS), ['request.function_urn.absent-alias']],
  ['a version', {}, {}, named(VERSION), []],
  ['an alias', {}, {}, named(ALIAS), []],
  ['no qualifier', {}, { qualifier: 'absent' }, {}, []],
  [
    'no URN and no qualifier',
    {},
    { qualifier: 'absent' },
    named('urn:xxx:r:p:function:default:f'),
    ['request.function_urn.malformed'],
  ],
  ['no content type', {}, {}, headed({}), ['request.content-type.missing']],
  ['a charset', {}, {}, headed({ 'content-type': ' Application/JSON ; charset=utf-8' }), []],
  ['text', {}, {}, headed({ 'content-type': 'text/plain' }), ['request.content-type.other']],
  [
    'a type like JSON',
    {},
    {},
    headed({ 'content-type': 'x-application/json' }),
    ['request.content-type.other'],
  ],
])('%s', (_what, sent, context, change, expected) => {
  expect(faultsOf(sent, context, change)).toEqual(expected);
});

test('a body of 1 MiB is no fault, and one byte more is', () => {
  const description = (bytes: number) => `{"novelty":"${'x'.repeat(bytes - 14)}"}`;
  expect(faultsOf(description(BODY_LIMIT_BYTES))).toEqual(['request.body.unknown-members']);
  expect(faultsOf(description(BODY_LIMIT_BYTES + 1))).toContain('request.body.too-large');
});

test('a body of another type may be refused with any 4xx, and with nothing else', () => {
  const fault = requestFaults.find(({ id }) => id === 'request.content-type.other');
  const allowed = [200, 302, 399, 400, 418, 499, 500].filter(status => fault?.answers(status));
  expect(allowed).toEqual([200, 400, 418, 499]);
});
