/** No secret is printed or written, whatever a target echoes. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MockServer, startMock } from '../mock/index.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

const CANARIES = {
  token: 'C4nary+/T0ken"\\%&<>==',
  forbiddenToken: 'C4nary-forbidden/t0ken',
  ak: 'C4NARYACCESSKEY',
  sk: 'C4nary/s3cret+key \'"\\',
  securityToken: 'C4nary-s3curity/t0ken',
  password: 'C4nary pässw0rd "\\/+€',
};

let mock: MockServer;
let echoing: string;
let close: () => void;
/** What the run under way was given, and the tokens that IAM gave it. The target knows them all. */
const secrets = new Set<string>();
/** The signatures that the run made. */
const signatures = new Set<string>();

beforeAll(async () => {
  mock = await startMock({ ...CANARIES, username: 'someone' });
  const server = createServer((request, response) => void echo(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  echoing = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
});

afterAll(async () => {
  close();
  await mock.close();
});

/** How a target may show a secret. */
function formsOf(secret: string): readonly string[] {
  const base64 = ['', 'x', 'xy'].flatMap(before => {
    const bytes = Buffer.from(`${before}${secret}`);
    return [bytes.toString('base64'), bytes.toString('base64url')];
  });
  const unicode = [...secret].map(character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    JSON.stringify(secret).slice(1, -1),
    inspect(secret).slice(1, -1),
    unicode.join(''),
    ...base64,
  ];
}

/** Answers what the mock server answers, with every secret in every form all over it. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, url = '', headers } = request;
  const signature = /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1];
  const forwarded = requestOf(`${mock.url}${url}`, { method, headers });
  forwarded.end(Buffer.concat(chunks));
  const [answer]: IncomingMessage[] = await once(forwarded, 'response');
  if (answer === undefined) return;
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part);
  const issued = answer.headers['x-subject-token'];
  if (typeof issued === 'string') secrets.add(issued);
  if (signature !== undefined) signatures.add(signature);
  const forms = [...secrets, ...(signature === undefined ? [] : [signature])].flatMap(formsOf);
  const body = JSON.parse(Buffer.concat(parts).toString() || '{}');
  const said = { ...body, echo: forms, ...(body.error_msg && { error_msg: forms.join(' ') }) };
  // A handler without a period is a finding that quotes it.
  const broken = url.endsWith('/versions') && method === 'POST' && { handler: [...secrets][0] };
  const text = JSON.stringify({ ...said, ...(answer.statusCode === 200 && broken) });
  response.writeHead(answer.statusCode ?? 500, {
    'content-type': 'application/json',
    ...(issued === undefined ? {} : { 'x-subject-token': issued }),
    location: `https://elsewhere.example/?secrets=${[...secrets].map(encodeURIComponent).join('&')}`,
    'set-cookie': `session=${[...secrets].map(encodeURIComponent).join('&')}`,
    'x-echo': [...secrets].map(secret => Buffer.from(secret).toString('base64')).join(' '),
    'x-plain': `${headers['x-auth-token'] ?? ''} ${headers.authorization ?? ''}`,
  });
  response.end(answer.statusCode === 401 ? Buffer.concat([Buffer.from(text), Buffer.from([0xff])]) : text);
}

/** What an attentive reader of the text finds: secrets in any form, and in what is written in base64. */
function leaksIn(text: string): readonly string[] {
  const decoded = [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].map(([word]) =>
    Buffer.from(word, 'base64').toString('latin1'),
  );
  const haystack = [text, ...decoded].join('\n');
  return [...secrets, ...signatures].flatMap(secret =>
    formsOf(secret)
      // The first and last characters of base64 depend on what is around them.
      .map(form => (form === secret || form.includes('%') ? form : form.slice(3, -4)))
      .filter(form => haystack.includes(form)),
  );
}

interface Ended {
  readonly code: number | null;
  readonly printed: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Runs the suite against the echoing target, and collects all that it printed and wrote. */
async function run(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-secrets-'));
  secrets.clear();
  signatures.clear();
  for (const [name, value] of Object.entries(env)) if (name.startsWith('FGS_')) secrets.add(value);
  const { PATH = '' } = process.env;
  const target = ['--endpoint', echoing, '--project-id', mock.projectId, '--states-url', mock.statesUrl];
  const how = [
    '--profile',
    'smoke',
    '--seed',
    '1',
    '--out',
    folder,
    '--reporter',
    'terminal',
    '--reporter',
    'json',
  ];
  const child = spawn(process.execPath, [MAIN, 'run', ...target, ...how, ...args], {
    cwd: folder,
    env: { PATH, TMPDIR: folder, ...env },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', chunk => {
      printed += chunk;
    });
  }
  const [code] = await once(child, 'close');
  const names = await readdir(folder, { recursive: true });
  const files: Record<string, string> = {};
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    if (text !== '') files[name] = text;
  }
  await rm(folder, { recursive: true, force: true });
  return { code, printed, files };
}

const { token, forbiddenToken, ak, sk, securityToken, password } = CANARIES;
const LOGIN = ['--username', 'someone', '--domain', 'any', '--project-name', 'mock'];

/** Node and vitest tell all that they can. */
const DEBUG = { NODE_DEBUG: 'worker,http,net,tls,undici,fetch,child_process,fs', DEBUG: '*' };

test.each([
  ['a token', { FGS_TOKEN: token, FGS_FORBIDDEN_TOKEN: forbiddenToken }, [], '$FGS_TOKEN'],
  ['an access key', { FGS_AK: ak, FGS_SK: sk, FGS_FORBIDDEN_TOKEN: forbiddenToken }, [], '$FGS_SK'],
  [
    'a temporary key',
    { FGS_AK: ak, FGS_SK: sk, FGS_SECURITY_TOKEN: securityToken },
    [],
    '$FGS_SECURITY_TOKEN',
  ],
  ['a password', { FGS_PASSWORD: password }, LOGIN, '$FGS_PASSWORD'],
  [
    'a token, with all debug output',
    { FGS_TOKEN: token, FGS_FORBIDDEN_TOKEN: forbiddenToken, ...DEBUG },
    [],
    '$FGS_TOKEN',
  ],
  ['a password, with all debug output', { FGS_PASSWORD: password, ...DEBUG }, LOGIN, '$FGS_PASSWORD'],
])('a run with %s leaves none of it behind', async (_, env, args, placeholder) => {
  const iam = args.length === 0 ? [] : ['--iam-url', echoing];
  const { code, printed, files } = await run(env, ...args, ...iam);
  expect(code).toBe(1);
  const report = files['report.json'] ?? '';
  expect(report).toContain(placeholder);
  expect(report).toContain('elsewhere.example');
  expect(leaksIn(printed)).toEqual([]);
  for (const [name, text] of Object.entries(files)) expect([name, leaksIn(text)]).toEqual([name, []]);
});

test('a login that IAM refuses, echoing the password, shows none of it', async () => {
  const { code, printed, files } = await run(
    { FGS_PASSWORD: `${password} not` },
    ...LOGIN,
    '--iam-url',
    echoing,
  );
  expect(code).toBe(3);
  expect(printed).toContain('refused the user name, the password or the domain (401)');
  expect(leaksIn(printed)).toEqual([]);
  for (const text of Object.values(files)) expect(leaksIn(text)).toEqual([]);
});
