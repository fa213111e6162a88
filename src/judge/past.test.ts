import { expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { createFollower } from './past.ts';

const PATH = '/v2/p/fgs/functions/f';
const CONFIGURATION = {
  func_name: 'f',
  runtime: 'Node.js16.17',
  timeout: 30,
  handler: 'index.handler',
  memory_size: 128,
  description: 'the first',
};

function exchange(
  method: string,
  path: string,
  sent?: object,
  answered: object = {},
  status = 200,
): Exchange {
  return {
    request: {
      method,
      url: path,
      headers: {},
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    },
    response: { status, headers: {}, body: JSON.stringify(answered) },
  };
}

const code = { code_type: 'inline', func_code: { file: 'eA==' } };
const created = (answered: object = CONFIGURATION) =>
  exchange('POST', '/v2/p/fgs/functions', { ...CONFIGURATION, ...code }, answered);
const published = (version: string, sent: object = {}) =>
  exchange('POST', `${PATH}/versions`, sent, { version });
const refused = () => exchange('POST', `${PATH}/versions`, {}, {}, 400);
const configured = (sent: object, answered: object = { ...CONFIGURATION, ...sent }) =>
  exchange('PUT', `${PATH}/config`, sent, answered);
const read = (answered: object) => exchange('GET', `${PATH}/config`, undefined, answered);
const listed = () => exchange('GET', `${PATH}/versions`);

/** What is known when the last of these exchanges is made. */
function pastOf(...exchanges: readonly Exchange[]) {
  const { next } = createFollower();
  return exchanges.map(each => next(each)).at(-1);
}

test('a function that is not followed has no past', () => {
  expect(pastOf(refused())).toEqual({ names: [] });
});

test('there is nothing to publish after a publication, and again after a change nobody knows', () => {
  expect(pastOf(created(), refused())?.unpublishedChanges).toBe(true);
  expect(pastOf(created(), published('a'), refused())?.unpublishedChanges).toBe(false);
  expect(pastOf(created(), published('a'), refused(), refused())?.unpublishedChanges).toBe(false);
  expect(pastOf(created(), published('a'), configured({ timeout: 31 }), refused())).not.toHaveProperty(
    'unpublishedChanges',
  );
});

test('names are kept in the order in which they were published, requested ones before reported ones', () => {
  const after = pastOf(
    created(),
    published('a'),
    published('latest', { version: 'b' }),
    published('c'),
    listed(),
  );
  expect(after?.names).toEqual(['a', 'b', 'c']);
  const deleted = exchange('DELETE', `${PATH}:a`, undefined, {}, 204);
  expect(pastOf(created(), published('a'), published('c'), listed(), deleted, listed())?.names).toEqual([
    'a',
    'c',
  ]);
});

test('a version that is deleted under its long URN is none any more', () => {
  const urn = 'urn:fss:r:p:function:default:f';
  const at = (path: string) => exchange('POST', `/v2/p/fgs/functions/${urn}${path}`, {}, { version: 'a' });
  const deletion = exchange('DELETE', `/v2/p/fgs/functions/${urn}:a`, undefined, {}, 204);
  expect(pastOf(created(), at('/versions'), deletion, listed())?.names).toEqual([]);
});

test('a configuration is changed back when it is reported as it was at the publication', () => {
  const there = configured({ ...CONFIGURATION, timeout: 31 });
  const back = configured(CONFIGURATION);
  expect(pastOf(created(), published('a'), there, back, refused())?.isChangedBack).toBe(true);
  expect(pastOf(created(), published('a'), there, refused())?.isChangedBack).toBe(false);
  expect(pastOf(created(), published('a'), back, refused())?.isChangedBack).toBe(false);
  const newCode = exchange('PUT', `${PATH}/code`, code, CONFIGURATION);
  expect(pastOf(created(), published('a'), newCode, there, back, refused())).not.toHaveProperty(
    'isChangedBack',
  );
});

test('what a change leaves out is known until the function is reported', () => {
  const { description: _description, ...mandatory } = CONFIGURATION;
  const left = { description: 'the first' };
  expect(pastOf(created(), configured(mandatory))?.leftOut).toEqual(left);
  expect(pastOf(created(), configured(mandatory, {}), read(mandatory))?.leftOut).toEqual(left);
  expect(pastOf(created(), configured(mandatory), read(mandatory))).not.toHaveProperty('leftOut');
  expect(pastOf(created(), configured({ ...mandatory, description: '' }))).not.toHaveProperty('leftOut');
  expect(pastOf(created(mandatory), configured(mandatory))).not.toHaveProperty('leftOut');
});

test('code is known to have come with a name or without one', () => {
  expect(pastOf(created(), published('a'))?.codeFilename).toBeNull();
  const named = exchange('PUT', `${PATH}/code`, { ...code, code_filename: 'a.js' });
  expect(pastOf(created(), named, published('a'), refused())?.codeFilename).toBe('a.js');
  const elsewhere = exchange('PUT', `${PATH}/code`, { code_type: 'obs', code_url: 'https://obs/a.zip' });
  expect(pastOf(created(), named, elsewhere, published('a'))).not.toHaveProperty('codeFilename');
});

test('what overlapped with a change is not certain, and neither is what follows', () => {
  const { next } = createFollower();
  next(created());
  next(published('a'));
  expect(next(published('b'), true)).toEqual({ names: [] });
  expect(next(refused())).toEqual({ names: [] });
});

test('an answer that did not come leaves nothing certain', () => {
  const { response: _response, ...unanswered } = published('b');
  const lost = { ...unanswered, failure: { kind: 'reset' as const, message: 'closed' } };
  expect(pastOf(created(), published('a'), lost, refused())).toEqual({ names: [] });
});

test('however many functions are followed, few are kept', () => {
  const { next } = createFollower();
  const publicationOf = (name: string) =>
    exchange('POST', `/v2/p/fgs/functions/${name}/versions`, {}, { version: 'v' });
  for (let number = 0; number < 1500; number++) next(publicationOf(`f${number}`));
  expect(next(publicationOf('f0')).names).toEqual([]);
  expect(next(publicationOf('f1499')).names).toEqual(['v']);
});
