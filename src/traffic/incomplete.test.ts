import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { entry, har, judged, publication, VERSION, withContent } from './recordings.test.support.ts';

const wrong = JSON.stringify({ ...VERSION, memory_size: 129 });

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
    expect(Object.values(counts.incomplete)).toEqual([1]);
    expect(evidence.exchanges).toBe(0);
  });
});

describe('a body that is not all there is left alone, with the reason', () => {
  const announced = (size: number): Record<string, string> => ({ 'content-length': String(size) });

  test.each([
    ['shorter than its size', withContent({ text: wrong.slice(0, 90), size: wrong.length })],
    ['shorter than its size', withContent({ text: wrong.slice(0, 90), size: 0 }, announced(wrong.length))],
    [
      'shorter than its size',
      withContent({ text: wrong.slice(0, 90), size: wrong.length }, { 'content-encoding': 'br' }),
    ],
    ['cut off', withContent({ text: wrong.slice(0, 90), size: -1 })],
    ['cut off', withContent({ text: `${wrong.slice(0, 90)}...`, size: 93 })],
    ['cut off', withContent({ text: `${wrong.slice(0, 90)}…`, size: 92 })],
    ['cut off', withContent({ text: `${wrong.slice(0, 200)} [truncated]`, size: 212 })],
    ['cut off', withContent({ text: `${wrong.slice(0, 200)}<truncated, 812 bytes>`, size: 222 })],
    ['replaced', withContent({ text: '[application/json redacted]' })],
    ['replaced', withContent({ text: 'REDACTED', size: -1 })],
    ['replaced', withContent({ text: '***' })],
    ['replaced', withContent({ text: '"[redacted]"' })],
    ['replaced', withContent({ text: '<removed by the sanitizer>' })],
    ['replaced', withContent({ text: 'Response body has been removed' })],
    ['replaced', withContent({ text: '[object Object]' })],
    ['replaced', withContent({ text: 'undefined' })],
    ['replaced', withContent({ text: '{"redacted":true}' })],
    ['replaced', withContent({ text: JSON.stringify({ ...VERSION, func_urn: '[REDACTED]' }) })],
    ['replaced', withContent({ text: JSON.stringify({ ...VERSION, func_vpc: { vpc_id: 'REDACTED' } }) })],
    ['in an encoding that no HAR file has', withContent({ text: 'x', encoding: 'quoted-printable' })],
    ['in a file that is not beside it', withContent({ _file: 'a1.json' })],
    ['in no usable form', withContent({ text: 7 })],
  ])('%s', async (reason, recorded) => {
    const { counts, evidence } = await judged(har(recorded));
    expect(Object.keys(counts.incomplete).join()).toContain(reason);
    expect(evidence.exchanges).toBe(0);
  });

  test.each(['upstream said no', 'service unavailable...', '"redacted"', '{"memory_size": }', '{"func_urn'])(
    'but %s, which is complete and no version, is judged',
    async text => {
      expect((await judged(har(withContent({ text, size: text.length })))).broken).toEqual(['body.type']);
    },
  );

  test.each([
    ['a description that has such a word', { description: 'old code was removed' }],
    ['what a service masks itself', { user_data: '[masked]' }],
  ])('but %s is read', async (_, members) => {
    const text = JSON.stringify({ ...VERSION, memory_size: 129, ...members });
    expect((await judged(har(withContent({ text })))).broken).toContain('body.memory_size.values');
  });

  test('a request’s, too', async () => {
    const good = entry(publication());
    const postData = { mimeType: 'application/json', text: '[postData.text redacted]' };
    const replaced = { ...good, request: { ...good.request, bodySize: 400, postData } };
    expect((await judged(har(replaced))).counts.incomplete).toEqual({
      'with the body of the request shorter than its size': 1,
    });
  });

  test('its status is judged all the same, when it is wrong whatever the body says', async () => {
    const incomplete = withContent({ text: '{"err', size: 70 });
    const withStatus = (status: number) => ({
      ...incomplete,
      response: { ...incomplete.response, status },
    });
    expect((await judged(har(withStatus(302)))).broken).toEqual(['status.documented']);
    expect((await judged(har(withStatus(409)))).broken).toEqual([]);
    expect((await judged(har(withStatus(200)))).evidence.exchanges).toBe(0);
  });
});
