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

  test('of no kind at all is an error of the test', () => {
    expect(() => toConformToPage(undefined)).toThrow('This is undefined; expected a fetch Response');
    expect(() => toConformToPage(null)).toThrow('This is null');
  });
});
