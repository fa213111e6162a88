import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Har } from 'har-format';
import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { ENDPOINT, failed, failingReport, publication, reportWith } from './example.test.reports.ts';
import { harOf, harReport } from './har.ts';

const require = createRequire(import.meta.url);
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
for (const [name, schema] of Object.entries<object>(require('har-schema'))) {
  if (name !== 'har') ajv.addSchema(schema);
}
const validate = ajv.compile(require('har-schema').har);

const OPTIONS = {
  tool: { name: 'fgs-conformance', version: '1.0.0' },
  endpoint: `${ENDPOINT}/`,
  startedAt: '2026-01-02T03:04:05.678Z',
};

const bytes: Exchange = {
  request: { method: 'PUT', url: '/v2/a?b=c%20d&b=', headers: {}, body: '/w==', bodyEncoding: 'base64' },
  response: { status: 200, headers: { location: '/x' }, body: '/w==', bodyEncoding: 'base64' },
};

const unanswered: Exchange = {
  request: { method: 'GET', url: `${ENDPOINT}/`, headers: {} },
  failure: { kind: 'timeout', message: 'no answer' },
};

function problemsOf(har: unknown): unknown {
  validate(har);
  return validate.errors ?? [];
}

test('the archive is valid', () => {
  expect(problemsOf(harOf([publication('{}'), bytes, unanswered], OPTIONS))).toEqual([]);
  expect(problemsOf(JSON.parse(harReport(failingReport())))).toEqual([]);
  expect(problemsOf(JSON.parse(harReport(reportWith())))).toEqual([]);
});

test('an entry says what was sent and what was answered', () => {
  const [entry] = harOf([publication('{"é":1}')], OPTIONS).log.entries;
  expect(entry).toMatchObject({
    time: 12.4,
    request: {
      method: 'POST',
      headers: expect.arrayContaining([{ name: 'x-auth-token', value: '$FGS_TOKEN' }]),
      postData: { mimeType: 'application/json', text: '{"version":"v1","description":"first"}' },
    },
    response: { status: 200, statusText: 'OK', content: { text: '{"é":1}', size: 8 } },
  });
});

test('bytes stay bytes, and a path becomes a URL', () => {
  const [entry] = harOf([bytes], OPTIONS).log.entries;
  expect(entry).toMatchObject({
    request: {
      url: `${ENDPOINT}/v2/a?b=c%20d&b=`,
      queryString: [
        { name: 'b', value: 'c d' },
        { name: 'b', value: '' },
      ],
      bodySize: 1,
    },
    response: { redirectURL: '/x', content: { encoding: 'base64', text: '/w==', size: 1 } },
  });
});

test('what was not answered has no status, and says why', () => {
  const [entry] = harOf([unanswered], OPTIONS).log.entries;
  expect(entry).toMatchObject({
    comment: 'timeout: no answer',
    response: { status: 0, content: { size: 0 } },
  });
});

test('an entry has its own times, and says what no HAR can hold of it', () => {
  const timed: Exchange = { ...bytes, startedAt: '2026-01-02T03:04:09.000Z', durationMs: 7 };
  const inPieces: Exchange = { ...publication('{}'), circumstance: 'a body in chunks' };
  const cut: Exchange = { ...publication('{"fu'), failure: { kind: 'reset', message: 'it broke off' } };
  const { entries } = harOf([timed, publication('{}'), inPieces, cut, unanswered], OPTIONS).log;
  expect(problemsOf(harOf([timed, inPieces, cut], OPTIONS))).toEqual([]);
  expect(entries[0]).toMatchObject({
    startedDateTime: '2026-01-02T03:04:09.000Z',
    time: 7,
    request: { postData: { text: '/w==', _encoding: 'base64' } },
  });
  expect(entries[1]?.startedDateTime).toBe(OPTIONS.startedAt);
  const marks = entries.map(each => ('_beyondHar' in each ? each._beyondHar : undefined));
  expect(marks).toEqual([undefined, undefined, 'a body in chunks', 'it broke off', undefined]);
});

test('a report has each exchange of its findings once', () => {
  const same = { message: 'a', exchange: publication('{}') };
  const report = reportWith({
    'body.type': failed(same, { ...same, message: 'b' }, { message: 'no exchange' }),
    'body.cpu.type': failed(JSON.parse(JSON.stringify(same))),
  });
  const har: Har = JSON.parse(harReport(report));
  expect(har.log.entries).toHaveLength(1);
});
