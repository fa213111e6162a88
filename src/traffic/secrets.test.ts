import { describe, expect, test } from 'vitest';
import { clauses } from '../page/catalogue.ts';
import type { Exchange } from '../page/exchange.ts';
import { createEvidence } from '../verdict/evidence.ts';
import { judgeRecordedBody } from './judge-recording.ts';
import {
  entry,
  exchange,
  har,
  judged,
  judgedInOrder,
  publication,
  TOKEN,
  VERSION,
} from './recordings.test.support.ts';

/** An exchange with a finding, so that it is kept, whose answer echoes a text. */
function echoing(echo: string, headers: Record<string, string> = {}): Exchange {
  const made = publication({ ...VERSION, memory_size: echo, xrole: `it is ${echo}` });
  return { ...made, request: { ...made.request, headers: { ...made.request.headers, ...headers } } };
}

/** Everything that is kept of a recording. */
async function kept(...exchanges: readonly Exchange[]): Promise<string> {
  const { evidence, broken } = await judgedInOrder(...exchanges);
  expect(broken).not.toEqual([]);
  return JSON.stringify(evidence);
}

describe('a credential of a recording is not kept where an answer echoes it', () => {
  const secret = 'S3cret/of+the=recording';
  const session = 'c29tZS1zZXNzaW9uLWNvb2tpZQ';

  test.each([
    ['X-Auth-Token', TOKEN, { 'x-auth-token': TOKEN }],
    ['X-Security-Token', secret, { 'x-security-token': secret }],
    ['Authorization: Bearer', secret, { authorization: `Bearer ${secret}` }],
    [
      'the password of Authorization: Basic',
      secret,
      { authorization: `Basic ${Buffer.from(`user:${secret}`).toString('base64')}` },
    ],
    [
      'a signature',
      'a1'.repeat(32),
      {
        authorization: `SDK-HMAC-SHA256 Access=AKIDAKIDAKID, SignedHeaders=host;x-sdk-date, Signature=${'a1'.repeat(32)}`,
      },
    ],
    [
      'an access key',
      'AKIDAKIDAKID',
      {
        authorization: `SDK-HMAC-SHA256 Access=AKIDAKIDAKID, SignedHeaders=host, Signature=${'a1'.repeat(32)}`,
      },
    ],
    ['a session cookie', session, { cookie: `lang=en-us; session=${session}` }],
  ])('%s', async (_, value, headers) => {
    const text = await kept(echoing(value, headers));
    expect(text).not.toContain(value);
    expect(text).not.toContain(encodeURIComponent(value));
    expect(text).not.toContain(Buffer.from(value).toString('base64').replace(/=+$/, '').slice(0, -2));
  });

  test('in base64 and percent-encoded', async () => {
    const encoded = `${Buffer.from(TOKEN).toString('base64')} ${encodeURIComponent(TOKEN)}`;
    const text = await kept(echoing(encoded));
    expect(text).not.toContain('MIIEpAIB');
    expect(text).not.toContain(Buffer.from('MIIEpAIBAAKC').toString('base64'));
  });

  test('when the message quotes only its beginning', async () => {
    const long = `MIIE${'abcdefgh'.repeat(500)}`;
    const text = await kept(echoing(long, { 'x-auth-token': long }));
    expect(text).toContain('body.memory_size.type');
    expect(text).not.toContain('MIIEabcd');
  });

  test('when another exchange showed it', async () => {
    const other = 'MIIEpAIBAAKCAQEAtoken-of-another-user';
    const shows = exchange('GET', '/v2/p/fgs/functions', 200, {
      answered: {},
      headers: { 'x-auth-token': other },
    });
    expect(await kept(echoing(other), shows)).not.toContain(other);
    expect(await kept(shows, echoing(other))).not.toContain(other);
  });
});

describe('a credential is not kept wherever a recording holds it', () => {
  const secret = 'CaNaRy+of/this=recording';
  const encoded = encodeURIComponent(secret);
  const wrong = { ...VERSION, memory_size: 129 };

  test.each([
    'x-auth-token',
    'authorization',
    'x-security-token',
    'cookie',
    'proxy-authorization',
    'x-subject-token',
    'x-api-key',
    'apikey',
    'x-apig-appcode',
    'x-csrf-token',
    'cftk',
    'x-my-token',
    'x-client-secret',
    'x-db-password',
    'x-signature',
    'x-session-id',
    'api-key',
    'x-goog-api-key',
    'x-amz-security-token',
    'ocp-apim-subscription-key',
    'x-auth-key',
    'dpop',
    'x-forwarded-client-cert',
    'region-cftk',
  ])('in the header %s of a request', async name => {
    const value = name === 'cookie' ? `a=b; sid=${secret}` : secret;
    const text = await kept(echoing(secret, { [name]: value }));
    expect(text).not.toContain('CaNaRy');
  });

  test.each(['set-cookie', 'x-subject-token', 'x-csrf-token', 'x-new-session'])(
    'in the header %s of an answer',
    async name => {
      const made = publication({ ...wrong, xrole: `it is ${secret}` });
      const value = name === 'set-cookie' ? `theme=dark; Path=/, JSESSIONID=${secret}; HttpOnly` : secret;
      const response = { status: 200, body: made.response?.body ?? '', headers: { [name]: value } };
      expect(await kept({ ...made, response })).not.toContain('CaNaRy');
    },
  );

  test.each([
    'access_token',
    'X-Auth-Token',
    'x-auth-token',
    'AccessKeyId',
    'AWSAccessKeyId',
    'Signature',
    'sig',
    'x-obs-security-token',
    'X-Amz-Signature',
    'X-Amz-Credential',
    'X-Amz-Security-Token',
    'apikey',
    'api_key',
    'client_secret',
    'password',
    'session',
    'id_token',
  ])('in the parameter %s of a URL, in the request and in the answer', async name => {
    const asked = publication(wrong);
    const request = {
      ...asked.request,
      url: `${asked.request.url}?a=1&${name}=${encoded}&Expires=1772519057`,
    };
    const text = await kept({ ...asked, request });
    expect(text).not.toContain('CaNaRy');
    expect(text).toContain('Expires=1772519057');

    const link = `https://b.example.com/f.zip?${name}=${encoded}&Expires=1772519057`;
    const answered = await kept(publication({ ...wrong, code_type: 'obs', code_url: link }));
    expect(answered).not.toContain('CaNaRy');
    expect(answered).toContain('b.example.com/f.zip');
    expect(answered).toContain('Expires=1772519057');

    const body = JSON.stringify({ ...wrong, code_url: link }).replaceAll('&', '\\u0026');
    const escaped = { ...asked, response: { ...(asked.response ?? { status: 200, headers: {} }), body } };
    expect(await kept(escaped)).not.toContain('CaNaRy');

    const moved = {
      status: 201,
      headers: { location: link, 'x-next': `/login?to=${encodeURIComponent(link)}` },
    };
    expect(await kept({ ...asked, response: moved })).not.toContain('CaNaRy');
  });

  test('short, in a parameter or a header', async () => {
    const asked = publication(wrong);
    const headers = { ...asked.request.headers, 'x-api-key': 'k3y' };
    const request = { ...asked.request, headers, url: `${asked.request.url}?token=z9q` };
    const text = await kept({ ...asked, request });
    expect(text).not.toContain('k3y');
    expect(text).not.toContain('z9q');
  });

  test('in the user information of a URL', async () => {
    const asked = publication({ ...wrong, xrole: `it is ${secret}` });
    for (const user of [`someone:${encoded}`, encoded]) {
      const url = asked.request.url.replace('https://', `https://${user}@`);
      expect(await kept({ ...asked, request: { ...asked.request, url } })).not.toContain(encoded);
    }
  });

  test('in a body, under a name that says it, also in JSON within JSON', async () => {
    const user_data = JSON.stringify({ DB_PASSWORD: secret, LANG: 'en' });
    expect(await kept(publication({ ...wrong, user_data }))).not.toContain('CaNaRy');
    expect(await kept(publication({ ...wrong, encrypted_user_data: user_data }))).not.toContain('CaNaRy');
    expect(await kept(publication({ ...wrong, encrypted_user_data: secret }))).not.toContain('CaNaRy');
    expect(await kept(publication({ ...wrong, token: secret }))).not.toContain('CaNaRy');
  });

  test.each([
    ['refresh', '0;url=https://x.example.com/?token='],
    ['origin', 'https://user:'],
  ])('in a URL in the header %s', async (name, before) => {
    const value = `${before}CaNaRy-recording${name === 'origin' ? '@x.example.com' : ''}`;
    expect(await kept(echoing('nothing', { [name]: value }))).not.toContain('CaNaRy');
  });

  test.each([
    'Access=CaNaRy-key, SignedHeaders=host, Signature=CaNaRy-signature',
    'Credential=CaNaRy-key/20260303/r/s/sdk_request, SignedHeaders=host, Signature=CaNaRy-signature',
    'got Bearer CaNaRy-recording',
  ])('where an answer quotes the authorization of another request: %s', async quoted => {
    const text = await kept(publication({ ...wrong, xrole: `no use: ${quoted}` }));
    expect(text).not.toContain('CaNaRy');
  });

  test('in what is encrypted, when it is an object', async () => {
    const made = publication({ ...wrong, encrypted_user_data: { host: secret } });
    expect(await kept(made)).not.toContain('CaNaRy');
  });

  test('in the cookies that a recorder keeps apart', async () => {
    const made = entry(publication({ ...wrong, xrole: `it is ${secret}` }));
    const cookies = [{ name: 'JSESSIONID', value: secret }];
    const { evidence } = await judged(har({ ...made, request: { ...made.request, cookies } }));
    expect(JSON.stringify(evidence)).toContain('memory_size is 129');
    expect(JSON.stringify(evidence)).not.toContain('CaNaRy');
  });

  test('in the body of an answer that is judged alone', () => {
    const evidence = createEvidence(clauses.map(({ id }) => id));
    const code_url = `https://b.example.com/f.zip?Signature=${encoded}`;
    judgeRecordedBody(JSON.stringify({ ...wrong, code_type: 'zip', code_url }), evidence);
    const text = JSON.stringify(evidence.take());
    expect(text).toContain('body.code_url.blank');
    expect(text).not.toContain('CaNaRy');
  });
});

describe('what IAM was sent and answered in the same HAR file is not kept', () => {
  const password = 'correct horse battery';
  const issued = 'MIIEpAIBAAKCAQEAtoken-that-was-issued';
  const login = {
    request: {
      method: 'POST',
      url: 'https://iam.example.com/v3/auth/tokens',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        auth: { identity: { methods: ['password'], password: { user: { name: 'someone', password } } } },
      }),
    },
    response: { status: 201, headers: { 'x-subject-token': issued }, body: '{"token":{}}' },
  };

  test.each([password, issued])('%s', async value => {
    const { evidence, counts } = await judged(har(entry(login), entry(echoing(value))));
    expect(counts).toMatchObject({ judged: 1, foreign: 1 });
    expect(JSON.stringify(evidence)).not.toContain(value);
    expect(JSON.stringify(evidence)).toContain('body.memory_size.type');
  });
});

test('what a client asks to encrypt is not kept', async () => {
  const sent = { func_name: 'f', encrypted_user_data: '{"DB_PASSWORD":"hunter2-hunter2"}', timeout: 2 };
  const changed = exchange('PUT', '/v2/p/fgs/functions/f/config', 200, { sent, answered: {} });
  const text = await kept(changed);
  expect(text).toContain('config.timeout.refused');
  expect(text).not.toContain('hunter2');
});

test('credentials have their names in what is kept, and values that are none stay', async () => {
  const { evidence } = await judgedInOrder(echoing('fine', { cookie: 'lang=en-us', 'x-request-id': '7' }));
  const [finding] = evidence.clauses['body.memory_size.type']?.findings ?? [];
  expect(finding?.message).toContain('"fine"');
  expect(finding?.exchange.request.headers).toEqual({
    'x-auth-token': '$FGS_TOKEN',
    'content-type': 'application/json',
    cookie: '[redacted]',
    'x-request-id': '7',
  });
});

test('a verdict does not depend on what is hidden', async () => {
  // The token is part of what the function is called.
  const named = publication({ ...VERSION });
  const headers = { ...named.request.headers, 'x-auth-token': 'default:f' };
  expect((await judgedInOrder({ ...named, request: { ...named.request, headers } })).broken).toEqual([]);
});

test('a long body is kept in part, and so is a token that the cut goes through', async () => {
  const made = publication({
    ...VERSION,
    memory_size: 1,
    user_data: 'x'.repeat(16_384 - 500) + TOKEN.repeat(100),
  });
  const { evidence } = await judgedInOrder(made);
  const [finding] = evidence.clauses['body.memory_size.values']?.findings ?? [];
  expect(finding?.exchange.response?.body).toMatch(/… \(\d+ characters\)$/);
  expect(JSON.stringify(finding)).not.toContain('MIIEpAIB');
});
