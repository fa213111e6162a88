/** Runs against servers that do what servers seldom do: what the run says of it. */

import { expect, onTestFinished, test } from 'vitest';
import { type MockServer, startMock } from '../mock/index.ts';
import { routeOf } from '../page/operations.ts';

import { exampleVersion } from '../page/tables/examples.ts';
import type { Report } from '../verdict/report.ts';
import { type Arrived, forward, oddServer, send, sendJson } from './odd-servers.test.support.ts';
import type { RunOptions } from './options.ts';
import { run } from './run.ts';

async function mockServer(): Promise<MockServer> {
  const mock = await startMock();
  onTestFinished(() => mock.close());
  return mock;
}

async function reportOn(mock: MockServer, endpoint: string, options: RunOptions = {}): Promise<Report> {
  const { report } = await run({ ...mock, endpoint, seed: 1, profile: 'smoke', ...options });
  return report;
}

function failing({ clauses }: Pick<Report, 'clauses'>, level = 'required'): readonly string[] {
  return clauses.filter(each => each.verdict === 'fail' && each.level === level).map(({ id }) => id);
}

function isPublication({ method, url }: Arrived): boolean {
  return method === 'POST' && url.endsWith('/versions');
}

test('a target that dies of malformed JSON is nonconformant, and the request is named with its bytes', async () => {
  const mock = await mockServer();
  const endpoint = await oddServer(async (request, response, server) => {
    if (isPublication(request) && request.body.toString() === '{"version":') {
      server.close();
      return server.closeAllConnections();
    }
    return send(response, await forward(mock.url, request));
  });
  const { summary, clauses } = await reportOn(mock, endpoint, { profile: 'standard' });
  expect(summary.verdict).toBe('nonconformant');
  expect(failing({ clauses })).toEqual(['robustness.alive']);
  const [finding] = findingsOf({ clauses }, 'robustness.alive');
  expect(finding?.message).toMatch(
    /^the target stopped answering after POST .* with the body "\{\\"version\\":": no connection/,
  );
  expect(finding?.exchange?.request.body).toBe('{"version":');
  const reasons = new Set(clauses.flatMap(({ reason = [] }) => reason));
  expect([...reasons]).toEqual([expect.stringMatching(/^the target stopped answering after POST/)]);
});

test('a connection that drops after the fact, now and then, is told and not held against the target', async () => {
  const mock = await mockServer();
  let arrived = 0;
  let sentTwice = 0;
  const dropped = new Set<string>();
  const endpoint = await oddServer(async (request, response) => {
    const answer = await forward(mock.url, request);
    const isSecond = dropped.delete(`${request.url} ${request.body}`);
    if (isSecond && isPublication(request) && answer.status === 400) sentTwice++;
    if (++arrived % 13 !== 0) return send(response, answer);
    if (answer.status === 200) dropped.add(`${request.url} ${request.body}`);
    return response.destroy();
  });
  const report = await reportOn(mock, endpoint, { profile: 'standard', concurrency: 1, maxRequests: 900 });
  expect(report.summary.verdict).toBe('conformant');
  expect(failing(report, 'recommended')).toEqual([]);
  expect(findingsOf(report, 'robustness.connection').map(({ message }) => message)).toContain(
    'the connection ended without an answer: the version was published all the same',
  );
  expect(sentTwice).toBe(0);
});

test('a target that loses answers by chance may lose that of one publication three times', async () => {
  const mock = await mockServer();
  let lost = 0;
  let published = 0;
  const endpoint = await oddServer(async (request, response) => {
    const answer = await forward(mock.url, request);
    if (isPublication(request) && answer.status === 200) {
      published++;
      if (published === 1 || (published > 3 && published <= 6)) {
        lost++;
        return response.destroy();
      }
    }
    return send(response, answer);
  });
  const report = await reportOn(mock, endpoint, {
    profile: 'standard',
    only: ['request.description.*'],
    concurrency: 1,
  });
  expect(lost).toBe(4);
  expect(failing(report)).toEqual([]);
});

test('a limit of instances is kept in the form that the target takes when more is changed', async () => {
  const mock = await startMock({ dress: 'concurrent-num-demanded' });
  onTestFinished(() => mock.close());
  const options: RunOptions = { profile: 'standard', seed: 1046503871, only: ['config.strategy_config.*'] };
  expect(failing(await reportOn(mock, mock.url, options))).toEqual([]);
});

test('a connection that always drops on the same request is a violation', async () => {
  const mock = await mockServer();
  const endpoint = await oddServer(async (request, response) => {
    const answer = await forward(mock.url, request);
    const isMeant = isPublication(request) && answer.status === 200 && request.body.includes('"description"');
    return isMeant ? response.destroy() : send(response, answer);
  });
  const report = await reportOn(mock, endpoint, { maxRequests: 300 });
  expect(failing(report)).toEqual(['robustness.answered']);
});

test.each(['create function', 'configure asynchronous notification'])(
  'a server without an operation to %s is not blamed for that',
  async missing => {
    const mock = await mockServer();
    const endpoint = await oddServer(async (request, response) =>
      routeOf(request)?.operation === missing
        ? response.writeHead(405, { 'content-type': 'text/plain' }).end('no such operation')
        : send(response, await forward(mock.url, request)),
    );
    const report = await reportOn(mock, endpoint, {
      profile: 'standard',
      arrange: 'api',
      only: ['config.*'],
    });
    expect([...failing(report), ...failing(report, 'recommended')]).toEqual([]);
    expect(report.clauses.flatMap(({ reason = [] }) => reason).join('\n')).toContain('405 no such operation');
  },
);

test('a server that answers every publication with the one version of its list is asked everything', async () => {
  const functionUrn = exampleVersion.func_urn;
  const projectId = '7aad83af3e8d42e99ac194e8419e2c9b';
  const version = { ...exampleVersion, namespace: projectId, version: 'v1' };
  const endpoint = await oddServer((request, response) =>
    sendJson(response, 200, request.method === 'GET' ? { versions: [version], count: 1 } : version),
  );
  const options = { endpoint, projectId, token: 't', functionUrn, seed: 1 } as const;
  const { report, remaining } = await run(options);
  const reasons = new Set(report.clauses.flatMap(({ reason = [] }) => reason));
  expect([...reasons].filter(reason => reason.includes('budget'))).toEqual([]);
  expect(failing(report)).toContain('request.body.malformed');
  expect(remaining).toEqual([]);
});

test('a token that expires in the middle ends the run, and what is left is named', async () => {
  const mock = await mockServer();
  let arrived = 0;
  const endpoint = await oddServer(async (request, response) => {
    if (++arrived <= 40) return send(response, await forward(mock.url, request));
    return sendJson(response, 401, { error_code: 'APIG.0301', error_msg: 'expired' });
  });
  const { report, remaining } = await run({ ...mock, endpoint, seed: 1, concurrency: 1 });
  expect(report.summary.verdict).toBe('inconclusive');
  expect(report.summary.reason).toMatch(
    /^the credentials were accepted until request 4\d, and are refused since then: have they expired\?$/,
  );
  expect(failing(report)).toEqual([]);
  expect(new Set(remaining.map(({ why }) => why))).toEqual(new Set(['deleting it was answered with 401']));
});

function findingsOf({ clauses }: Pick<Report, 'clauses'>, id: string) {
  return clauses.find(clause => clause.id === id)?.findings ?? [];
}

test.each([404, 405, 501])(
  'a server that answers creations with %i, and publishes on any function, is asked as one that only publishes',
  async status => {
    const projectId = '7aad83af3e8d42e99ac194e8419e2c9b';
    const version = { ...exampleVersion, namespace: projectId };
    const endpoint = await oddServer(({ method, url }, response) =>
      method === 'POST' && url.endsWith('/versions')
        ? sendJson(response, 200, version)
        : sendJson(response, status, { error_code: 'FSS.0404', error_msg: 'There is nothing here.' }),
    );
    const { report } = await run({ endpoint, projectId, token: 't', seed: 1 });
    expect(report.summary.reason).toMatch(
      /it creates no functions, and publishes on one that nobody created/,
    );
    expect(failing(report)).toEqual(
      expect.arrayContaining([
        'request.body.malformed',
        'request.function_urn.absent',
        'request.function_urn.elsewhere',
      ]),
    );
    const reasons = report.clauses.flatMap(({ reason = [] }) => reason).join('\n');
    expect(reasons).not.toContain('no function could be arranged');
  },
);
