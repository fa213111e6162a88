import { describe, expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { foreignAnswerIn, placeInWords, redirectionOf } from './foreign-answer.ts';

const VERSIONS = '/v2/p/fgs/functions/f/versions';
const HERE = `https://api.example.com${VERSIONS}`;

function answered(status: number, headers: Record<string, string> = {}, body?: string, url = HERE): Exchange {
  return {
    request: { method: 'POST', url, headers: {} },
    response: { status, headers, ...(body === undefined ? {} : { body }) },
  };
}

function said(exchange: Exchange): string | undefined {
  return foreignAnswerIn(exchange)?.does;
}

describe('a redirection', () => {
  test.each<[number, string, string | undefined]>([
    [300, 'https://login.example.com/a?b=c#d', 'redirects to https://login.example.com/a (300)'],
    [399, '/login', 'redirects to https://api.example.com/login (399)'],
    [302, `http://api.example.com${VERSIONS}`, `redirects to http://api.example.com${VERSIONS} (302)`],
    [302, 'https://login.example.com/a;s=1/b;t=2', 'redirects to https://login.example.com/a/b (302)'],
    [302, 'app://login/start', 'redirects to app://login/start (302)'],
    [302, `${VERSIONS}/`, undefined],
    [302, 'https://api.example.com:443/v2/p/fgs/functions', undefined],
    [302, '', undefined],
    [302, 'https://[', undefined],
    [299, '/login', undefined],
    [400, '/login', undefined],
  ])('with %i to %s', (status, location, expected) => {
    expect(said(answered(status, { location }))).toBe(expected);
  });

  test('without a place, or with a page, is none of something else', () => {
    expect(said(answered(302))).toBeUndefined();
    expect(said(answered(302, { 'content-type': 'text/html' }, '<html>'))).toBeUndefined();
  });

  test('of a request of which no more than the path is known', () => {
    expect(said(answered(302, { location: '/login' }, '', VERSIONS))).toContain('/login (302)');
    expect(said(answered(302, { location: `${VERSIONS}/` }, '', VERSIONS))).toBeUndefined();
    expect(said(answered(302, { location: HERE }, '', VERSIONS))).toBe(`redirects to ${HERE} (302)`);
    expect(said(answered(302, { location: HERE }, '', 'http://['))).toBe(`redirects to ${HERE} (302)`);
  });

  test('leads where it says', () => {
    const { response } = answered(301, { location: 'other?a=1' });
    const to = response === undefined ? undefined : redirectionOf(response, 'https://h:8443/a/b');
    expect(to?.href).toBe('https://h:8443/a/other?a=1');
    expect(to === undefined ? '' : placeInWords(to)).toBe('https://h:8443/a/other');
  });
});

test.each([
  [407, 'proxy', 'asks for the credentials of a proxy (407)'],
  [511, 'network', 'asks for a login to the network (511)'],
])('%i is of something in between', (status, kind, does) => {
  expect(foreignAnswerIn(answered(status, {}, '{}'))).toEqual({ kind, does });
});

describe('a page', () => {
  test.each<[string, string, string | undefined]>([
    ['text/html', 'no', '(200)'],
    [' Text/HTML; charset=utf-8', '<title lang="de">\n Sign  in </title>', '(200, "Sign in")'],
    ['application/xhtml+xml', '', '(200)'],
    ['', '<!DOCTYPE html>', '(200)'],
    ['', '\n<HTML lang="en">', '(200)'],
    ['', '\uFEFF<html>', '(200)'],
    ['application/json', '<?xml version="1.0"?>\n<!-- a -->\n<!-- b --> <html>', '(200)'],
    ['', '<htmlx>', undefined],
    ['', 'see <html>', undefined],
    ['', '<!-- a --><p>', undefined],
    ['a text/html', '', undefined],
    ['application/json', '{"a":1}', undefined],
    ['text/html', '{"a":1}', undefined],
    ['text/html', '[1]', '(200)'],
    ['text/plain', 'no', undefined],
  ])('of type %j: %j', (type, body, about) => {
    expect(said(answered(200, { 'content-type': type }, body))).toBe(
      about === undefined ? undefined : `answers with an HTML page ${about}`,
    );
  });

  test('in bytes that are no UTF-8, and one whose body is not known', () => {
    const body = Buffer.from('<html><title>Anmeldung f\u00fcr alle</title>', 'latin1').toString('base64');
    const { request } = answered(200);
    const response = { status: 403, headers: {}, body, bodyEncoding: 'base64' } as const;
    expect(said({ request, response })).toBe('answers with an HTML page (403, "Anmeldung für alle")');
    expect(said(answered(500, { 'content-type': 'text/html' }))).toBe('answers with an HTML page (500)');
  });

  test('is nothing that has no content, and no answer is none', () => {
    expect(said(answered(204, { 'content-type': 'text/html' }))).toBeUndefined();
    expect(said({ request: answered(200).request })).toBeUndefined();
  });

  test('is told at once, however it begins', () => {
    const hostile = `${'<!-- '.repeat(50_000)}${'<title'.repeat(50_000)}`;
    expect(said(answered(200, { 'content-type': 'text/html' }, hostile))).toBe(
      'answers with an HTML page (200)',
    );
  });
});
