import { describe, expect, test } from 'vitest';
import type { Exchange } from '../page/exchange.ts';
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
    user_data: 'x'.repeat(65_536 - 500) + TOKEN.repeat(100),
  });
  const { evidence } = await judgedInOrder(made);
  const [finding] = evidence.clauses['body.memory_size.values']?.findings ?? [];
  expect(finding?.exchange.response?.body).toMatch(/… \(\d+ characters\)$/);
  expect(JSON.stringify(finding)).not.toContain('MIIEpAIB');
});
