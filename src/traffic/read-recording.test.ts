import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRecording } from './read-recording.ts';
import { judged, publication, VERSION } from './recordings.test.support.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fgs-recording-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('JSON exchanges', () => {
  const made = publication({ ...VERSION, memory_size: 129 });

  test.each([
    ['one', made],
    ['an array', [made]],
    ['under "exchanges"', { exchanges: [made] }],
    [
      'with bodies as JSON, and headers in any case, repeated or as numbers',
      {
        request: {
          method: 'post',
          url: made.request.url,
          headers: { 'X-Auth-Token': 't0ken', 'CONTENT-TYPE': ['application/json'], 'Content-Length': 2 },
          body: {},
        },
        response: {
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: { ...VERSION, memory_size: 129 },
        },
      },
    ],
    [
      'with only a path, and a body in base64',
      {
        request: { ...made.request, url: new URL(made.request.url).pathname },
        response: {
          ...made.response,
          body: Buffer.from(made.response?.body ?? '').toString('base64'),
          bodyEncoding: 'base64',
        },
      },
    ],
  ])('%s', async (_, value) => {
    expect((await judged(JSON.stringify(value))).broken).toEqual(['body.memory_size.values']);
  });

  test('that failed are judged, too', async () => {
    const failed = { request: made.request, failure: { kind: 'timeout', message: 'no answer came' } };
    expect((await judged(JSON.stringify(failed))).broken).toEqual(['robustness.answered']);
  });

  test('that are none of this API are counted', async () => {
    const foreign = { ...made, request: { ...made.request, url: 'https://example.com/health' } };
    expect((await judged(JSON.stringify([foreign, made]))).counts).toEqual({
      judged: 1,
      incomplete: {},
      byAnother: {},
      other: 0,
      foreign: 1,
      broken: 0,
    });
  });

  test.each([
    [{ request: made.request }, 'input: it has neither a response nor a failure.'],
    [[{ ...made, request: { ...made.request, method: 1 } }], 'input: [0].request.method must be a text.'],
    [
      { exchanges: [{ ...made, response: { status: '200', headers: {} } }] },
      'input: exchanges[0].response.status must be a whole number from 100 to 999.',
    ],
    [{ ...made, request: { method: 'GET', url: '/' } }, 'input: request.headers must be an object.'],
    [
      { ...made, response: { status: 200, headers: { 'x-a': {} } } },
      'input: response.headers.x-a must be a text.',
    ],
    [{ ...made, failure: { kind: 'gone' } }, 'input: failure.kind must be one of timeout, reset'],
    [VERSION, 'input: it is no exchange; with --body it is read as the body of a 200 answer.'],
    [{ a: 1 }, 'input: it is neither a HAR file nor an exchange'],
    [7, 'input: it is neither a HAR file nor an exchange'],
  ])('of another shape are told: %.60j', async (value, message) => {
    await expect(judged(JSON.stringify(value))).rejects.toThrow(message);
  });

  test.each([
    [null, '[0] must be an object'],
    [7, '[0] must be an object'],
    [{ ...made, request: undefined }, '[0].request must be an object'],
    [{ ...made, request: { ...made.request, method: 1 } }, '[0].request.method must be a text'],
  ])('that cannot be read are left alone beside others: %.60j', async (odd, why) => {
    const { counts, broken, recording } = await judged(JSON.stringify([odd, made]));
    expect(counts).toMatchObject({ judged: 1, broken: 1 });
    expect(recording.firstMistake).toContain(why);
    expect(broken).toEqual(['body.memory_size.values']);
  });

  test('nested too deeply are told', async () => {
    const deep = `{"request":{"method":"POST","url":"/","headers":{},"body":${'['.repeat(200_000)}${']'.repeat(200_000)}},"response":{"status":200,"headers":{}}}`;
    await expect(judged(deep)).rejects.toThrow('it is nested more than 500 levels deep');
  });
});

describe('a file', () => {
  const text = JSON.stringify(publication({ ...VERSION, memory_size: 129, xrole: 'é𝄞' }));

  /** Opens a recording and counts its exchanges. */
  async function counted(name: string, content?: string | Uint8Array): Promise<number> {
    const path = join(folder, name);
    if (content !== undefined) await writeFile(path, content);
    const recording = await openRecording(path);
    let count = 0;
    for await (const { exchange } of recording.exchanges()) {
      expect(exchange.response?.body).toContain('é𝄞');
      count++;
    }
    await recording.close();
    return count;
  }

  const utf16 = Buffer.from(text, 'utf16le');

  test.each([
    ['with a byte order mark', `\ufeff${text}`],
    ['in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    [
      'in UTF-16, the other way round',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    ],
    ['in UTF-16 without a mark', utf16],
  ])('is read %s', async (_, content) => {
    expect(await counted('encoded.har', content)).toBe(1);
  });

  test('is read when some of its bytes are no UTF-8', async () => {
    const foreign =
      '{"request":{"method":"GET","url":"/\xe9","headers":{}},"response":{"status":200,"headers":{}}}';
    const content = Buffer.concat([
      Buffer.from('['),
      Buffer.from(foreign, 'latin1'),
      Buffer.from(`,${text}]`),
    ]);
    expect(await counted('mixed.json', content)).toBe(1);
  });

  test('is read when the standard input comes byte by byte', async () => {
    const bytes = [...Buffer.from(`\ufeff${text}`, 'utf16le')].map(byte => Buffer.from([byte]));
    const recording = await openRecording('-', Readable.from(bytes));
    const exchanges: unknown[] = [];
    for await (const exchange of recording.exchanges()) exchanges.push(exchange);
    expect(exchanges).toHaveLength(1);
    await recording.close();
  });

  test('that cannot be read is told', async () => {
    await expect(openRecording(join(folder, 'none.har'))).rejects.toThrow(
      /none\.har cannot be read: it does not exist\.$/,
    );
    await expect(openRecording(folder)).rejects.toThrow(/cannot be read: it is a folder, not a file\.$/);
    await expect(counted('a.zip', 'PK\u0003\u0004')).rejects.toThrow(/is a zip archive: unpack it first\.$/);
  });

  test.each([
    ['', / is empty\.$/],
    [' \n', / is empty\.$/],
    ['{"log":\n {"x": sec-ret}', /is no JSON: the mistake is in line 2, column 8\.$/],
    ['{"log": {"entries": [{}, }]}}', /is no JSON: the mistake is in line 1, column 26\.$/],
    ['{"log": {"entries": [', /is no JSON: it ends too early\.$/],
    ['{"log": {"entries": []}} x', /is no JSON: the mistake is in line 1, column 26\.$/],
  ])('that is no JSON is told, with the place and nothing of its text: %j', async (content, message) => {
    await expect(counted('a.har', content)).rejects.toThrow(message);
  });
});
