import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import type { Exchange } from '../page/exchange.ts';
import { createEvidence } from '../verdict/evidence.ts';
import { judgeRecording } from './judge-recording.ts';
import { openRecording } from './read-recording.ts';
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
  withContent,
} from './recordings.test.support.ts';

const wrong = JSON.stringify({ ...VERSION, memory_size: 129 });

describe('an answer of a HAR file is judged', () => {
  test.each([
    ['as a text', { text: wrong }, {}],
    ['in base64', { text: Buffer.from(wrong).toString('base64'), encoding: 'base64' }, {}],
    ['in base64, by another name', { text: Buffer.from(wrong).toString('base64'), encoding: ' BASE64' }, {}],
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
    expect(counts).toEqual({ judged: 1, incomplete: {}, byAnother: {}, other: 0, foreign: 0, broken: 0 });
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
  expect(counts).toEqual({ judged: 1, incomplete: {}, byAnother: {}, other: 3, foreign: 2, broken: 0 });
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
  const { broken, recording, exchanges } = await judged(har({ ...recorded, request }));
  expect(broken).toEqual([]);
  expect(Object.keys(exchanges[0]?.exchange.request.headers ?? {})).toEqual(['x-auth-token', 'content-type']);
  expect(recording.origin).toBe(ORIGIN);
});

describe('credentials that a recorder left out', () => {
  const anonymous = (made: Exchange, headers: Record<string, string> = {}) => {
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
    ['{"log": 1}', 'input: log must be an object.'],
    ['{"log": {}}', 'input: log.entries must be an array.'],
  ])('%.40s is told', async (text, message) => {
    await expect(judged(text)).rejects.toThrow(message);
  });
});

describe('an entry that no recorder should write is left alone', () => {
  const good = entry(publication());
  const odd: readonly (readonly [string, unknown])[] = [
    ['nothing', null],
    ['a number', 1],
    ['a list', []],
    ['no request', { ...good, request: undefined }],
    ['a request that is null', { ...good, request: null }],
    ['a request that is a text', { ...good, request: 'POST' }],
    ['no method', { ...good, request: { ...good.request, method: undefined } }],
    ['a method that is a number', { ...good, request: { ...good.request, method: 7 } }],
    ['no URL', { ...good, request: { ...good.request, url: undefined } }],
    ['a URL that is null', { ...good, request: { ...good.request, url: null } }],
    ['headers that are a text', { ...good, request: { ...good.request, headers: 'a: b' } }],
    ['a header without a name', { ...good, request: { ...good.request, headers: [{ value: 'x' }] } }],
    ['a header that is null', { ...good, request: { ...good.request, headers: [null] } }],
    [
      'a header with a list',
      { ...good, response: { ...good.response, headers: [{ name: 'a', value: [] }] } },
    ],
    ['an answer that is a text', { ...good, response: 'ok' }],
  ];

  test.each(odd)('%s', async (_, each) => {
    const wrongOne = entry(publication({ ...VERSION, memory_size: 129 }));
    const { counts, broken } = await judged(har(each, wrongOne));
    expect(counts).toMatchObject({ judged: 1, broken: 1 });
    expect(broken).toEqual(['body.memory_size.values']);
  });

  test('and a whole file of them is no reason to refuse it', async () => {
    const { counts } = await judged(har(...odd.map(([, each]) => each)));
    expect(counts).toMatchObject({ judged: 0, broken: odd.length });
  });

  test('but numbers as values of headers are read, and an answer that is null is none', async () => {
    const numbered = {
      ...good,
      request: { ...good.request, headers: [...good.request.headers, { name: 'X-Attempt', value: 2 }] },
    };
    expect((await judged(har(numbered))).counts).toMatchObject({ judged: 1 });
    const { counts } = await judged(har({ ...good, response: null }));
    expect(counts.incomplete).toEqual({ 'without an answer': 1 });
  });
});

test('a body that its recorder put beside the file is read from there, and from nowhere else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-attached-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'har'));
  await writeFile(join(folder, 'har', 'a1.json'), wrong);
  await writeFile(join(folder, 'b2.json'), wrong);
  const countsOf = async (_file: string) => {
    const file = join(folder, 'har', 'trace.har');
    await writeFile(file, har(withContent({ _file })));
    const recording = await openRecording(file);
    const evidence = createEvidence(clauses.map(({ id }) => id));
    const counts = await judgeRecording(recording, { evidence });
    await recording.close();
    return { ...counts, found: Object.keys(evidence.take().clauses).includes('body.memory_size.values') };
  };
  expect(await countsOf('a1.json')).toMatchObject({ judged: 1, found: true });
  for (const elsewhere of ['../b2.json', join(folder, 'b2.json'), 'none.json', '.']) {
    expect(await countsOf(elsewhere)).toMatchObject({ judged: 0, found: false });
  }
});

test('100,000 entries of other services take a moment', async () => {
  const foreign = entry(exchange('GET', '/assets/a.png', 200));
  const { counts } = await judged(
    har(...Array.from({ length: 100_000 }, () => foreign), entry(publication())),
  );
  expect(counts).toEqual({ judged: 1, incomplete: {}, byAnother: {}, other: 0, foreign: 100_000, broken: 0 });
});
