import { expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../page/exchange.ts';
import { answeredInShort, sentInShort } from './shown-exchange.ts';

const ENDPOINT = 'http://127.0.0.1:8080';

function answer(body: string, status = 200): HttpResponse {
  return { status, headers: {}, body };
}

const request: HttpRequest = { method: 'POST', url: `${ENDPOINT}/v2/p`, headers: {}, body: '{"a":1}' };

test.each<[string | undefined, string, string]>([
  ['/c', '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}', '200 OK {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, …}'],
  ['/s/n', '{"s":{"n":[1,"x"]}}', '200 OK s: {"n": [1,"x"]}'],
  ['/list/0/n', '{"list":[{"n":null}]}', '200 OK list.0: {"n": null}'],
  ['/error_code', '{"error_msg":"no"}', '200 OK {"error_msg":"no"}'],
  [undefined, '<h1>No\u001b</h1>', '200 OK <h1>No\\u001b</h1>'],
])('at %s of %s the terminal shows %s', (pointer, body, expected) => {
  expect(answeredInShort({ request, response: answer(body) }, pointer)).toBe(expected);
});

test('an error is shown with its body, and what failed after it', () => {
  const failure = { kind: 'reset', message: 'socket hang up' } as const;
  const exchange = { request, response: answer('{"error_code":"FSS.0500"}', 500), failure };
  expect(answeredInShort(exchange, undefined)).toBe(
    '500 Internal Server Error {"error_code":"FSS.0500"}, then reset (socket hang up)',
  );
  expect(answeredInShort({ request, failure }, undefined)).toBe('reset (socket hang up)');
});

test('an answer of any size is an excerpt', () => {
  const body = JSON.stringify({ a: 'x'.repeat(1_000_000), b: 1 });
  for (const pointer of ['/a', '/b', undefined]) {
    expect(answeredInShort({ request, response: answer(body) }, pointer).length).toBeLessThan(600);
  }
});

test('what was sent is shown with its body, and unusual bytes as they went out', () => {
  expect(sentInShort(request, ENDPOINT)).toBe('POST /v2/p {"a":1}');
  const wire = [{ bytes: 'GET /\r\n' }, { pauseMs: 60 }, { bytes: '\u0000' }, { end: 'half-close' }] as const;
  expect(sentInShort({ ...request, wire }, ENDPOINT)).toBe('GET /\\r\\n (60 ms later) \\u0000 (half-close) ');
});
