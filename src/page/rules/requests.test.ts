import { describe, expect, test } from 'vitest';
import { exchangeOf, FUNCTION_PATH, type Said, said, version } from '../../judge/said.test.support.ts';
import type { Context } from '../context.ts';

const READY: Context = {
  projectId: 'p',
  credentials: 'valid',
  function: 'exists',
  unpublishedChanges: true,
};

/** What a publish request says of requests: how it is answered, and what is known. */
function asked(
  sent: unknown,
  status: number,
  { code, context = READY, path = FUNCTION_PATH }: { code?: string; context?: Context; path?: string } = {},
): Said {
  const body = status === 200 ? version : { error_code: code, error_msg: 'no' };
  return said(exchangeOf(`POST ${path}/versions`, sent, status, body), /^request/, context);
}

describe('a valid request', () => {
  const REFUSED = 'a valid request was answered with 400; documented: 200';

  test.each<[string, object, Said]>([
    ['nothing', {}, { 'request.body.accepted': 'held' }],
    [
      'a version and a description',
      { version: 'v1', description: 'd' },
      {
        'request.version.accepted': 'held',
        'request.description.accepted': 'held',
        'request.body.accepted': 'held',
      },
    ],
  ])('with %s is accepted with all of it', (_what, sent, expected) => {
    expect(asked(sent, 200)).toEqual(expected);
  });

  const { credentials: _credentials, ...anonymous } = READY;
  const { function: _function, ...unseen } = READY;
  const { unpublishedChanges: _changes, ...unchanged } = READY;
  const BOTH = { version: 'v1', description: 'd' };

  test.each<[string, object, Context, string | undefined]>([
    ['the body when there is no member', {}, READY, 'body'],
    ['its only member', { version: 'v1' }, READY, 'version'],
    ['the body of two members', BOTH, READY, 'body'],
    ['the suspect of two', BOTH, { ...READY, suspects: ['description'] }, 'description'],
    ['the body when the suspect was not sent', {}, { ...READY, suspects: ['digest'] }, 'body'],
    ['nothing when credentials may be wrong', {}, anonymous, undefined],
    ['nothing when the function may be absent', {}, unseen, undefined],
    ['nothing when nothing may have changed', {}, unchanged, undefined],
    ['nothing when it was told to fail', {}, { ...READY, serviceFails: true }, undefined],
  ])('that is refused blames %s', (_, sent, context, part) => {
    const expected = part === undefined ? {} : { [`request.${part}.accepted`]: REFUSED };
    expect(asked(sent, 400, { context })).toEqual(expected);
  });

  test('is never answered with 500, and the finding has the code', () => {
    expect(asked({}, 500, { code: 'FSS.0500', context: {} })).toEqual({
      'request.body.accepted': 'a valid request was answered with 500 ("FSS.0500"); documented: 200',
    });
  });

  test('names the function by a short form of its URN as well', () => {
    const path = '/v2/p/fgs/functions/f';
    expect(asked({}, 200, { path })).toEqual({ 'request.function_urn.short-form': 'held' });
    expect(asked({}, 404, { path })).toEqual({
      'request.function_urn.short-form': 'f was answered with 404; the long form is accepted',
    });
    expect(asked({}, 404, { path, context: {} })).toEqual({});
    expect(asked({}, 503, { path })).toEqual({});
    expect(asked({ version: 7 }, 400, { path })).toEqual({ 'request.version.type': 'held' });
  });
});

describe('a request with a fault', () => {
  const WRONG_TYPE = { version: 7 };

  test.each<[number, Context, string | undefined]>([
    [400, READY, 'held'],
    [200, READY, 'the status is 200; documented: 400'],
    [500, {}, 'the status is 500; documented: 400'],
    [503, READY, undefined],
    [401, READY, 'the status is 401; documented: 400'],
    [403, READY, 'the status is 403; documented: 400'],
    [404, READY, 'the status is 404; documented: 400'],
    [401, {}, undefined],
    [403, {}, undefined],
    [404, {}, undefined],
    [401, { function: 'exists' }, undefined],
    [404, { credentials: 'valid' }, undefined],
    [404, { function: 'exists' }, 'the status is 404; documented: 400'],
    [401, { credentials: 'valid' }, 'the status is 401; documented: 400'],
    [405, {}, 'the status is 405; documented: 400'],
  ])('answered with %i, when %j is known', (status, context, expected) => {
    const { 'request.version.type': found } = asked(WRONG_TYPE, status, { context });
    expect(found).toBe(expected);
  });

  test.each<[string, object, number, Context, Said]>([
    [
      'is answered as one of them is',
      { ...WRONG_TYPE, description: 7 },
      400,
      {},
      { 'request.body.several-faults': 'held' },
    ],
    ['may have more', { ...WRONG_TYPE, description: 7 }, 404, {}, {}],
    [
      'is not answered otherwise',
      { ...WRONG_TYPE, novelty: 7 },
      404,
      READY,
      {
        'request.body.several-faults':
          'the status is 404; documented for what is wrong with the request: 400; 200 or 400',
      },
    ],
    [
      'is not answered otherwise when its credentials are known to be wrong',
      WRONG_TYPE,
      404,
      { credentials: 'wrong' },
      {
        'request.body.several-faults':
          'the status is 404; documented for what is wrong with the request: 401; 400',
      },
    ],
  ])('with several %s', (_what, sent, status, context, expected) => {
    expect(asked(sent, status, { context })).toEqual(expected);
  });

  test('without credentials is not found only by who need not know it', () => {
    const exchange = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 404, {});
    const headers = { 'content-type': 'application/json' };
    const anonymous = { ...exchange, request: { ...exchange.request, headers } };
    expect(said(anonymous, /^request/)).toEqual({
      'request.auth.missing': 'the status is 404; documented: 401',
    });
  });

  const ID = 'request.description.length-code';
  const CODE = 'error_code is "FSS.0400"; documented: FSS.1019';
  test.each<[string, Context, string | undefined]>([
    ['FSS.1019', READY, 'held'],
    ['FGS.1019', READY, 'held'],
    ['FSS.0400', READY, CODE],
    ['FSS.0400', { ...READY, unpublishedChanges: false }, undefined],
    ['FSS.0400', {}, undefined],
    ['10FSS.19', READY, CODE.replace('FSS.0400', '10FSS.19')],
    ['', READY, undefined],
  ])('has its code, %s, when %j is known', (code, context, expected) => {
    expect(asked({ description: 'x'.repeat(513) }, 400, { code, context })[ID]).toBe(expected);
  });

  test('has its code whatever is known, when only that fault has the status', () => {
    const context = { function: 'absent' } as const;
    expect(asked({}, 404, { code: 'FSS.1052', context })['request.function_urn.absent-code']).toBe(
      'error_code is "FSS.1052"; documented: FSS.1051',
    );
  });

  test('that services answer differently is never answered with a 5xx', () => {
    const context = { ...READY, requestedVersion: 'taken' } as const;
    const [clause, never] = ['request.version.taken', 'request.version.taken-never-5xx'];
    const sent = { version: 'v1' };
    expect(asked(sent, 409, { context })).toEqual({ [clause]: 'held', [never]: 'held' });
    expect(asked(sent, 200, { context })).toEqual({
      [clause]: 'the status is 200; documented: 409 or 400',
      [never]: 'held',
    });
    expect(asked(sent, 500, { context })).toEqual({
      [never]: 'the status is 500; documented: 409 or 400',
    });
  });
});

describe('another method at the path of publishing', () => {
  test.each<[string, number, string | undefined]>([
    ['PUT', 405, 'held'],
    ['PATCH', 400, 'held'],
    ['PUT', 499, 'held'],
    ['PUT', 200, 'PUT was answered with 200; documented: a 4xx'],
    ['PATCH', 500, 'PATCH was answered with 500; documented: a 4xx'],
    ['PUT', 503, undefined],
    ['options', 200, undefined],
    ['HEAD', 200, undefined],
    ['AHEAD', 200, 'AHEAD was answered with 200; documented: a 4xx'],
    ['HEADS', 200, 'HEADS was answered with 200; documented: a 4xx'],
    ['GET', 200, undefined],
  ])('%s answered with %i', (method, status, expected) => {
    const exchange = exchangeOf(`${method} ${FUNCTION_PATH}/versions`, undefined, status, {});
    expect(said(exchange, /method/)['request.method.other']).toBe(expected);
  });

  test('says nothing elsewhere, or without an answer', () => {
    expect(said(exchangeOf(`PATCH ${FUNCTION_PATH}/config`, {}, 200), /method/)).toEqual({});
    expect(said(exchangeOf('PATCH /elsewhere', {}, 200), /method/)).toEqual({});
    const { request } = exchangeOf(`PUT ${FUNCTION_PATH}/versions`, {}, 200);
    expect(said({ request }, /method/)).toEqual({});
  });
});
