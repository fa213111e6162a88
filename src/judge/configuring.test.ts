import { describe, expect, test } from 'vitest';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { judge } from './judge.ts';

const FUNCTIONS = '/v2/p/fgs/functions';

/** A request that sets the timeout, and how it is answered. */
function configured(timeout: number, status: number, body?: unknown, operation = 'create'): Exchange {
  const isCreation = operation === 'create';
  return {
    request: {
      method: isCreation ? 'POST' : 'PUT',
      url: isCreation ? FUNCTIONS : `${FUNCTIONS}/f/config`,
      headers: { 'x-auth-token': 't', 'content-type': 'application/json' },
      body: JSON.stringify({
        func_name: 'f',
        package: 'default',
        runtime: 'Node.js18.15',
        handler: 'index.handler',
        code_type: 'inline',
        memory_size: 128,
        timeout,
      }),
    },
    response: {
      status,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  };
}

function messages(exchange: Exchange, context: Context = {}): readonly string[] {
  return judge(exchange, context).findings.map(({ clause, message }) => `${clause}: ${message}`);
}

const DOCUMENTED = 30;
const UNDOCUMENTED = 2;
const refusal = (words: string, code = 'FSS.0400') => ({ error_code: code, error_msg: words });

describe('a refusal is put down to the member that it names, and the finding says when it names none or another', () => {
  test.each<[string, Exchange, Context, string]>([
    [
      'the member alone differs, and is named',
      configured(DOCUMENTED, 400, refusal('timeout is wrong')),
      { suspects: ['timeout'] },
      'config.timeout.accepted: timeout 30 was refused with 400: "FSS.0400" "timeout is wrong"',
    ],
    [
      'the member alone differs, and nothing is named',
      configured(DOCUMENTED, 400, refusal('wrong')),
      { suspects: ['timeout'] },
      'config.timeout.accepted: timeout 30 was refused with 400: "FSS.0400" "wrong"; the refusal names no member',
    ],
    [
      'the member alone differs, and the code is that of another one',
      configured(DOCUMENTED, 400, refusal('wrong', 'FSS.1007')),
      { suspects: ['timeout'] },
      'config.memory_size.accepted: memory_size 128 was refused with 400: "FSS.1007" "wrong"',
    ],
    [
      'an undocumented value, refused with another status and without a name',
      configured(UNDOCUMENTED, 422, refusal('wrong')),
      {},
      'config.timeout.refusal: timeout 2 was refused with 422; documented: 400; the refusal names no member',
    ],
    [
      'an undocumented value, refused with another status by its name',
      configured(UNDOCUMENTED, 422, refusal('timeout is wrong')),
      {},
      'config.timeout.refusal: timeout 2 was refused with 422; documented: 400',
    ],
    [
      'an undocumented value, refused with another status under the name of another member',
      configured(UNDOCUMENTED, 422, refusal('memory_size is wrong')),
      {},
      'config.timeout.refusal: timeout 2 was refused with 422; documented: 400; the refusal names memory_size',
    ],
    [
      'an undocumented value, refused by its code with half an error body',
      configured(UNDOCUMENTED, 400, { error_code: 'FSS.1008' }),
      {},
      'config.timeout.refusal: timeout was refused with an error body without error_msg',
    ],
  ])('%s', (_, exchange, context, message) => {
    expect(messages(exchange, context)).toEqual([message]);
  });
});

describe('an operation that the target does not have says nothing of a configuration', () => {
  test.each([404, 405, 501])('%i', status => {
    for (const operation of ['create', 'change']) {
      const context = { suspects: ['timeout'] };
      expect(messages(configured(UNDOCUMENTED, status, refusal('no'), operation), context)).toEqual([]);
      expect(messages(configured(DOCUMENTED, status, undefined, operation), context)).toEqual([]);
    }
  });
});
