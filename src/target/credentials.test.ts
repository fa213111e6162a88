import { expect, onTestFinished, test } from 'vitest';
import { type MockServer, startMock } from '../mock/index.ts';
import { checkCredentials } from './credentials.ts';
import { logIn } from './iam.ts';
import type { CredentialsInUse, Target } from './index.ts';
import { type Arrived, answerJson, httpServer, targetAt } from './loopback.test.servers.ts';
import { createFunction, publish } from './operations.ts';

const KEYS = { ak: 'THE-ACCESS-KEY', sk: 'the-secret-access-key' };

async function mock(): Promise<MockServer> {
  const server = await startMock();
  onTestFinished(() => server.close());
  return server;
}

function targetOf(
  { url, projectId }: MockServer,
  credentials: Parameters<typeof checkCredentials>[0],
): Target {
  return targetAt(url, { projectId, credentials });
}

const CONFIGURATION = {
  func_name: 'signed',
  package: 'default',
  runtime: 'Python3.9',
  timeout: 30,
  handler: 'index.handler',
  memory_size: 128,
  code_type: 'inline',
  func_code: { file: Buffer.from('pass').toString('base64') },
};

async function statusWith(target: Target, credentials: CredentialsInUse): Promise<number | undefined> {
  const { exchange } = await publish(target, 'signed', {}, { credentials });
  return exchange.response?.status;
}

test('with an access key requests are signed: well, badly or not at all', async () => {
  const server = await mock();
  const { ak, sk, securityToken } = server.accessKey;
  for (const keys of [
    { ak, sk },
    { ak, sk, securityToken },
  ]) {
    const target = targetOf(server, { ...keys, forbiddenToken: server.forbiddenToken });
    const name = `signed-${'securityToken' in keys}`;
    expect(
      (await createFunction(target, { ...CONFIGURATION, func_name: name })).exchange.response?.status,
    ).toBe(200);
    const statuses = [];
    for (const use of ['valid', 'wrong', 'missing', 'forbidden'] as const) {
      const { exchange } = await publish(
        target,
        name,
        { description: 'a "text" & more' },
        { credentials: use },
      );
      statuses.push(exchange.response?.status);
    }
    expect(statuses).toEqual([200, 401, 401, 403]);
  }
});

test('nothing of a signature is in the exchange, wherever the target echoes it', async () => {
  const arrived: Arrived[] = [];
  const endpoint = await httpServer((request, response) => {
    arrived.push(request);
    const { authorization = '' } = request.headers;
    response.setHeader('x-echo', authorization);
    answerJson(response, 401, {
      error_code: 'A',
      error_msg: encodeURIComponent(authorization),
      authorization,
    });
  });
  const exchange = await targetAt(endpoint, {
    credentials: { ...KEYS, securityToken: 'the-security-token' },
  }).send({ method: 'POST', path: '/x', body: '{}' });
  const sent = arrived[0]?.headers;
  const signature = /Signature=(\w{64})$/.exec(sent?.authorization ?? '')?.[1] ?? 'none';
  expect(sent).toMatchObject({ 'x-project-id': 'project', 'x-security-token': 'the-security-token' });
  const stored = JSON.stringify(exchange);
  for (const secret of [signature, KEYS.ak, KEYS.sk, 'the-security-token'])
    expect(stored).not.toContain(secret);
  expect(exchange.request.headers).toMatchObject({
    authorization:
      'SDK-HMAC-SHA256 Access=$FGS_AK, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature=[redacted]',
    'x-security-token': '$FGS_SECURITY_TOKEN',
    'x-sdk-date': sent?.['x-sdk-date'],
  });
});

test('a token that a caller sends in place of the known ones is not stored', async () => {
  const endpoint = await httpServer((_, response) => answerJson(response, 200, {}));
  const target = targetAt(endpoint, { credentials: KEYS });
  const { request } = await target.send({
    method: 'GET',
    path: '/',
    headers: { 'X-Auth-Token': 'someone-else' },
  });
  expect(request.headers).toMatchObject({ 'x-auth-token': '[redacted]' });
  expect(request.headers).not.toHaveProperty('authorization');
});

/** A mock server behind which tokens expire. */
async function expiring() {
  const server = await mock();
  const { projectId, login } = server;
  const account = { ...login, domain: 'any', project: { name: login.projectName } };
  const issued = await logIn(account, { timeoutMs: 5000 });
  if (!issued.ok) throw new Error(issued.reason);
  const expired = 'a-token-that-has-expired';
  const target = targetOf(server, { token: expired, account });
  return { server, target, account, issued, expired, projectId };
}

test('user name and password get a token, which names the project', async () => {
  const { server, account, issued } = await expiring();
  expect(issued.projectId).toBe(server.projectId);
  const target = targetOf(server, { token: issued.token, account });
  expect(await statusWith(target, 'valid')).toBe(404);
});

test('a token that has expired is renewed, and the request is sent again', async () => {
  const { target } = await expiring();
  const statuses = await Promise.all([1, 2, 3].map(() => statusWith(target, 'valid')));
  expect(statuses).toEqual([404, 404, 404]);
  expect(target.sent).toBeLessThanOrEqual(6);
  const before = target.sent;
  expect(await statusWith(target, 'valid')).toBe(404);
  expect(target.sent).toBe(before + 1);
});

test('a renewed token that is refused too is final', async () => {
  let logins = 0;
  let requests = 0;
  const endpoint = await httpServer(({ url }, response) => {
    if (url !== '/v3/auth/tokens') {
      requests += 1;
      return answerJson(response, 401, {});
    }
    logins += 1;
    response.setHeader('x-subject-token', `a-token-number-${logins}`);
    answerJson(response, 201, { token: {} });
  });
  const account = {
    iamUrl: endpoint,
    username: 'someone',
    password: 'the-password',
    domain: 'any',
    project: { id: 'project' },
  };
  const target = targetAt(endpoint, { credentials: { token: 'the-first-token', account } });
  for (const _ of [1, 2, 3]) expect(await statusWith(target, 'valid')).toBe(401);
  expect([logins, requests]).toEqual([1, 4]);
  expect(await statusWith(target, 'wrong')).toBe(401);
  expect([logins, requests]).toEqual([1, 5]);
});

test.each([
  ['an empty secret', { ak: 'AK', sk: '' }, 'The secret access key is empty.'],
  ['an empty access key', { ak: '', sk: 'SK' }, 'The access key is empty.'],
  ['a broken access key', { ak: 'a b', sk: 'SK' }, /The access key has spaces/],
  ['a broken security token', { ak: 'AK', sk: 'SK', securityToken: 'a\n' }, /The security token has spaces/],
])('%s is refused at the door', (_, credentials, message) => {
  expect(() => checkCredentials(credentials)).toThrow(message);
});
