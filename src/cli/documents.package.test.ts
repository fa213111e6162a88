/** Every command and every example of the documents runs as it stands; placeholders become a mock server of this test. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MockServer, startMock } from '../mock/index.ts';
import { exampleVersion } from '../page/tables/examples.ts';
import { commandsIn, documents, filesIn, ROOT } from './documents.test.support.ts';

const MAIN = fileURLToPath(new URL('dist/src/cli/main.js', ROOT));

/** Commands that are run elsewhere, and where; the rest runs here. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [
    / pact (?:publish|can-i-deploy)| --enable-pending | --pact-url |--publish-results/,
    'they need a broker: contracts/broker.test.ts',
  ],
  [
    /^npx (?:@|specmatic)|--token any/,
    'they are about mock servers of others: contracts/mocks/mocks.test.ts',
  ],
  [/^npm |PRISM|^\.ci/, 'they are about npm or other software: .ci/run'],
];

/** Commands that run until they are stopped. */
const STAYS = / (?:mock (?!--fault list)|proxy )|^node own-mock/;

/** Its servers are files of other tests. */
const BY_HAND = 'src/run/mock-by-hand.md';

const guides = documents.filter(
  document => document !== BY_HAND && commandsRunIn(document).length + filesIn(document).size > 0,
);

/** Its commands but for those that are run elsewhere. */
function commandsRunIn(document: string): readonly string[] {
  return commandsIn(document).filter(each => !ELSEWHERE.some(([pattern]) => pattern.test(each)));
}

let folder: string;
let server: MockServer;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fgs-documents-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(fileURLToPath(ROOT), join(folder, 'node_modules/fgs-conformance'));
  for (const name of ['vitest', 'fast-check'])
    await symlink(fileURLToPath(new URL(`node_modules/${name}`, ROOT)), join(folder, 'node_modules', name));
  server = await startMock({ projectId: 'p1', token: 't1' });
  await sh('npx fgs-conformance run --profile smoke --fail-on recommended --reporter har');
  const request = {
    method: 'POST',
    url: 'https://h/v2/p1/fgs/functions/f/versions',
    headers: {},
    body: '{}',
  };
  const response = { status: 404, headers: {}, body: '{"error_code":"FSS.1051","error_msg":"none"}' };
  await writeFile(join(folder, 'exchanges.json'), JSON.stringify([{ request, response }]));
  await writeFile(join(folder, 'functions.json'), '[{"func_name": "hello"}]');
  await writeFile(join(folder, 'answer.json'), JSON.stringify(exampleVersion));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of ['console.har', 'more.har'])
    await copyFile(join(folder, 'fgs-report', 'report.har'), join(folder, name));
});

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Ports that stand in documents, and those that are free here. */
const ports = new Map<string, number>();

async function freePort(port: string): Promise<number> {
  const known = ports.get(port);
  if (known !== undefined) return known;
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  const free = typeof address === 'object' && address !== null ? address.port : 0;
  ports.set(port, free);
  return free;
}

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs a command of a document in a shell, with this build in place of the installed package. */
async function sh(command: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const stays = STAYS.test(command);
  const local = (await withFreePorts(command))
    .replaceAll('npx fgs-conformance', `exec "${process.execPath}" "${MAIN}"`)
    .replaceAll('npx vitest', `exec "${process.execPath}" node_modules/vitest/vitest.mjs`)
    .replaceAll(/https:\/\/functiongraph\.example\.com|http:\/\/127\.0\.0\.1:8080/g, server.url)
    .replaceAll(/46b6f338fc34|--project-id ci/g, match => (match.startsWith('--') ? '--project-id p1' : 'p1'))
    .replaceAll(/--port \d+/g, '--port 0')
    .replace(/^(?:exec )?(.*?) *&$/, 'exec $1');
  const { PATH = '' } = process.env;
  // Journals of other runs on this machine are none of these commands’ business.
  const env = { PATH, TMPDIR: folder, FGS_TOKEN: 't1', ...environment };
  const child = spawn('sh', ['-c', local], { cwd: folder, env });
  let stderr = '';
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  if (stays) {
    await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
    if (!command.endsWith('&')) child.kill('SIGTERM');
    else {
      running.push(child);
      return { code: 0, stderr };
    }
  }
  child.stdout.resume();
  const [code] = child.exitCode === null ? await once(child, 'close') : [child.exitCode];
  return { code, stderr };
}

/** Fixed ports of examples may be taken here. */
async function withFreePorts(text: string): Promise<string> {
  return text.includes('8081') ? text.replaceAll('8081', String(await freePort('8081'))) : text;
}

describe.each(guides)('%s', document => {
  const commands = commandsRunIn(document);
  const files = filesIn(document);
  /** What the commands before exported. */
  const environment: Record<string, string> = {};

  beforeAll(async () => {
    for (const [name, text] of files) await writeFile(join(folder, name), await withFreePorts(text));
  });

  test.each(commands)('%s', { timeout: 120_000 }, async command => {
    if (command.startsWith('export ')) {
      for (const [, name = '', value = ''] of command.matchAll(/(\w+)=(\S+)/g))
        if (value !== '...') environment[name] = await withFreePorts(value);
      return;
    }
    const { code, stderr } = await sh(command, environment);
    expect(stderr).not.toMatch(/^\s+at /m);
    // A recording or a proxy without traffic shows nothing; that is a verdict, too.
    const isVerdict = / (?:judge|proxy) |--arrange none/.test(command) ? [0, 1, 3] : [0];
    expect(isVerdict, stderr).toContain(code);
  });

  const scripts = [...files.keys()].filter(name => name.endsWith('.js'));
  const examples = scripts.filter(name => !commands.some(command => command.includes(name)));
  test.each(examples)('%s', { timeout: 120_000 }, async name => {
    const text = files.get(name) ?? '';
    // A piece of a test that another document shows whole.
    if (text.includes('expect(response)') && !text.includes('test(')) return;
    const { url } = server;
    await writeFile(join(folder, name), text.replaceAll('http://127.0.0.1:8080', url));
    const run = name.endsWith('.test.js') ? `npx vitest run ${name}` : `exec node ${name}`;
    const { code, stderr } = await sh(run);
    expect(code, stderr).toBe(0);
  });
});
