import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type MockOptions, type MockServer, startMock } from '../mock/index.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import { parseReport } from '../report/index.ts';
import {
  creation,
  entry,
  exchange,
  har,
  publication,
  refusal,
  TOKEN,
  VERSION,
} from '../traffic/recordings.test.support.ts';
import type { Report } from '../verdict/report.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fgs-traffic-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with what stands between the parentheses once something like this was printed. */
  printed(pattern: RegExp): Promise<string>;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { PATH, ...env } });
  opened.push(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  let wake = (): void => undefined;
  child.stdout.on('data', chunk => {
    stdout += chunk;
    wake();
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
    wake();
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }));
  const printed = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const match = pattern.exec(stdout + stderr);
      if (match !== null) return match[1] ?? '';
      const woken = new Promise<void>(resolve => {
        wake = resolve;
      });
      await Promise.race([
        woken,
        ended.then(({ stderr: said }) => Promise.reject(new Error(`It ended: ${said}`))),
      ]);
    }
  };
  return { child, ended, printed };
}

function cli(args: readonly string[], stdin?: string): Promise<Ended> {
  const { child, ended } = start(args);
  child.stdin?.end(stdin ?? '');
  return ended;
}

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return name;
}

async function reportIn(out: string): Promise<Report> {
  return parseReport(await readFile(join(folder, out, 'report.json'), 'utf8'));
}

function failing({ clauses }: Report): readonly string[] {
  return clauses
    .filter(({ verdict, level }) => verdict === 'fail' && level !== 'informative')
    .map(({ id }) => id);
}

const wrong = publication({ ...VERSION, memory_size: 129 });

describe('judge', () => {
  test('a conforming recording ends conformant', async () => {
    const foreign = entry(exchange('GET', '/assets/app.js', 200));
    await file(
      'good.har',
      har(foreign, entry(creation()), entry(publication()), entry(refusal(404, 'FSS.1051'))),
    );
    const { code, stdout, stderr } = await cli(['judge', 'good.har', '--out', 'good']);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/\nconformant: .*\nreport: good\/report\.json\n$/);
    expect(stderr).toBe('good.har: 3 exchanges judged, 1 left alone that are not of this API\n');
    const { run, target, summary } = await reportIn('good');
    expect(target.endpoint).toBe('https://functiongraph.example.com');
    expect(run).toMatchObject({ profile: 'recorded', exchanges: 3 });
    expect(summary.clauses.pass).toBeGreaterThan(60);
  });

  test('a wrong one ends nonconformant, with the finding and a line that repeats the request', async () => {
    await file('wrong.har', har(entry(wrong)));
    const { code, stdout } = await cli(['judge', 'wrong.har', '--out', 'wrong']);
    expect(code).toBe(1);
    expect(stdout).toContain('memory_size is 129; documented: 128, 256');
    const report = await reportIn('wrong');
    expect(failing(report)).toEqual(['body.memory_size.values']);
    const [finding] = report.clauses.find(({ id }) => id === 'body.memory_size.values')?.findings ?? [];
    expect(finding?.reproduce).toContain('"X-Auth-Token: $FGS_TOKEN"');
    expect(JSON.stringify(report) + stdout).not.toContain(TOKEN);
  });

  test('several files, JSON and the standard input among them', async () => {
    await file('one.json', JSON.stringify(publication()));
    const stdin = JSON.stringify({ exchanges: [wrong] });
    const { code, stdout } = await cli(
      ['judge', 'one.json', '-', '--reporter', 'json', '--out', 'several'],
      stdin,
    );
    expect(code).toBe(1);
    const report = parseReport(stdout);
    expect(report.run.exchanges).toBe(2);
    expect(failing(report)).toEqual(['body.memory_size.values']);
  });

  test('the body of a 200 answer alone', async () => {
    await file('body.json', JSON.stringify(exampleVersion));
    expect(await cli(['judge', '--body', 'body.json', '--out', 'body'])).toMatchObject({ code: 0 });
    const report = await reportIn('body');
    const exercised = report.clauses.filter(({ verdict }) => verdict !== 'not-exercised');
    expect(exercised.length).toBeGreaterThan(50);
    expect(exercised.filter(({ id }) => !id.startsWith('body.'))).toEqual([]);
    await file('body.json', JSON.stringify({ ...exampleVersion, timeout: 2 }));
    expect(await cli(['judge', '--body', 'body.json', '--out', 'body'])).toMatchObject({ code: 1 });
  });

  test('against recommended clauses and a known project, when asked', async () => {
    await file('cpu.json', JSON.stringify(publication({ ...VERSION, cpu: 50 })));
    expect(await cli(['judge', 'cpu.json'])).toMatchObject({ code: 0 });
    expect(await cli(['judge', 'cpu.json', '--fail-on', 'recommended'])).toMatchObject({ code: 1 });
    const { code, stdout } = await cli(['judge', 'cpu.json', '--project-id', 'other']);
    expect(code).toBe(1);
    expect(stdout).toContain('request.project_id.foreign');
  });

  test('a recording without this API is inconclusive', async () => {
    await file('none.har', har(entry(exchange('GET', '/', 200))));
    const { code, stdout } = await cli(['judge', 'none.har']);
    expect(code).toBe(3);
    expect(stdout).toContain('inconclusive: no clause was exercised');
  });

  test.each([
    ['missing.har', undefined, 'missing.har does not exist.'],
    ['empty.har', '', 'empty.har is empty.'],
    [
      'cut.har',
      '{"log":{"entries":[{"request":{"headers":[{"value":"s3cret',
      'cut.har is no JSON: it ends too early.',
    ],
    ['text.har', 'GET / HTTP/1.1', 'text.har is no JSON: the mistake is in line 1, column 1.'],
    [
      'entry.har',
      '{"log":{"entries":[{"request":{}}]}}',
      'entry.har: log.entries[0].request.method must be a text.',
    ],
    [
      'body.har',
      JSON.stringify(exampleVersion),
      'body.har: it is no exchange; with --body it is read as the body of a 200 answer.',
    ],
  ])('%s is a usage error in one sentence', async (name, text, message) => {
    if (text !== undefined) await file(name, text);
    const { code, stdout, stderr } = await cli(['judge', name]);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `fgs-conformance: ${message}\n`,
    });
  });
});

describe('proxy', () => {
  async function mock(options: MockOptions = {}): Promise<MockServer> {
    const server = await startMock(options);
    opened.push(() => server.close());
    return server;
  }

  async function proxyTo(
    { url }: MockServer,
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
