import { describe, expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import {
  creation,
  entry,
  exchange,
  FUNCTION,
  har,
  judged,
  judgedInOrder,
  listing,
  ORIGIN,
  publication,
  refusal,
  VERSION,
  VERSIONS,
} from './recordings.test.support.ts';

/** An answer that is no JSON, to a publication or another request. */
function answered(
  status: number,
  body: string,
  headers: Record<string, string> = {},
  { request }: Exchange = publication(),
): Exchange {
  return { request, response: { status, headers: { 'content-type': 'text/html', ...headers }, body } };
}

const PAGE = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>';

function redirection(status: number, location: string, request = publication()): Exchange {
  return answered(status, PAGE, { location }, request);
}

const LOGIN = 'https://login.example.com/sso';

describe('an answer that is not the API’s is left alone, and told', () => {
  test.each([301, 302, 303, 307, 308])('a redirection with %i to a login', async status => {
    const { broken, counts, evidence } = await judgedInOrder(redirection(status, `${LOGIN}?ticket=s3cret`));
    expect(broken).toEqual([]);
    expect(evidence.exchanges).toBe(0);
    expect(counts).toMatchObject({
      judged: 0,
      byAnother: { [`where something redirects to ${LOGIN} (${status})`]: 1 },
    });
  });

  test.each([
    ['to another path of the same host', '/login', `redirects to ${ORIGIN}/login (302)`],
    [
      'to the same path over TLS',
      `http://plain.example.com${VERSIONS}`,
      'redirects to http://plain.example.com',
    ],
    ['with a session in the path', `${LOGIN};jsessionid=s3cret/a`, `redirects to ${LOGIN}/a (302)`],
    ['with a password', 'https://me:s3cret@login.example.com/sso', `redirects to ${LOGIN} (302)`],
  ])('a redirection %s', async (_, location, said) => {
    const { broken, counts } = await judgedInOrder(publication(), redirection(302, location));
    expect(broken).toEqual([]);
    expect(Object.keys(counts.byAnother)).toEqual([expect.stringContaining(said)]);
    expect(JSON.stringify(counts)).not.toContain('s3cret');
  });

  test.each([
    [407, 'where something asks for the credentials of a proxy (407)'],
    [511, 'where something asks for a login to the network (511)'],
  ])('%i, whatever its body is, and also when the API answered before', async (status, said) => {
    const json = exchange('POST', VERSIONS, status, { sent: {}, answered: { error: 'no' } });
    const { broken, counts } = await judgedInOrder(publication(), json, answered(status, PAGE));
    expect(broken).toEqual([]);
    expect(counts).toMatchObject({ judged: 1, byAnother: { [said]: 2 } });
  });

  test.each<[string, Exchange]>([
    ['a login with 200', answered(200, PAGE)],
    ['a 404 of a web server', answered(404, '<html>\r\n<head><title>404 Not Found</title></head></html>')],
    ['a page without a type', answered(200, PAGE, { 'content-type': '' })],
    ['a page after a comment', answered(403, `<!-- a --> <!-- b -->${PAGE}`, { 'content-type': '' })],
    ['a page with an XML declaration', answered(200, `<?xml version="1.0"?>${PAGE}`, { 'content-type': '' })],
    ['in answer to another operation', answered(200, PAGE, {}, listing())],
  ])('an HTML page while nothing else answered: %s', async (_, each) => {
    const { broken, counts, evidence } = await judgedInOrder(each);
    expect(broken).toEqual([]);
    expect([counts.judged, evidence.exchanges]).toEqual([0, 0]);
    expect(Object.keys(counts.byAnother)).toEqual([
      expect.stringMatching(/^where something answers with an HTML page \(\d+/),
    ]);
  });

  test('in a HAR file too, also where the recorder kept no headers or no body', async () => {
    const recorded = entry(redirection(302, LOGIN));
    const bare = { ...recorded.response, headers: [], redirectURL: LOGIN };
    const { text: _text, ...content } = recorded.response.content;
    const empty = { ...recorded.response, content: { ...content, size: 900 } };
    const { broken, counts } = await judged(
      har({ ...recorded, response: bare }, { ...recorded, response: empty }),
    );
    expect(broken).toEqual([]);
    expect(Object.values(counts.byAnother)).toEqual([2]);
  });

  test('many different ones are not told one by one', async () => {
    const all = Array.from({ length: 40 }, (_, index) => redirection(302, `${LOGIN}/${index}`));
    const { byAnother } = (await judgedInOrder(...all)).counts;
    expect(Object.keys(byAnother).length).toBeLessThan(10);
    expect(Object.values(byAnother).reduce((sum, each) => sum + each, 0)).toBe(40);
  });
});

describe('an answer that is the API’s is judged', () => {
  test('an HTML page where the API answered before', async () => {
    const { broken, counts } = await judgedInOrder(publication(), answered(200, PAGE));
    expect(broken).toContain('body.type');
    expect(counts).toMatchObject({ judged: 2, byAnother: {} });
    expect((await judgedInOrder(refusal(401, 'APIG.0301'), answered(404, PAGE))).broken).toContain(
      'error.body.type',
    );
  });

  test('but not where another host did', async () => {
    const { request, response } = publication();
    const elsewhere = { ...request, url: `https://other.example.com${VERSIONS}` };
    const { broken } = await judgedInOrder(
      { request: elsewhere, ...(response === undefined ? {} : { response }) },
      answered(200, PAGE),
    );
    expect(broken).toEqual([]);
  });

  test('a redirection that names no place, or one of this API', async () => {
    expect((await judgedInOrder(answered(302, ''))).broken).toContain('status.documented');
    expect((await judgedInOrder(redirection(302, `${FUNCTION}/versions/`))).broken).toContain(
      'status.documented',
    );
  });

  test('a page that holds JSON all the same', async () => {
    const { broken } = await judgedInOrder(answered(200, JSON.stringify(VERSION)));
    expect(broken).toEqual(['header.content-type.json']);
  });
});

test('a deletion without content is one, of whatever type nothing is', async () => {
  const { request } = exchange('DELETE', FUNCTION, 204);
  const gone = { request, response: { status: 204, headers: { 'content-type': 'text/html' } } };
  const { broken, counts } = await judgedInOrder(creation(), gone, publication());
  expect(broken).toEqual(['request.function_urn.absent']);
  expect(counts.judged).toBe(3);
});

test('what the API made of a request that something else answered, nobody knows', async () => {
  const login = (request: Exchange): Exchange => redirection(302, LOGIN, request);
  const changed = exchange('PUT', `${FUNCTION}/config`, 200, { sent: { timeout: 9 }, answered: VERSION });
  const other = publication({ ...VERSION, timeout: 4 });
  expect((await judgedInOrder(creation(), login(changed), other)).broken).toEqual([]);
  const gone = exchange('DELETE', FUNCTION, 204);
  expect((await judgedInOrder(creation(), answered(200, PAGE, {}, gone), publication())).broken).toEqual([]);
  expect((await judgedInOrder(answered(200, PAGE, {}, creation()), other)).broken).toEqual([]);
});
