import { expect, test } from 'vitest';
import { createdFunctionKeyOf, functionKeyOf } from './function-key.ts';
import { exchangeOf, FUNCTION_PATH } from './said.test.support.ts';

const keyOf = (method: string, url: string) => functionKeyOf({ method, url });
const KEY = ' p default f';

test.each<[string, string, string | undefined]>([
  ['POST', `${FUNCTION_PATH}/versions`, KEY],
  ['GET', `${FUNCTION_PATH}:v1/config`, KEY],
  ['GET', '/v2/p/fgs/functions/f/versions', KEY],
  ['GET', '/v2/p/fgs/functions/q:default:f/versions', ' q default f'],
  ['GET', '/v2/p/fgs/functions/other:f/versions', ' p other f'],
  [
    'GET',
    'https://H.example.com:8443/v2/p/fgs/functions/f/versions?limit=1',
    'https://h.example.com:8443 p default f',
  ],
  ['POST', '/v2/p/fgs/functions/f/tags/create', KEY],
  ['POST', 'http://h/v2/p/fgs/functions/f/tags/create?a=/b', 'http://h p default f'],
  ['POST', '/v2/p/fgs/functions', undefined],
  ['POST', '/v2/p/fgs/functions/urn:xxx:r:p:function:default:f/versions', undefined],
  ['POST', '/elsewhere', undefined],
])('%s %s is about %j', (method, url, expected) => {
  expect(keyOf(method, url)).toBe(expected);
});

test.each<[string, unknown, string | undefined]>([
  ['POST /v2/p/fgs/functions', { func_name: 'f' }, KEY],
  ['POST /v2/p/fgs/functions', { func_name: 'f', package: 'other' }, ' p other f'],
  ['POST /v2/p/fgs/functions', { func_name: 'f', package: '' }, KEY],
  ['POST /v2/p/fgs/functions', { func_name: 'f', package: 7 }, KEY],
  ['POST /v2/p/fgs/functions', { func_name: 7 }, undefined],
  ['POST /v2/p/fgs/functions', 'no JSON', undefined],
  ['POST /elsewhere', { func_name: 'f' }, undefined],
])('%s with %j creates %j', (line, sent, expected) => {
  expect(createdFunctionKeyOf(exchangeOf(line, sent, 200))).toBe(expected);
});
