import { describe, expect, test } from 'vitest';
import { exchangeOf, FUNCTION_PATH, type Said, said } from '../../judge/said.test.support.ts';
import type { Context } from '../context.ts';
import type { Exchange, Failure } from '../exchange.ts';

const PUBLISHED = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 200, {});
const ELSEWHERE = exchangeOf(`GET ${FUNCTION_PATH}/config`, undefined, 200, {});

/** A request that got no answer. */
function failed(kind: Failure['kind'], { request }: Exchange = PUBLISHED): Exchange {
  return { request, failure: { kind, message: 'why' } };
}

/** An answer that broke off or cannot be read. */
function broken(kind: Failure['kind'], exchange: Exchange = PUBLISHED): Exchange {
  return { ...exchange, failure: { kind, message: 'why' } };
}

function answered(body: string | undefined, bodyEncoding?: 'base64'): Exchange {
  const { response } = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 400, body);
  if (response === undefined) throw new Error('There is no answer.');
  return {
    ...PUBLISHED,
    response: bodyEncoding === undefined ? response : { ...response, bodyEncoding },
  };
}

function about(clause: string, exchange: Exchange, context: Context = {}): string | undefined {
  const all: Said = said(exchange, /^robustness/, context);
  return all[`robustness.${clause}`];
}

test('what is not at the path of publishing says nothing of it', () => {
  for (const exchange of [ELSEWHERE, exchangeOf('POST /elsewhere', {}, 200, {}), failed('reset', ELSEWHERE)])
    expect(said(exchange, /^robustness/)).toEqual({});
});

test('a target is alive as long as it answers, and any exchange may end it', () => {
  expect(about('alive', PUBLISHED)).toBe('held');
  expect(about('alive', failed('timeout'))).toBeUndefined();
  expect(said(ELSEWHERE, /./, { stopped: 'it stopped' })).toEqual({ 'robustness.alive': 'it stopped' });
});

describe('a request is answered', () => {
  const MISSED = 'the request was not answered: why';
  const doubtful = { form: { title: 'a form', standing: 'doubtful' } } as const;

  test.each<[Exchange, Context, string | undefined]>([
    [PUBLISHED, {}, 'held'],
    [failed('timeout'), {}, MISSED],
    [failed('reset'), {}, MISSED],
    [failed('malformed'), {}, MISSED],
    [failed('unreachable'), {}, undefined],
    [failed('reset'), { dropped: 'it was published' }, undefined],
    [failed('reset'), { mayClose: true }, 'held'],
    [failed('malformed'), doubtful, 'held'],
    [failed('timeout'), { mayClose: true }, MISSED],
    [failed('timeout'), { after: 'abuse' }, undefined],
    [broken('reset'), {}, 'held'],
  ])('%#', (exchange, context, expected) => {
    expect(about('answered', exchange, context)).toBe(expected);
  });
});

test.each<[Exchange, Context, string | undefined]>([
  [PUBLISHED, {}, 'held'],
  [failed('reset'), {}, undefined],
  [failed('unreachable'), { dropped: 'it came later' }, undefined],
  [failed('reset'), { dropped: 'it came later' }, 'the connection ended without an answer: it came later'],
])('a connection stays open: %#', (exchange, context, expected) => {
  expect(about('connection', exchange, context)).toBe(expected);
});

test.each<[Exchange, Context, string | undefined]>([
  [PUBLISHED, {}, 'held'],
  [broken('undecodable'), {}, 'held'],
  [broken('reset'), {}, 'the answer broke off: why'],
  [broken('timeout'), { mayClose: true }, 'the answer broke off: why'],
  [broken('reset'), { mayClose: true }, undefined],
  [failed('reset'), {}, undefined],
])('an answer is complete: %#', (exchange, context, expected) => {
  expect(about('complete', exchange, context)).toBe(expected);
});

test.each<[Exchange, Context, string | undefined]>([
  [answered('no'), {}, 'held'],
  [answered(''), {}, undefined],
  [answered(undefined), {}, undefined],
  [answered('/w==', 'base64'), {}, 'the answer is no valid UTF-8'],
  [answered('/w==', 'base64'), { mayClose: true }, undefined],
  [broken('undecodable'), {}, 'the answer cannot be read: why'],
  [broken('reset', answered('no')), {}, undefined],
  [failed('reset'), {}, undefined],
])('an answer is readable: %#', (exchange, context, expected) => {
  expect(about('readable', exchange, context)).toBe(expected);
});

describe('a request in an unusual form', () => {
  const READY: Context = { credentials: 'valid', function: 'exists', unpublishedChanges: true };
  const equal: Context = { ...READY, form: { title: 'a form', standing: 'equal' } };
  const optional: Context = { ...READY, form: { title: 'a form', standing: 'optional' } };
  const answer = (status: number, sent: unknown = {}, body: unknown = {}): Exchange =>
    exchangeOf(`POST ${FUNCTION_PATH}/versions`, sent, status, body);

  test.each<[string, Exchange, Context, string | undefined]>([
    ['protocol', answer(400), equal, 'a form was answered with 400; documented: 200'],
    ['protocol', answer(302), optional, 'a form was answered with 302; allowed: 200, any 4xx, 501, 505'],
    ['protocol', answer(505), optional, 'held'],
    ['protocol', failed('reset'), optional, undefined],
    ['protocol', failed('reset'), { ...equal, mayClose: true }, 'held'],
    ['protocol', failed('timeout'), { ...equal, mayClose: true }, undefined],
    ['forms', answer(200), optional, 'held'],
    ['forms', answer(411), optional, 'a form was answered with 411; in the usual form it is accepted'],
    // Whether there was something to publish is not known: an acceptance says more than a refusal.
    ['forms', answer(200), { form: { title: 'a form', standing: 'optional' } }, 'held'],
    ['forms', answer(411), { form: { title: 'a form', standing: 'optional' } }, undefined],
    ['forms', answer(200, {}, 'no JSON'), optional, undefined],
    ['forms', answer(200, { version: 7 }), optional, undefined],
    [
      'forms',
      answer(200, { description: 'd' }),
      optional,
      'version_description is absent after a form; the request had "d"',
    ],
  ])('%s: %#', (clause, exchange, context, expected) => {
    expect(about(clause, exchange, context)).toBe(expected);
  });

  test.each([
    [299, false],
    [300, true],
    [399, true],
    [400, true],
    [499, true],
    [500, false],
    [501, true],
    [505, true],
  ])('that may mean this or that may be answered with %i: %j', (status, isAllowed) => {
    const context = { form: { title: 'a form', standing: 'doubtful' } } as const;
    expect(about('protocol', answer(status), context) === 'held').toBe(isAllowed);
  });
});

test.each<[Exchange, Context, string | undefined]>([
  [PUBLISHED, { after: 'abuse' }, 'held'],
  [PUBLISHED, {}, undefined],
  [PUBLISHED, { after: 'abuse', dropped: 'it came later' }, undefined],
  [failed('reset'), { after: 'abuse' }, 'after abuse, the next request was not answered: why'],
])('the request after abuse is answered: %#', (exchange, context, expected) => {
  expect(about('survives', exchange, context)).toBe(expected);
});
