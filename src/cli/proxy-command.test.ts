import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type MockOptions, type MockServer, startMock } from '../mock/index.ts';
import { listening } from '../proxy/loopback.test.support.ts';
import { parseReport } from '../report/index.ts';
import { cli, failing, file, reportIn, type Started, start } from './command.test.support.ts';

describe('proxy', () => {
  async function mock(options: MockOptions = {}): Promise<MockServer> {
    const server = await startMock(options);
    onTestFinished(() => server.close());
    return server;
  }

  async function proxyTo(
    { url }: Pick<MockServer, 'url'>,
    ...more: readonly string[]
  ): Promise<Started & { readonly url: string }> {
    const started = start(['proxy', '--endpoint', url, '--port', '0', ...more]);
    return { ...started, url: await started.printed(/listening on (http:\S+),/) };
  }

  /** Creates a function and publishes it. */
  async function use(url: string, { projectId, token }: MockServer): Promise<void> {
    const headers = { 'x-auth-token': token, 'content-type': 'application/json' };
    const functions = `${url}/v2/${projectId}/fgs/functions`;
    const configuration = {
      func_name: 'f',
      package: 'default',
      runtime: 'Python3.9',
      timeout: 3,
      handler: 'a.b',
    };
    const func_code = { file: Buffer.from('def b(): pass').toString('base64') };
    const body = JSON.stringify({ ...configuration, memory_size: 128, code_type: 'inline', func_code });
    const created = await fetch(functions, { method: 'POST', headers, body });
    const { func_urn } = (await created.json()) as { func_urn: string };
    const published = await fetch(`${functions}/${func_urn}/versions`, {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect(published.status).toBe(200);
  }

  test('a whole run through it is judged, and nothing is held against a conforming server', async () => {
    const server = await mock();
    const proxy = await proxyTo(server, '--project-id', server.projectId, '--out', 'proxied');
    const run = start(
      [
        'run',
        '--endpoint',
        proxy.url,
        '--project-id',
        server.projectId,
        '--seed',
        '1',
        '--profile',
        'smoke',
        '--out',
        'run',
      ],
      { FGS_TOKEN: server.token },
    );
    expect((await run.ended).code).toBe(0);
    proxy.child.kill('SIGINT');
    const { code, stdout } = await proxy.ended;
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/✓ POST \/v2\/\S+\/versions 200 in \d+ ms · \d+ clauses/);
    expect(stdout).toMatch(/\nconformant: .*\nreport: proxied\/report\.json\n$/);
    expect(stdout).not.toContain(server.token);
    const report = await reportIn('proxied');
    expect(report.run).toMatchObject({ profile: 'proxied' });
    expect(report.summary.clauses.pass).toBeGreaterThan(100);
  });

  test('a wrong answer is shown when it passes, and in the report at the end', async () => {
    const server = await mock({ fault: 'body.timeout.range' });
    const proxy = await proxyTo(server, '--out', 'wrongly-proxied');
    await use(proxy.url, server);
    await proxy.printed(/(✗ body\.timeout)/);
    proxy.child.kill('SIGTERM');
    const { code, stdout } = await proxy.ended;
    expect(code).toBe(1);
    expect(stdout).toContain('nonconformant');
    expect(failing(await reportIn('wrongly-proxied'))).toContain('body.timeout.range');
  });

  test('what a proxy or a login in between answers is told, and not judged', async () => {
    const server = createServer((_, response) => {
      response.writeHead(302, { location: 'https://login.example.com/sso?ticket=s3cret' }).end();
    });
    onTestFinished(() => server.closeAllConnections());
    const proxy = await proxyTo({ url: await listening(server) }, '--out', 'login-proxied');
    const answer = await fetch(`${proxy.url}/v2/p/fgs/functions/f/versions`, {
      method: 'POST',
      redirect: 'manual',
    });
    expect(answer.status).toBe(302);
    proxy.child.kill('SIGINT');
    const { code, stdout } = await proxy.ended;
    expect(code).toBe(3);
    expect(stdout).toContain(
      '1 were not judged: the API did not answer them (1 where something redirects to https://login.example.com/sso (302))',
    );
    expect(stdout).not.toContain('s3cret');
  });

  test('with a report for programs, nothing else is on the standard output', async () => {
    const server = await mock();
    const proxy = await proxyTo(server, '--reporter', 'json', '--out', 'for-programs');
    await use(proxy.url, server);
    await proxy.printed(/(versions 200)/);
    proxy.child.kill('SIGINT');
    const { code, stdout, stderr } = await proxy.ended;
    expect(code).toBe(0);
    expect(parseReport(stdout).run.exchanges).toBe(2);
    expect(stderr).toContain('listening on');
  });

  test.each([
    [
      'a port that is taken',
      ['--port', 'TAKEN'],
      /^fgs-conformance: Port \d+ of 127\.0\.0\.1 is in use\.\n$/,
    ],
    [
      'a host that nobody knows',
      ['--endpoint', 'http://nowhere.invalid'],
      /nowhere\.invalid, is not known\.\n$/,
    ],
    ['an address of another machine', ['--host', '192.0.2.1'], /192\.0\.2\.1 is no address of this machine/],
    ['certificates that are none', ['--cacert', 'junk.pem'], /holds no certificate: .*\(PEM\)\.\n$/],
    [
      'an endpoint with a query',
      ['--endpoint', 'http://127.0.0.1:1/?token=s3cret'],
      /^(?!.*s3cret).* a query .*\n$/,
    ],
    ['an endpoint with a user name', ['--endpoint', 'http://someone@127.0.0.1:1'], /holds a user name .*\n$/],
  ])('does not start with %s, and says so in one sentence', async (_, options, message) => {
    const server = await mock();
    await file('junk.pem', 'junk');
    const given = options.map(option => (option === 'TAKEN' ? new URL(server.url).port : option));
    const { code, stdout, stderr } = await cli(['proxy', '--endpoint', server.url, ...given]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  test('goes on when nobody reads its output any more, and still says what it found', async () => {
    const server = await mock({ fault: 'body.timeout.range' });
    const proxy = await proxyTo(server, '--out', 'unread');
    proxy.child.stdout?.destroy();
    await use(proxy.url, server);
    const { status } = await fetch(`${proxy.url}/v1/servers`);
    expect(status).toBe(404);
    proxy.child.kill('SIGTERM');
    expect((await proxy.ended).code).toBe(1);
    expect(failing(await reportIn('unread'))).toContain('body.timeout.range');
  });

  test('names what it only forwards: other operations of the API, and other services', async () => {
    const server = await mock();
    const proxy = await proxyTo(server, '--out', 'only-forwarded');
    await use(proxy.url, server);
    const functions = `${proxy.url}/v2/${server.projectId}/fgs/functions`;
    const headers = { 'x-auth-token': server.token };
    await fetch(`${functions}/f/aliases`, { headers });
    await fetch(`${functions}/f/async-invoke-config`, { method: 'DELETE', headers });
    await fetch(`${proxy.url}/v1/servers`, { headers });
    proxy.child.kill('SIGHUP');
    const { stdout } = await proxy.ended;
    expect(stdout).toContain('1 exchanges of other services were only forwarded');
    expect(stdout).toContain('2 exchanges of operations that are not judged were only forwarded');
    expect(stdout).not.toContain('broken off');
  });

  test('without traffic it is inconclusive, and without an endpoint a usage error', async () => {
    const proxy = await proxyTo(await mock(), '--out', 'idle');
    proxy.child.kill('SIGINT');
    expect(await proxy.ended).toMatchObject({ code: 3 });
    const { code, stderr } = await cli(['proxy']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'fgs-conformance: proxy needs --endpoint: where everything is forwarded to.\n',
    });
  });
});
