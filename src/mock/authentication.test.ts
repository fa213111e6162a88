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

function signature(sk: string, path = `/v2/${mock.projectId}/fgs/functions`): Record<string, string> {
  const headers = { 'x-sdk-date': signatureDate(new Date()) };
  const signed = signatureOf({ method: 'GET', path, headers }, ['x-sdk-date'], sk);
  const { ak } = mock.accessKey;
  return {
    ...headers,
    authorization: `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=x-sdk-date, Signature=${signed}`,
  };
}

const TOKENS = '/v3/auth/tokens';

interface Login {
  readonly methods?: readonly string[];
  readonly user?: object;
  readonly scope?: object;
}

/** What IAM answers to a login that is right but for what is given. */
function logIn({ methods = ['password'], user = {}, scope }: Login = {}): Promise<Response> {
  const { username: name, password, projectName } = mock.login;
  const whole = { name, password, domain: { name: 'any' }, ...user };
  const identity = { methods, password: { user: whole } };
  return fetch(`${mock.login.iamUrl}${TOKENS}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity, scope: scope ?? { project: { name: projectName } } } }),
  });
}

/** What IAM answers to someone with these credentials. */
async function asked(path: string, headers: Record<string, string> = { 'x-auth-token': mock.token }) {
  const response = await fetch(`${mock.login.iamUrl}${path}`, { headers });
  return { status: response.status, json: (await response.json()) as unknown };
}

test('a signed request needs no token', async () => {
  expect((await list(signature(mock.accessKey.sk))).status).toBe(200);
});

test('a signature with another secret is a 401 that says why', async () => {
  const { status, text } = await list(signature('other'));
  expect(status).toBe(401);
  expect(JSON.parse(text)).toEqual({
    error_code: 'FSS.0401',
    error_msg: expect.stringMatching(/^the signature does not fit the request; .*SHA-256 [0-9a-f]{64}/),
  });
});

test('user name and password get a token that is good for the project', async () => {
  const response = await logIn();
  expect(response.status).toBe(201);
  const token = response.headers.get('x-subject-token') ?? '';
  expect(token).not.toBe(mock.token);
  expect((await list({ 'x-auth-token': token })).status).toBe(200);
});

test('a token comes with what clients look up: catalogue, project, user and expiry', async () => {
  const { token } = (await (await logIn()).json()) as { token: { expires_at: string } };
  const endpoint = { region_id: mock.region, interface: 'public', url: `${mock.url}/v2/${mock.projectId}` };
  expect(token).toMatchObject({
    catalog: expect.arrayContaining([
      expect.objectContaining({ type: 'functiongraph', endpoints: [expect.objectContaining(endpoint)] }),
    ]),
    project: { id: mock.projectId, name: mock.login.projectName, domain: { id: expect.any(String) } },
    user: { id: expect.any(String), name: mock.login.username, domain: { name: 'any' } },
  });
  expect(Date.parse(token.expires_at)).toBeGreaterThan(Date.now() + 23 * 60 * 60 * 1000);
});

test('the catalogue names the address that the client used', async () => {
  const { port } = new URL(mock.url);
  const { json } = await asked('/v3/auth/catalog');
  expect(JSON.stringify(json)).toContain(`"url":"http://127.0.0.1:${port}/v2/${mock.projectId}"`);
  const other = await fetch(`http://localhost:${port}/v3/auth/catalog`, {
    headers: { 'x-auth-token': mock.token },
  });
  expect(await other.text()).toContain(`"url":"http://localhost:${port}/v2/${mock.projectId}"`);
});

test.each([
  ['a project by its id', () => ({ scope: { project: { id: mock.projectId } } })],
  ['a project by the name of its region', () => ({ scope: { project: { name: mock.region } } })],
  ['a domain by its id', () => ({ user: { domain: { id: 'any' } } })],
])('%s is as good', async (_, login) => {
  expect((await logIn(login())).status).toBe(201);
});

test('a user may be named by the id that a token tells', async () => {
  const { token } = (await (await logIn()).json()) as { token: { user: { id: string } } };
  const user = { name: undefined, domain: undefined, id: token.user.id };
  expect((await logIn({ user })).status).toBe(201);
});

test.each<[string, Login, number, string]>([
  ['another user', { user: { name: 'other' } }, 401, 'The username or password is wrong.'],
  ['another password', { user: { password: 'other' } }, 401, 'The username or password is wrong.'],
  ['another project', { scope: { project: { name: 'other' } } }, 404, 'The project does not exist.'],
  ['another method', { methods: ['hw_ak_sk'] }, 400, 'auth.identity.methods has to be ["password"]'],
  ['a second method', { methods: ['password', 'totp'] }, 400, 'auth.identity.methods has to be'],
  ['no token', { methods: ['token'] }, 400, 'auth.identity.token.id is missing'],
  ['no password', { user: { password: undefined } }, 400, 'user.password is missing'],
  ['no user name', { user: { name: undefined } }, 400, 'user has neither name nor id'],
  ['no domain', { user: { domain: undefined } }, 400, 'user.domain has neither name nor id'],
  ['another scope', { scope: { domain: { name: 'any' } } }, 400, 'auth.scope.project is missing'],
])('%s gets no token, and is told why', async (_, login, status, message) => {
  const response = await logIn(login);
  expect(response.status).toBe(status);
  expect(response.headers.has('x-subject-token')).toBe(false);
  expect(await response.json()).toMatchObject({
    error: { code: status, message: expect.stringContaining(message) },
  });
});

test('a token gets another one', async () => {
  const ask = (id: string) =>
    fetch(`${mock.url}${TOKENS}`, {
      method: 'POST',
      body: JSON.stringify({ auth: { identity: { methods: ['token'], token: { id } } } }),
    });
  const response = await ask(mock.token);
  const issued = response.headers.get('x-subject-token') ?? '';
  expect(response.status).toBe(201);
  expect((await list({ 'x-auth-token': issued })).status).toBe(200);
  expect((await ask(issued)).status).toBe(201);
  expect((await ask('other')).status).toBe(401);
});

test('what is no JSON gets no token', async () => {
  const response = await fetch(`${mock.url}${TOKENS}`, { method: 'POST', body: '{' });
  expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 400 } }]);
});

test('projects and domains can be asked for by token or signature', async () => {
  const projects = { projects: [{ id: mock.projectId, name: mock.login.projectName }] };
  expect(await asked('/v3/projects')).toMatchObject({ status: 200, json: projects });
  expect(await asked(`/v3/auth/projects?name=${mock.region}`)).toMatchObject({ json: projects });
  expect(await asked('/v3/projects?name=other')).toMatchObject({ json: { projects: [] } });
  const path = '/v3/auth/domains';
  expect(await asked(path, signature(mock.accessKey.sk, path))).toMatchObject({
    status: 200,
    json: { domains: [{ id: expect.any(String) }] },
  });
  expect(await asked(path, {})).toMatchObject({ status: 401, json: { error: { code: 401 } } });
  expect((await asked(path, signature('other', path))).status).toBe(401);
});

test('a token can be read with another one', async () => {
  const subject = (await logIn()).headers.get('x-subject-token') ?? '';
  const read = (token: string) => asked(TOKENS, { 'x-auth-token': mock.token, 'x-subject-token': token });
  const described = { token: { project: { id: mock.projectId } } };
  expect(await read(subject)).toMatchObject({ status: 200, json: described });
  expect(await read(mock.token)).toMatchObject({ status: 200, json: described });
  expect(await read('other')).toMatchObject({ status: 404, json: { error: { code: 404 } } });
});

test('IAM says which version it is', async () => {
  expect(await asked('/v3', {})).toMatchObject({
    json: { version: { links: [{ href: `${mock.url}/v3/` }] } },
  });
});

test('what is given is accepted', async () => {
  const given = await startMock({ ak: 'AK', sk: 'SK', username: 'someone', password: 'something' });
  expect(given.accessKey).toMatchObject({ ak: 'AK', sk: 'SK' });
  expect(given.login).toMatchObject({ username: 'someone', password: 'something', iamUrl: given.url });
  await given.close();
});
