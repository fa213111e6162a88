import { describe, expect, test } from 'vitest';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { exampleError, exampleRequest, exampleVersion } from '../page/tables/examples.ts';
import { judge, judgeBody } from './judge.ts';

const PATH = '/v2/p/fgs/functions/urn:fss:r:p:function:default:f/versions';
const VALID: Context = {
  projectId: 'p',
  credentials: 'valid',
  function: 'exists',
  unpublishedChanges: true,
  requestedVersion: 'free',
};

function exchangeOf(options: {
  body?: unknown;
  status?: number;
  request?: unknown;
  headers?: Record<string, string>;
  url?: string;
}): Exchange {
  const { body, status = 200, request = {}, url = PATH } = options;
  const headers = options.headers ?? { 'x-auth-token': 't', 'content-type': 'application/json' };
  return {
    request: {
      method: 'POST',
      url,
      headers,
      ...(request === undefined
        ? {}
        : { body: typeof request === 'string' ? request : JSON.stringify(request) }),
    },
    response: {
      status,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    },
  };
}

const version = {
  ...exampleVersion,
  func_urn: 'urn:fss:r:p:function:default:f',
  func_name: 'f',
  namespace: 'p',
};

function ids(exchange: Exchange, context: Context = VALID): string[] {
  return judge(exchange, context).findings.map(finding => finding.clause);
}

function error(status: number, code: string, request: unknown = {}): Exchange {
  return exchangeOf({ status, request, body: { error_code: code, error_msg: 'no' } });
}

describe('the documented examples', () => {
  test('the example version is conformant', () => {
    expect(judgeBody(JSON.stringify(exampleVersion)).findings).toEqual([]);
  });

  test('the example 404 is conformant for a function that does not exist', () => {
    const exchange = exchangeOf({ status: 404, body: exampleError, request: exampleRequest });
    expect(ids(exchange, { ...VALID, function: 'absent' })).toEqual([]);
  });
});

describe('a 200 body', () => {
  test('names the offending value and what is documented', () => {
    const { findings } = judge(exchangeOf({ body: { ...version, memory_size: 129 } }), VALID);
    expect(findings.find(finding => finding.clause === 'body.memory_size.values')).toMatchObject({
      message: expect.stringMatching(/memory_size is 129; documented: 128, 256/),
      pointer: '/memory_size',
    });
  });

  test('with a wrong type reports the type alone', () => {
    expect(ids(exchangeOf({ body: { ...version, handler: 7 } }))).toEqual(['body.handler.type']);
    expect(ids(exchangeOf({ body: { ...version, runtime: 7 } }))).toEqual(['body.runtime.type']);
  });

  test('counts null and blank as absent', () => {
    expect(ids(exchangeOf({ body: { ...version, xrole: null, user_data: '', func_vpc: null } }))).toEqual([]);
    expect(ids(exchangeOf({ body: { ...version, digest: '' } }))).toEqual(['body.digest.present']);
    expect(ids(exchangeOf({ body: { ...version, domain_id: null } }))).toEqual(['body.domain_id.present']);
  });

  test('counts 0 as unset for a timeout without its handler, and not beside it', () => {
    expect(ids(exchangeOf({ body: { ...version, initializer_timeout: 0, pre_stop_timeout: 0 } }))).toEqual(
      [],
    );
    const handled = { ...version, initializer_handler: 'a.b', initializer_timeout: 0 };
    expect(ids(exchangeOf({ body: handled }))).toEqual(['body.initializer_timeout.range']);
  });

  test('lowers the rules of handlers on custom runtimes', () => {
    const body = { ...version, runtime: 'Custom', handler: '-' };
    const { findings } = judge(exchangeOf({ body }), VALID);
    expect(findings.map(finding => [finding.clause, finding.level])).toEqual([
      ['body.handler.length-on-custom-runtime', 'recommended'],
    ]);
  });

  test('reports one finding for an array of equal faults', () => {
    const dependencies = [{ etag: 'x' }, { etag: 'y' }];
    expect(ids(exchangeOf({ body: { ...version, dependencies } }))).toEqual([
      'body.dependencies[].etag.format',
    ]);
  });

  test('tells undocumented members without counting them against the target', () => {
    const { findings } = judge(exchangeOf({ body: { ...version, novelty: 1 } }), VALID);
    expect(findings).toEqual([
      expect.objectContaining({ clause: 'body.undocumented', level: 'informative' }),
    ]);
  });

  test('must be the version of the function that was asked for', () => {
    const other = { ...version, func_urn: 'urn:fss:r:p:function:default:g', func_name: 'g' };
    expect(ids(exchangeOf({ body: other }))).toEqual(['body.func_urn.function']);
    expect(ids(exchangeOf({ body: { ...version, namespace: 'q' } }))).toEqual(['body.namespace.project']);
  });

  test('that is not JSON, or no object, is one finding', () => {
    for (const body of ['', '<html>', '[]', '7', 'null', '{"a":']) {
      expect(ids(exchangeOf({ body }))).toEqual(['body.type']);
    }
  });

  test('reports exactly what was configured', () => {
    const configuration = { timeout: 30, memory_size: 128 as const, user_data: '{"a":1}' };
    const context = { ...VALID, configuration };
    expect(ids(exchangeOf({ body: { ...version, timeout: 30, user_data: '{"a":1}' } }), context)).toEqual([]);
    expect(ids(exchangeOf({ body: version }), context)).toEqual(['body.timeout.echo', 'body.user_data.echo']);
  });
});

describe('an error answer', () => {
  test('needs a code and a message', () => {
    const missing = exchangeOf({ status: 404, body: { error_code: 'FSS.1051' } });
    expect(ids(missing, { ...VALID, function: 'absent' })).toEqual(['error.error_msg.present']);
    const text = exchangeOf({ status: 404, body: 'gone' });
    expect(ids(text, { ...VALID, function: 'absent' })).toEqual(['error.body.type']);
  });

  test('comes with the status of its code', () => {
    expect(ids(error(404, 'FSS.0403'), { ...VALID, function: 'absent' })).toEqual([
      'error.error_code.status',
      'request.function_urn.absent-code',
    ]);
  });
});

describe('a request', () => {
  test('that is valid must be accepted, and the blame goes to its only member', () => {
    expect(ids(error(400, 'FSS.0400'))).toEqual(['request.body.accepted']);
    expect(ids(error(400, 'FSS.0400', { version: 'v1' }))).toEqual(['request.version.accepted']);
    expect(ids(error(500, 'FSS.0500', { description: 'd' }), {})).toEqual(['request.description.accepted']);
    expect(ids(error(400, 'FSS.1016', { description: 'd' }), {})).toEqual([]);
  });

  test('with one fault gets the answer documented for that fault', () => {
    expect(ids(error(400, 'FSS.0400', { version: 7 }))).toEqual([]);
    expect(ids(error(404, 'FSS.1051', { version: 7 }))).toEqual(['request.version.type']);
    expect(ids(exchangeOf({ request: '{', body: version }))).toEqual(['request.body.malformed']);
    expect(ids(error(406, 'FSS.0406', '{'))).toEqual([]);
    expect(ids(error(400, 'FSS.0400', { description: 'x'.repeat(513) }))).toEqual([
      'request.description.length-code',
    ]);
    expect(ids(error(400, 'FSS.1019', { description: 'x'.repeat(513) }))).toEqual([]);
    expect(ids(error(403, 'FSS.0403'), { ...VALID, credentials: 'wrong' })).toEqual(['request.auth.wrong']);
  });

  test('without credentials gets a 401', () => {
    const anonymous = exchangeOf({ headers: { 'content-type': 'application/json' }, body: version });
    expect(ids(anonymous)).toEqual(['request.auth.missing']);
  });

  test('is not held against the operation when a gateway answers', () => {
    expect(ids(error(429, 'FSS.0429'))).toEqual([]);
    expect(ids(error(503, 'FSS.0503'))).toEqual([]);
  });

  test('answered with a status that is not documented breaks the status table', () => {
    expect(ids(exchangeOf({ status: 201, body: version }))).toEqual(['status.documented']);
    expect(ids(error(418, 'FSS.0400'))).toEqual(['status.documented', 'request.body.accepted']);
  });
});

describe('hostile answers', () => {
  const nested = '['.repeat(200_000) + ']'.repeat(200_000);
  const hostile: Record<string, string> = {
    'deep arrays': nested,
    'deep arrays in a member': `{"mount_config":{"func_mounts":${nested}},"strategy_config":${nested}}`,
    'a poisoned prototype': '{"__proto__":{"func_urn":1},"constructor":{"prototype":1}}',
    'numbers beyond 2^53': '{"code_size":123456789012345678901234567890,"timeout":1e999}',
    'duplicate keys': '{"timeout":3,"timeout":"x"}',
    'lone surrogates': '{"func_name":"\\ud800"}',
  };

  test.each(Object.entries(hostile))('%s are judged, not fatal', (_name, body) => {
    expect(
      judge(exchangeOf({ body }), { ...VALID, configuration: { timeout: 3 } }).findings.length,
    ).toBeGreaterThan(0);
  });

  test('an answer without a body, or none at all, is judged', () => {
    expect(ids(exchangeOf({}))).toEqual(['body.type']);
    const { request } = exchangeOf({});
    expect(ids({ request, failure: { kind: 'timeout', message: 'no answer in 10 s' } })).toEqual([
      'robustness.answered',
    ]);
    expect(ids({ request, failure: { kind: 'unreachable', message: 'refused' } })).toEqual([]);
    expect(ids({ request })).toEqual([]);
  });

  test('an answer that is no UTF-8 is one finding', () => {
    const response = {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '/w==',
      bodyEncoding: 'base64' as const,
    };
    expect(ids({ request: exchangeOf({}).request, response })).toEqual(['robustness.readable']);
  });
});
