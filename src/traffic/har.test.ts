import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import {
  entry,
  exchange,
  FUNCTION,
  har,
  judged,
  ORIGIN,
  publication,
  refusal,
  TOKEN,
  VERSION,
  VERSIONS,
} from './recordings.test.support.ts';

type Entry = ReturnType<typeof entry>;

/** An entry whose answer has this content. */
function withContent(content: Record<string, unknown>, headers: Record<string, string> = {}): Entry {
  const recorded = entry(publication());
  const added = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return {
    ...recorded,
    response: {
      ...recorded.response,
      headers: [...recorded.response.headers, ...added],
      content: { mimeType: 'application/json', size: 1, ...content } as Entry['response']['content'],
    },
  };
}

const wrong = JSON.stringify({ ...VERSION, memory_size: 129 });

describe('an answer of a HAR file is judged', () => {
  test.each([
    ['as a text', { text: wrong }, {}],
    ['in base64', { text: Buffer.from(wrong).toString('base64'), encoding: 'base64' }, {}],
    [
      'in base64, decoded, under the encoding that it had',
      { text: Buffer.from(wrong).toString('base64'), encoding: 'base64' },
      { 'Content-Encoding': 'gzip' },
    ],
    [
      'still compressed with gzip',
      { text: gzipSync(wrong).toString('base64'), encoding: 'base64' },
      { 'content-encoding': 'gzip' },
    ],
    [
      'still compressed with brotli',
      { text: brotliCompressSync(wrong).toString('base64'), encoding: 'base64' },
      { 'CONTENT-ENCODING': 'br' },
    ],
    [
      'still compressed with deflate',
      { text: deflateSync(wrong).toString('base64'), encoding: 'base64' },
      { 'content-encoding': 'deflate' },
    ],
    [
      'compressed, each byte a character',
      { text: gzipSync(wrong).toString('latin1') },
      { 'content-encoding': 'gzip' },
    ],
  ])('%s', async (_, content, headers) => {
    const { broken, counts } = await judged(har(withContent(content, headers)));
    expect(broken).toEqual(['body.memory_size.values']);
    expect(counts).toEqual({ judged: 1, incomplete: 0, foreign: 0 });
  });
});

describe('what was not recorded completely is left alone', () => {
  test.each([
    ['an answer without its body', withContent({ size: 900 })],
    ['an answer whose body nobody counted', withContent({ size: -1 })],
    ['an answer with an empty text for a body', withContent({ size: 900, text: '' })],
    [
      'a compressed answer that was stored as text',
      withContent({ text: '\u001f\ufffd\b' }, { 'content-encoding': 'gzip' }),
    ],
    [
      'an answer in an encoding that cannot be undone',
      withContent(
        { text: gzipSync(wrong).toString('base64'), encoding: 'base64' },
        { 'content-encoding': 'zstd' },
      ),
    ],
    [
      'a compression bomb',
      withContent(
        { text: gzipSync(Buffer.alloc(50_000_000)).toString('base64'), encoding: 'base64' },
        { 'content-encoding': 'gzip' },
      ),
    ],
    ['an answer of more than 4 MiB', withContent({ text: ' '.repeat(6_000_000) })],
    ['a request that was blocked or cancelled', entry({ request: publication().request })],
    [
      'a request whose body was left out',
      {
        ...entry(publication()),
        request: { ...entry(publication()).request, postData: undefined, bodySize: 2 },
      },
    ],
    [
      'a redirection of the browser’s own',
      {
        ...entry(publication()),
        response: { ...entry(publication()).response, status: 307, statusText: 'Internal Redirect' },
      },
    ],
  ])('%s', async (_, recorded) => {
    const { counts, evidence } = await judged(har(recorded));
    expect(counts).toEqual({ judged: 0, incomplete: 1, foreign: 0 });
    expect(evidence.exchanges).toBe(0);
  });
});

test('an answer that really is empty is judged', async () => {
  const empty = exchange('POST', VERSIONS, 404, { sent: {} });
  expect((await judged(har(entry(empty)))).broken).toEqual(['error.body.type']);
});

test('other services, assets and preflights are counted and left alone', async () => {
  const elsewhere: Exchange[] = [
    exchange('GET', '/v1/p/servers', 500),
    exchange('GET', '/assets/app.js', 200, { answered: 'var a' }),
    exchange('OPTIONS', VERSIONS, 204),
    exchange('POST', `${FUNCTION}/invocations`, 200, { sent: {}, answered: {} }),
    exchange('GET', `${FUNCTION}/tags`, 200, { answered: {} }),
  ];
  const { counts, broken } = await judged(har(...elsewhere.map(each => entry(each)), entry(publication())));
  expect(counts).toEqual({ judged: 1, incomplete: 0, foreign: 5 });
  expect(broken).toEqual([]);
});

test('headers count in any case, pseudo-headers do not, and a prefix before the path is fine', async () => {
  const recorded = entry({
    ...publication(),
    request: { ...publication().request, url: `${ORIGIN}/console/rest${VERSIONS}?a=1#b`, method: 'post' },
  });
  const headers = [
    { name: ':authority', value: 'x' },
    { name: 'X-AUTH-TOKEN', value: TOKEN },
  ];
  const request = {
    ...recorded.request,
    headers: [...headers, { name: 'CONTENT-TYPE', value: 'application/json' }],
  };
  const { broken, recording } = await judged(har({ ...recorded, request }));
  expect(broken).toEqual([]);
  expect(Object.keys(recording.exchanges[0]?.exchange.request.headers ?? {})).toEqual([
    'x-auth-token',
    'content-type',
  ]);
  expect(recording.origins).toEqual([ORIGIN]);
});

describe('credentials that a recorder left out', () => {
  const anonymous = (made: Exchange, headers: Record<string, string> = {}): Entry => {
    const { request, response } = made;
    const kept = { 'content-type': 'application/json', ...headers };
    return entry({ request: { ...request, headers: kept }, ...(response === undefined ? {} : { response }) });
  };

  test('from the whole file are not missed', async () => {
    const { broken, exercised } = await judged(
      har(anonymous(publication()), anonymous(refusal(404, 'FSS.1051'))),
    );
    expect(broken).toEqual([]);
    expect(exercised).not.toContain('request.auth.missing');
  });

  test('from a signed request are not missed', async () => {
    const signed = anonymous(publication(), { 'x-sdk-date': '20260101T000000Z' });
    expect((await judged(har(entry(publication()), signed))).broken).toEqual([]);
  });

  test('are missed where other requests of the file have theirs', async () => {
    const { broken } = await judged(har(entry(publication()), anonymous(publication())));
    expect(broken).toEqual(['request.auth.missing']);
  });

  test('are missed where the answer says so', async () => {
    const { broken, exercised } = await judged(har(anonymous(refusal(401, 'FSS.0401'))));
    expect(broken).toEqual([]);
    expect(exercised).toContain('request.auth.missing');
  });
});

test('a recorder that keeps no headers keeps the type of the body', async () => {
  const recorded = entry(publication());
  const bare = {
    ...recorded,
    request: { ...recorded.request, headers: [] },
    response: { ...recorded.response, headers: [] },
  };
  expect((await judged(har(bare))).broken).toEqual([]);
});

describe('a HAR file that is none', () => {
  test.each([
    ['{"log": 1}', 'recording: log must be an object.'],
    ['{"log": {}}', 'recording: log.entries must be an array.'],
    ['{"log": {"entries": [1]}}', 'recording: log.entries[0] must be an object.'],
    [
      '{"log": {"entries": [{"request": {"method": "GET"}}]}}',
      'recording: log.entries[0].request.url must be a text.',
    ],
    [
      har({ ...entry(publication()), request: { ...entry(publication()).request, headers: [{ name: 1 }] } }),
      'recording: log.entries[0].request.headers[0].name must be a text.',
    ],
    [har(withContent({ text: 7 })), 'recording: log.entries[0].response.content.text must be a text.'],
  ])('%.40s is told', async (text, message) => {
    await expect(judged(text)).rejects.toThrow(message);
  });
});

test('100,000 entries of other services take a moment', async () => {
  const foreign = entry(exchange('GET', '/assets/a.png', 200));
  const { counts } = await judged(
    har(...Array.from({ length: 100_000 }, () => foreign), entry(publication())),
  );
  expect(counts).toEqual({ judged: 1, incomplete: 0, foreign: 100_000 });
});
