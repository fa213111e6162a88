import { describe, expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { judge, judgeBody } from './checked.ts';
import { exchangeOf, FUNCTION_PATH } from './said.test.support.ts';

const EXCHANGE = exchangeOf(`POST ${FUNCTION_PATH}/versions`, {}, 400, {});
const { request, response } = EXCHANGE;

/** As a caller from JavaScript may write it. */
function judged(exchange: unknown, context?: unknown): void {
  judge(exchange as Exchange, context as undefined);
}

describe('an exchange', () => {
  test.each<unknown>([
    EXCHANGE,
    { request },
    { request, failure: { kind: 'reset', message: 'closed' } },
    { ...EXCHANGE, request: { ...request, body: 'AA==', bodyEncoding: 'base64' } },
  ])('is judged: %#', exchange => {
    expect(() => judged(exchange)).not.toThrow();
  });

  test.each<[unknown, RegExp]>([
    [undefined, /^judge: expected an exchange .*, not undefined\.$/],
    [{}, /request/],
    [{ request: { ...request, url: 7 } }, /url/],
    [{ request: { ...request, method: undefined } }, /method/],
    [{ request: { ...request, headers: undefined } }, /headers/],
    [{ request: { ...request, headers: { a: 7 } } }, /headers/],
    [{ request: { ...request, body: {} } }, /body/],
    [{ request: { ...request, bodyEncoding: 'hex' } }, /bodyEncoding/],
    [{ request, response: { ...response, status: '200' } }, /status/],
    [{ request, response: { status: 200 } }, /headers/],
    [{ request, failure: { kind: 7, message: 'x' } }, /kind/],
  ])('that is none is told: %#', (exchange, sentence) => {
    expect(() => judged(exchange)).toThrow(TypeError);
    expect(() => judged(exchange)).toThrow(sentence);
  });

  test('may have names of headers in any case', () => {
    const clauses = (exchange: Exchange) => judge(exchange).findings.map(({ clause }) => clause);
    const requested = { ...request, headers: { 'X-Auth-Token': 't', 'Content-Type': 'application/json' } };
    const answered = { status: 400, headers: { 'Content-Type': 'application/json' }, body: '{}' };
    for (const exchange of [
      { request: requested, response: answered },
      { request, response: answered },
      { ...EXCHANGE, request: requested },
    ])
      expect(clauses(exchange)).toEqual(clauses(EXCHANGE));
    expect(clauses({ request: requested })).toEqual([]);
  });
});

test.each<[unknown, RegExp]>([
  [{ function: 'there' }, /function/],
  [{ functoin: 'exists' }, /function/],
  [{ suspects: 'timeout' }, /suspects/],
  ['exists', /what is known of the target, such as \{ function: 'exists' \}/],
])('a context %j is told', (context, sentence) => {
  expect(() => judged(EXCHANGE, context)).toThrow(sentence);
});

test('a body is a text', () => {
  expect(judgeBody('{}').findings.length).toBeGreaterThan(0);
  expect(() => judgeBody({} as string)).toThrow(/^judgeBody: expected the text of a 200 answer/);
});
