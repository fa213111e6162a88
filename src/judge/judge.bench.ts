/**
 * What judging one 200 exchange costs, beside parsing it and validating it with the bare schema: of the built
 * package, as its users load it, for vitest's own way of loading a module makes each call into another module dearer.
 */

import { createRequire } from 'node:module';
import { bench, describe } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import { publishedVersion } from '../page/tables/published-version.ts';

const load = createRequire(import.meta.url);
const { judge }: typeof import('./judge.ts') = load('../../dist/src/judge/judge.js');
const { createAjv }: typeof import('../page/ajv.ts') = load('../../dist/src/page/ajv.js');

const body = JSON.stringify({
  ...exampleVersion,
  func_urn: 'urn:fss:r:p:function:default:test',
  namespace: 'p',
  type: 'v2',
  initializer_handler: 'test.initializer',
  initializer_timeout: 30,
  user_data: '{"stage":"test"}',
  function_async_config: { max_async_event_age_in_seconds: 3600, max_async_retry_attempts: 3 },
});

const exchange: Exchange = {
  request: {
    method: 'POST',
    url: '/v2/p/fgs/functions/urn:fss:r:p:function:default:test/versions',
    headers: { 'x-auth-token': 't', 'content-type': 'application/json' },
    body: '{}',
  },
  response: { status: 200, headers: { 'content-type': 'application/json' }, body },
};

const context = {
  projectId: 'p',
  credentials: 'valid',
  function: 'exists',
  unpublishedChanges: true,
} as const;
const validate = createAjv().compile(publishedVersion);

describe('one 200 exchange', () => {
  bench('JSON.parse and the bare ajv validator', () => {
    validate(JSON.parse(body));
  });

  bench('judge', () => {
    judge(exchange, context);
  });
});
