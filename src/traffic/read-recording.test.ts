import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecording, readRecordingText } from './read-recording.ts';
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
      incomplete: 0,
      foreign: 1,
    });
  });

  test.each([
    [{ request: made.request }, 'recording: it has neither a response nor a failure.'],
    [
      [made, { ...made, request: { ...made.request, method: 1 } }],
      'recording: [1].request.method must be a text.',
    ],
    [
      { exchanges: [{ ...made, response: { status: '200', headers: {} } }] },
      'recording: exchanges[0].response.status must be a whole number from 100 to 999.',
    ],
    [{ ...made, request: { method: 'GET', url: '/' } }, 'recording: request.headers must be an object.'],
    [
      { ...made, response: { status: 200, headers: { 'x-a': {} } } },
      'recording: response.headers.x-a must be a text.',
    ],
    [{ ...made, failure: { kind: 'gone' } }, 'recording: failure.kind must be one of timeout, reset'],
    [VERSION, 'recording: it is no exchange; with --body it is read as the body of a 200 answer.'],
    [{ a: 1 }, 'recording: it is neither a HAR file nor an exchange'],
    [7, 'recording: it is neither a HAR file nor an exchange'],
  ])('of another shape are told: %.60j', async (value, message) => {
    await expect(judged(JSON.stringify(value))).rejects.toThrow(message);
  });

  test('nested too deeply are told', async () => {
    const deep = `{"request":{"method":"POST","url":"/","headers":{},"body":${'['.repeat(200_000)}${']'.repeat(200_000)}},"response":{"status":200,"headers":{}}}`;
    await expect(judged(deep)).rejects.toThrow('request.body is nested too deeply');
  });
});

describe('a file', () => {
  test('may begin with a byte order mark', async () => {
    const file = join(folder, 'bom.har');
    await writeFile(file, `\ufeff${JSON.stringify(publication())}`);
    expect((await readRecording(await readRecordingText(file), file)).exchanges).toHaveLength(1);
  });

  test('may be the standard input', async () => {
    const stdin = Readable.from([Buffer.from(JSON.stringify(publication()))]);
    expect((await readRecording(await readRecordingText('-', stdin), '-')).exchanges).toHaveLength(1);
  });

  test('that cannot be read is told', async () => {
    await expect(readRecordingText(join(folder, 'none.har'))).rejects.toThrow(/none\.har does not exist\.$/);
    await expect(readRecordingText(folder)).rejects.toThrow(/is a directory, not a file\.$/);
  });

  test('that is no JSON is told, with the place and nothing of its text', async () => {
    await expect(readRecording('', 'a.har')).rejects.toThrow('a.har is empty.');
    await expect(readRecording('{"log":\n {"x": sec-ret}', 'a.har')).rejects.toThrow(
      'a.har is no JSON: the mistake is in line 2, column 8.',
    );
    await expect(readRecording('{"log": {"entries": [', 'a.har')).rejects.toThrow('it ends too early.');
  });
});
