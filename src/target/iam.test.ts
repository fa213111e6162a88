import { expect, test } from 'vitest';
import { type LoggedIn, logIn } from './iam.ts';
import { type Arrived, answerJson, closedPort, httpServer, rawServer } from './loopback.test.servers.ts';

const ACCOUNT = {
  username: 'someone',
  password: 'pass "word" ä',
  domain: 'a company',
  project: { name: 'eu-west-0' },
};

async function answered(iamUrl: string): Promise<LoggedIn> {
  return logIn({ ...ACCOUNT, iamUrl }, { timeoutMs: 2000 });
}

async function refused(status: number, body?: unknown): Promise<string> {
  const endpoint = await httpServer((_, response) => {
    response.setHeader('retry-after', '0');
    answerJson(response, status, body);
  });
  const login = await answered(endpoint);
  return login.ok ? 'a token' : login.reason.replace(endpoint, 'IAM-URL');
}

test.each(['', '/', '/v3', '/v3/auth/tokens', '/prefix'])('a token is asked for below "%s"', async path => {
  const arrived: Arrived[] = [];
  const endpoint = await httpServer((request, response) => {
    arrived.push(request);
    response.setHeader('X-Subject-Token', 'MIIabc');
    answerJson(response, 201, { token: { project: { id: 'p1' } } });
  });
  expect(await answered(endpoint + path)).toEqual({ ok: true, token: 'MIIabc', projectId: 'p1' });
  expect(arrived).toHaveLength(1);
  expect(arrived[0]?.url).toBe(`${path === '/prefix' ? path : ''}/v3/auth/tokens`);
  expect(JSON.parse(arrived[0]?.body ?? '')).toEqual({
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: 'someone', password: 'pass "word" ä', domain: { name: 'a company' } } },
      },
      scope: { project: { name: 'eu-west-0' } },
    },
  });
});

test.each([
  [401, 'refused the user name, the password or the domain (401)'],
  [403, 'refused to give this user a token for this project (403)'],
  [404, 'does not know the project, or has no /v3/auth/tokens below this URL (404)'],
  [201, 'answered without a token in X-Subject-Token (201)'],
  [302, 'gave no token (302)'],
  [503, 'gave no token (503)'],
])('a %i is said in one sentence', async (status, sentence) => {
  expect(await refused(status)).toBe(`IAM at IAM-URL ${sentence}`);
});

test('what IAM says about it is quoted, without the password', async () => {
  const message = `The password ${ACCOUNT.password} of\nsomeone is wrong, ${encodeURIComponent(ACCOUNT.password)}.`;
  const nested = await refused(401, { error: { code: 401, message } });
  expect(nested).toMatch(/\(401\): The password \$FGS_PASSWORD of someone is wrong, \$FGS_PASSWORD\.$/);
  expect(await refused(403, { error_msg: 'No.', error_code: 'IAM.0001' })).toMatch(/\(403\): No\.$/);
});

test('a gateway’s answer is asked again', async () => {
  let requests = 0;
  const endpoint = await httpServer((_, response) => {
    requests += 1;
    response.setHeader('retry-after', '0');
    if (requests < 3) return answerJson(response, 429, {});
    response.setHeader('x-subject-token', 'MIIabc');
    answerJson(response, 201, {});
  });
  expect(await answered(endpoint)).toEqual({ ok: true, token: 'MIIabc' });
});

test('IAM that cannot be reached or does not answer is said in one sentence', async () => {
  const closed = await closedPort();
  expect(await answered(closed)).toEqual({
    ok: false,
    reason: `IAM gave no token: no connection to ${closed}: the connection was refused`,
  });
  const silent = await rawServer(() => {});
  const login = await logIn({ ...ACCOUNT, iamUrl: silent }, { timeoutMs: 200 });
  expect(login).toEqual({ ok: false, reason: 'IAM gave no token: no answer came within 200 ms' });
});

test('what cannot be used is refused at the door', async () => {
  const options = { timeoutMs: 1000 };
  await expect(logIn({ ...ACCOUNT, iamUrl: 'iam' }, options)).rejects.toThrow(
    'The IAM URL "iam" is no http or https URL.',
  );
  await expect(logIn({ ...ACCOUNT, password: '', iamUrl: 'http://127.0.0.1' }, options)).rejects.toThrow(
    'The password is empty.',
  );
});
