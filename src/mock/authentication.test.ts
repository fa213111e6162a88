import { afterAll, beforeAll, expect, test } from 'vitest';
import { signatureDate, signatureOf } from '../page/signature.ts';
import { type MockServer, startMock } from './index.ts';

let mock: MockServer;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

async function list(headers: Record<string, string>) {
  const response = await fetch(`${mock.url}/v2/${mock.projectId}/fgs/functions`, { headers });
  return { status: response.status, text: await response.text() };
}

function signature(sk: string): Record<string, string> {
  const headers = { 'x-sdk-date': signatureDate(new Date()) };
  const path = `/v2/${mock.projectId}/fgs/functions`;
  const signed = signatureOf({ method: 'GET', path, headers }, ['x-sdk-date'], sk);
  const { ak } = mock.accessKey;
  return {
    ...headers,
    authorization: `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=x-sdk-date, Signature=${signed}`,
  };
}

interface Login {
  readonly name?: string;
  readonly password?: string;
  readonly project?: { readonly name?: string; readonly id?: string };
}

async function logIn({ name, password, project }: Login): Promise<Response> {
  const { login } = mock;
  const user = {
    name: name ?? login.username,
    password: password ?? login.password,
    domain: { name: 'any' },
  };
  const identity = { methods: ['password'], password: { user } };
  return fetch(`${login.iamUrl}/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity, scope: { project: project ?? { name: login.projectName } } } }),
  });
}

test('a signed request needs no token', async () => {
  expect((await list(signature(mock.accessKey.sk))).status).toBe(200);
});

test('a signature with another secret is a 401 that says why', async () => {
  const { status, text } = await list(signature('other'));
  expect(status).toBe(401);
  expect(JSON.parse(text)).toEqual({
    error_code: 'FSS.0401',
    error_msg: 'the signature does not fit the request',
  });
});

test('user name and password get a token that is good for the project', async () => {
  const response = await logIn({});
  expect(response.status).toBe(201);
  const token = response.headers.get('x-subject-token') ?? '';
  expect(token).not.toBe(mock.token);
  expect((await list({ 'x-auth-token': token })).status).toBe(200);
  expect(await response.json()).toMatchObject({ token: { project: { id: mock.projectId, name: 'mock' } } });
});

test('a project is named by its id as well', async () => {
  expect((await logIn({ project: { id: mock.projectId } })).status).toBe(201);
});

test.each([
  ['user', { name: 'other' }, 401],
  ['password', { password: 'other' }, 401],
  ['project', { project: { name: 'other' } }, 404],
])('another %s gets none', async (_, login, status) => {
  const response = await logIn(login);
  expect(response.status).toBe(status);
  expect(response.headers.has('x-subject-token')).toBe(false);
  expect(await response.json()).toMatchObject({ error: { code: status } });
});

test('what is given is accepted', async () => {
  const given = await startMock({ ak: 'AK', sk: 'SK', username: 'someone', password: 'something' });
  expect(given.accessKey).toMatchObject({ ak: 'AK', sk: 'SK' });
  expect(given.login).toMatchObject({ username: 'someone', password: 'something', iamUrl: given.url });
  await given.close();
});
