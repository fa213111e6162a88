import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge } from '../judge/judge.ts';
import { characters, utf8Bytes } from '../page/formats.ts';
import type { PublishRequest } from '../page/tables/publish-request.ts';
import { publishRequest } from './publish-request.ts';
import { publishRequestExamples } from './publish-request-examples.ts';

const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';

/** Whether the judge holds that the request must be accepted. */
function isValid(body: PublishRequest): boolean {
  const exchange = {
    request: {
      method: 'POST',
      url: '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions',
      headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
      body: JSON.stringify(body),
    },
    response: {
      status: 500,
      headers: { 'content-type': 'application/json' },
      body: '{"error_code":"FSS.0500","error_msg":"no"}',
    },
  };
  const context = {
    projectId: 'p',
    credentials: 'valid',
    function: 'exists',
    unpublishedChanges: true,
    codeMd5: MD5,
  } as const;
  const { findings } = judge(exchange, context);
  return findings.length === 1 && /^request\.\w+\.accepted$/.test(findings[0]?.clause ?? '');
}

function subsetOf(body: PublishRequest): string {
  return ['digest', 'version', 'description'].filter(name => Object.hasOwn(body, name)).join();
}

describe('publishRequest', () => {
  test('a request is one that must be accepted', () => {
    fc.assert(
      fc.property(publishRequest({ md5: MD5 }), body => isValid(body)),
      { seed: 1, numRuns: 500 },
    );
  });

  test('every subset of the members is made, and no digest without an MD5', () => {
    const sample = fc.sample(publishRequest({ md5: MD5 }), { seed: 1, numRuns: 200 });
    expect(new Set(sample.map(subsetOf)).size).toBe(8);
    const without = fc.sample(publishRequest(), { seed: 1, numRuns: 200 });
    expect(without.some(body => 'digest' in body)).toBe(false);
  });

  test('descriptions reach 512 characters in ASCII and in more bytes than that', () => {
    const sample = fc
      .sample(publishRequest(), { seed: 1, numRuns: 1000 })
      .map(body => body.description ?? '');
    const longest = sample.filter(description => characters(description) === 512);
    expect(longest.some(description => utf8Bytes(description) === 512)).toBe(true);
    expect(longest.some(description => utf8Bytes(description) === 2048)).toBe(true);
  });
});

describe('publishRequestExamples', () => {
  let made = 0;
  const uniqueName = (length: number) => String(++made).padStart(length, 'v').slice(-length);
  const examples = publishRequestExamples(MD5, uniqueName);

  test.each([...examples])('$title: a request that must be accepted', ({ body }) => {
    expect(isValid(body)).toBe(true);
  });

  test('every subset of the members is sent, under titles that differ', () => {
    expect(new Set(examples.map(({ body }) => subsetOf(body))).size).toBe(8);
    expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length);
  });

  test('names and descriptions reach their ends', () => {
    const names = examples.flatMap(({ body }) => (body.version === undefined ? [] : [body.version.length]));
    expect([Math.min(...names), Math.max(...names)]).toEqual([1, 42]);
    const lengths = examples.map(({ body }) => characters(body.description ?? ''));
    expect(Math.max(...lengths)).toBe(512);
  });
});
