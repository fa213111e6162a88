import { describe, expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { exampleError, exampleVersion } from '../page/tables/examples.ts';
import { toConformToPage } from './to-conform-to-page.ts';

expect.extend({ toConformToPage });

const wrong = { ...exampleVersion, memory_size: 129 };
const json = { 'content-type': 'application/json' };

function exchangeOf(body: unknown): Exchange {
  return {
    request: {
      method: 'POST',
      url: '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions',
      headers: { 'x-auth-token': 't', 'content-type': 'application/json' },
      body: '{}',
    },
    response: { status: 404, headers: json, body: JSON.stringify(body) },
  };
}

describe('a fetch response', () => {
  test('conforms when its status, headers and body do, and can still be read', async () => {
    const response = Response.json(exampleVersion);
    await expect(response).toConformToPage();
    expect(await response.json()).toEqual(exampleVersion);
    await expect(Response.json(exampleError, { status: 404 })).toConformToPage();
  });

  test('is held against what is known of the function', async () => {
    const configured = { configuration: { timeout: exampleVersion.timeout + 1 } };
    await expect(Response.json(exampleVersion)).not.toConformToPage(configured);
  });

  test('fails for its status, its content type and its body alike', async () => {
    await expect(Response.json(exampleVersion, { status: 201 })).not.toConformToPage();
    await expect(new Response(JSON.stringify(exampleVersion))).not.toConformToPage();
    await expect(Response.json({ error_msg: 'no' }, { status: 404 })).not.toConformToPage();
    await expect(new Response(new Uint8Array([0xff, 0xfe]), { headers: json })).not.toConformToPage();
  });

  test('that was read already is an error of the test', async () => {
    const response = Response.json(exampleVersion);
    await response.text();
    await expect(toConformToPage(response)).rejects.toThrow('was read already');
  });

  test('to which no clause applies is an error of the test, not a pass', async () => {
    await expect(toConformToPage(new Response('busy', { status: 503 }))).rejects.toThrow('No clause');
  });
});

describe('an exchange', () => {
  test('is judged with its request', () => {
    expect(exchangeOf(exampleError)).toConformToPage({ function: 'absent' });
    const publishable = { function: 'exists', credentials: 'valid', unpublishedChanges: true } as const;
    expect(exchangeOf(exampleError)).not.toConformToPage(publishable);
  });

  test('of another API is an error of the test', () => {
    const request = { method: 'GET', url: '/health', headers: {} };
    expect(() => toConformToPage({ request, response: { status: 200, headers: {} } })).toThrow('No clause');
  });
});

describe('an answer in another form', () => {
  const body = JSON.stringify(exampleVersion);
  const error = { error_code: 'FSS.1051', error_msg: 'Not found.' };

  test.each([
    [
      'of axios',
      { status: 200, statusText: 'OK', headers: json, data: exampleVersion, config: {}, request: {} },
    ],
    ['of axios, not parsed', { status: 200, headers: new Map(Object.entries(json)), data: body, config: {} }],
    ['with Headers', { status: 200, headers: new Headers(json), body }],
    ['with headers in any case', { status: 200, headers: { 'Content-Type': ['application/json'] }, body }],
    ['with a parsed body', { status: 404, headers: json, body: exampleError }],
    ['with bytes', { statusCode: 200, headers: json, body: Buffer.from(body) }],
    ['of supertest', { status: 200, headers: json, text: body, body: {} }],
    ['without headers', { status: 200, body }],
    ['of the client', { status: 200, version: exampleVersion }],
    ['of the client, an error', { status: 404, error }],
    ['as bytes', Buffer.from(body)],
    ['as an array buffer', new TextEncoder().encode(body).buffer],
    ['parsed, with a member that nobody documents', { ...exampleVersion, status: 1 }],
  ])('%s conforms when status, headers and body do', (_, answer) => {
    expect(answer).toConformToPage();
  });

  test.each([
    ['of axios', { status: 200, headers: json, data: wrong, config: {} }],
    ['with another status', { status: 201, headers: json, body }],
    ['of the client, with what is not documented', { status: 'undocumented', httpStatus: 418, body: '{}' }],
    ['without a body', { status: 200, headers: json }],
    ['in bytes that are no text', { status: 200, headers: json, body: new Uint8Array([0xff, 0xfe]) }],
    ['as bytes that are no text', new Uint8Array([0xff, 0xfe])],
    ['that holds itself', Object.assign(Object.create(null), { self: wrong, ...selfish() })],
    ['with a BigInt', { memory_size: 128n }],
  ])('%s does not conform when one of them does not', (_, answer) => {
    expect(answer).not.toConformToPage();
    expect(() => expect(answer).toConformToPage()).toThrow('expected an answer that conforms');
  });

  test('of undici is read, once', async () => {
    const answer = (bytes: string, bodyUsed = false) => ({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: { bodyUsed, arrayBuffer: async () => new TextEncoder().encode(bytes).buffer },
    });
    await expect(answer(body)).toConformToPage();
    await expect(answer('{}')).not.toConformToPage();
    await expect(toConformToPage(answer(body, true))).rejects.toThrow('was read already');
  });

  function selfish(): object {
    const self: { again?: object } = {};
    self.again = self;
    return self;
  }
});

describe('what is no answer to a publish request is an error of the test, also of expect.not', () => {
  const failed = Object.assign(new Error('404'), { response: { status: 404 } });
  test.each([
    [undefined, 'not undefined.'],
    [null, 'not null.'],
    [42, 'not the number 42.'],
    [() => exampleVersion, 'not a function.'],
    [Promise.resolve(exampleVersion), 'not a Promise: await it.'],
    [failed, 'not an error: take its response.'],
    [new ReadableStream(), 'not a stream: read its body.'],
    [{ status: 200, body: Promise.resolve('{}') }, 'has not arrived yet: await or read it.'],
  ])('%o', (received, sentence) => {
    expect(() => toConformToPage(received)).toThrow(TypeError);
    expect(() => expect(received).not.toConformToPage()).toThrow(sentence);
  });

  test('a response of another path', async () => {
    const response = Object.defineProperty(Response.json([]), 'url', {
      value: 'http://127.0.0.1:1/v2/p/fgs/functions',
    });
    await expect(toConformToPage(response)).rejects.toThrow(
      'this Response comes from /v2/p/fgs/functions; expected one from /v2/{project_id}/fgs/functions/{function_urn}/versions.',
    );
  });

  test('a context with a member that there is not', () => {
    const context: object = { funtion: 'exists' };
    expect(() => toConformToPage(exampleVersion, context)).toThrow(
      'toConformToPage: context has "funtion", which is no member of it. Did you mean function?',
    );
  });
});

describe('a body', () => {
  test('may be parsed or text', () => {
    expect(exampleVersion).toConformToPage();
    expect(JSON.stringify(exampleVersion)).toConformToPage();
    expect(wrong).not.toConformToPage();
    expect('<html>').not.toConformToPage();
  });

  test('that fails is told with the clause, what the page says and what was found', () => {
    expect(() => expect(wrong).toConformToPage()).toThrow(
      /✗ body\.memory_size\.values {2}required\n.*Table 4, memory_size\)\n.*memory_size is 129; documented: 128, .*\n {2}at \/memory_size/,
    );
  });
});
