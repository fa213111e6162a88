import { expect, test } from 'vitest';
import type { Context } from '../page/context.ts';
import { arrangeFunction } from './arrange-function.ts';
import { type Journal, openJournal } from './journal.ts';
import { type Arrived, answerJson, httpServer, targetAt } from './loopback.test.servers.ts';
import type { TargetOptions } from './target.ts';

const URN = 'urn:fss:r:project:function:default:f';

const MANDATORY = {
  func_name: 'f',
  runtime: 'Python3.9',
  timeout: 3,
  handler: 'index.handler',
  memory_size: 128,
};
const PLAIN = { ...MANDATORY, package: 'default', type: 'v2', func_code: { file: 'eA==' } };

interface Service {
  /** Whether a strategy is accepted. */
  readonly accepts?: (strategy: Record<string, unknown>) => boolean;
  readonly createStatus?: number;
  readonly createBody?: unknown;
  readonly asyncStatus?: number;
  readonly onCreate?: () => void;
}

/** A service, the journal, and what arrives and is observed. */
async function arranged(
  configuration: Record<string, unknown>,
  {
    accepts = () => true,
    createStatus = 200,
    createBody = { func_urn: `${URN}:latest` },
    asyncStatus = 200,
    onCreate,
  }: Service = {},
  options: Partial<TargetOptions> = { region: 'r' },
  journal: Journal = openJournal(),
) {
  const arrived: Arrived[] = [];
  const endpoint = await httpServer((request, response) => {
    arrived.push(request);
    if (request.method === 'POST') {
      onCreate?.();
      answerJson(response, createStatus, createBody);
    } else if (request.url.endsWith('/config')) {
      answerJson(response, accepts(JSON.parse(request.body).strategy_config) ? 200 : 400, {});
    } else {
      answerJson(response, asyncStatus, {});
    }
  });
  const observed: { status: number | undefined; context: Context }[] = [];
  const target = targetAt(endpoint, {
    ...options,
    observe: ({ response }, context) => observed.push({ status: response?.status, context }),
  });
  const context = { suspects: ['timeout'] };
  const result = await arrangeFunction(target, journal, configuration, { context });
  const bodies = arrived.map(({ body }) => JSON.parse(body));
  return { result, arrived, bodies, observed, journal };
}

function pendingUrns(journal: Journal): readonly string[] {
  return journal.pending().map(({ id }) => id);
}

test('a function is created with what creating takes, then its strategy and notification are set', async () => {
  const strategy = { concurrency: 5 };
  const notification = { max_async_retry_attempts: 2 };
  const configuration = { ...PLAIN, strategy_config: strategy, function_async_config: notification };
  const { result, arrived, bodies, observed } = await arranged({ ...configuration, dependencies: [] });
  expect(result).toMatchObject({ ok: true, urn: URN, configuration });
  expect(arrived.map(({ method, url }) => `${method} ${url.split('/').at(-1)}`)).toEqual([
    'POST functions',
    'PUT config',
    'PUT async-invoke-config',
  ]);
  expect(bodies).toEqual([PLAIN, { ...MANDATORY, strategy_config: strategy }, notification]);
  expect(observed.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(observed.every(({ context }) => context.suspects?.[0] === 'timeout')).toBe(true);
});

test('a change of the strategy keeps what the function was created with', async () => {
  const kept = { description: 'd', user_data: '{}', initializer_handler: 'a.b', initializer_timeout: 3 };
  const { bodies } = await arranged({ ...PLAIN, ...kept, strategy_config: { concurrency: 5 } });
  expect(bodies[1]).toEqual({ ...MANDATORY, ...kept, strategy_config: { concurrency: 5 } });
});

test('the function is in the journal before it is created, and stays there', async () => {
  const journal = openJournal();
  let before: readonly string[] = [];
  const service = {
    onCreate: () => {
      before = pendingUrns(journal);
    },
  };
  await arranged(PLAIN, service, { region: 'r' }, journal);
  expect(before).toEqual([URN]);
  expect(pendingUrns(journal)).toEqual([URN]);
});

test('without a region the journal has a short form until the answer names the URN', async () => {
  const journal = openJournal();
  let before: readonly string[] = [];
  const service = {
    onCreate: () => {
      before = pendingUrns(journal);
    },
  };
  await arranged(PLAIN, service, {}, journal);
  expect(before).toEqual(['project:default:f']);
  expect(pendingUrns(journal)).toEqual([URN]);
});

test('a refused creation leaves nothing to delete', async () => {
  const { result, journal } = await arranged(PLAIN, { createStatus: 400, createBody: {} });
  expect(result).toMatchObject({
    ok: false,
    refusedAt: 'create function',
    exchange: { response: { status: 400 } },
  });
  expect(pendingUrns(journal)).toEqual([]);
});

test.each([409, 500])(
  'a creation that is answered with %i may have created something',
  async createStatus => {
    const { result, journal } = await arranged(PLAIN, { createStatus, createBody: {} });
    expect(result.ok).toBe(false);
    expect(pendingUrns(journal)).toEqual([URN]);
  },
);

test('a creation whose answer names no URN is known by the expected one', async () => {
  const { result, journal } = await arranged(PLAIN, { createBody: 'created' });
  expect(result).toMatchObject({ ok: true, urn: URN });
  expect(pendingUrns(journal)).toEqual([URN]);
});

test('a refused notification says where, and names the function', async () => {
  const { result } = await arranged({ ...PLAIN, function_async_config: {} }, { asyncStatus: 400 });
  expect(result).toMatchObject({ ok: false, urn: URN, refusedAt: 'configure asynchronous notification' });
});

test.each([404, 405, 501])(
  'what there is no operation for (%i) is left out of the configuration',
  async status => {
    const configuration = { ...PLAIN, function_async_config: {} };
    const { result } = await arranged(configuration, { asyncStatus: status });
    expect(result).toMatchObject({ ok: true, unset: [{ member: 'function_async_config' }] });
    expect(result.ok && result.configuration).not.toHaveProperty('function_async_config');
  },
);

const demandsNumber: Service['accepts'] = strategy => strategy.concurrent_num !== undefined;
const refusesNumber: Service['accepts'] = strategy => strategy.concurrent_num === undefined;

test.each([
  ['demands concurrent_num', { concurrency: 5 }, demandsNumber, { concurrency: 5, concurrent_num: 1 }],
  ['refuses concurrent_num', { concurrency: 5, concurrent_num: 1 }, refusesNumber, { concurrency: 5 }],
  ['refuses concurrent_num', { concurrency: 5, concurrent_num: 7 }, refusesNumber, { concurrency: 5 }],
])('a target that %s beside concurrency gets the other form', async (_, strategy, accepts, form) => {
  const { result, observed } = await arranged({ ...PLAIN, strategy_config: strategy }, { accepts });
  expect(result).toMatchObject({ ok: true, configuration: { strategy_config: form } });
  expect(result.ok && result.configuration.strategy_config).toEqual(form);
  expect(observed.map(({ status }) => status)).toEqual([200, 200]);
});

test.each([
  [
    'concurrency',
    { concurrency: 1001 },
    (strategy: Record<string, unknown>) => Number(strategy.concurrency) <= 1000,
  ],
  [
    'concurrent_num',
    { concurrency: 5, concurrent_num: 1001 },
    (strategy: Record<string, unknown>) => Number(strategy.concurrent_num ?? 1) <= 1000,
  ],
])('a strategy that is refused for its %s is refused', async (_, strategy, accepts) => {
  const { result, observed, bodies } = await arranged({ ...PLAIN, strategy_config: strategy }, { accepts });
  expect(result).toMatchObject({ ok: false, urn: URN, refusedAt: 'change configuration' });
  expect(observed.map(({ status }) => status)).toEqual([200, 400]);
  expect(bodies[1].strategy_config).toEqual(strategy);
});
