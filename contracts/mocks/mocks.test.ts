/**
 * Mock servers that others wrote, started from the OpenAPI document: what each is good for, and what the suite
 * says of it, as the guide tells it. `npm run test:mocks`; with `FGS_WRITE_TABLES=1` it writes the guide’s tables.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { judgeBody } from '../../src/judge/judge.ts';
import { openApiDocument } from '../../src/page/openapi/index.ts';
import { exampleRequest, exampleVersion } from '../../src/page/tables/examples.ts';
import { parseFullUrn } from '../../src/page/urn.ts';
import { run as runSuite } from '../../src/run/run.ts';
import { build, missingTool } from '../other-programs.test.support.ts';
import { type MockedBy, servers } from './servers.test.support.ts';
import { failuresTable, reasonsTable, repeatable, runsTable, type Seen } from './table.test.support.ts';
import type { MockedDocument } from './wiremock-mappings.test.support.ts';

const GUIDE = new URL('../../src/page/openapi/openapi.md', import.meta.url);
const document = JSON.parse(JSON.stringify(openApiDocument('1.0.0'))) as MockedDocument;
const functionUrn = exampleVersion.func_urn;
const projectId = parseFullUrn(functionUrn)?.projectId ?? '';

const seen: Seen[] = [];
const undo: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(undo.map(each => each())));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Starts a server from the document in a folder of its own; answers its address. */
async function started({ name, build: commands, start }: MockedBy): Promise<string> {
  const built = await build(fileURLToPath(new URL(name, import.meta.url)), commands);
  const cwd = await mkdtemp(join(tmpdir(), `fgs-${name}-`));
  await writeFile(join(cwd, 'openapi.json'), JSON.stringify(document));
  const port = await freePort();
  const [command, ...args] = await start({ built, cwd, port, document });
  const child = spawn(command, args, { cwd, stdio: 'ignore' });
  undo.push(async () => {
    child.kill('SIGKILL');
    await rm(cwd, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return url;
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; child.exitCode === null && tries < 600; tries++) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await pause(200);
  }
  throw new Error(`${child.spawnfile} does not answer.`);
}

interface Publication {
  readonly urn?: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
}

function publish(url: string, publication: Publication): Promise<Response> {
  const { urn = functionUrn, body = { description: 'not one of the examples' }, token = 't' } = publication;
  const hasToken = !('token' in publication) || publication.token !== undefined;
  return fetch(`${url}/v2/${projectId}/fgs/functions/${urn}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(hasToken ? { 'x-auth-token': token } : {}) },
    body: JSON.stringify(body),
  });
}

/** What the document says that it is not allowed. */
const NOT_ALLOWED: Readonly<Record<string, Publication>> = {
  'a malformed URN': { urn: 'arn:fss:r:p:function:default:f' },
  'a version that is a number': { body: { version: 1 } },
  'a body that is an array': { body: [] },
  'a description that is too long': { body: { description: 'x'.repeat(513) } },
  'no token': { token: undefined },
};

describe.each(servers)('$title', server => {
  test('answers as the document says, and the suite says what it does wrong', async ({ skip }) => {
    const missing = await missingTool(server.toolchain);
    if (missing !== undefined) skip(`${missing} is not there`);
    const url = await started(server);

    const answer = await publish(url, { body: exampleRequest });
    expect(answer.status).toBe(200);
    const { findings } = judgeBody(await answer.text());
    expect(findings.filter(({ level }) => level === 'required')).toEqual([]);

    const refused = new Set<string>();
    for (const [what, publication] of Object.entries(NOT_ALLOWED)) {
      const { status } = await publish(url, publication);
      if (status >= 400 && status < 500) refused.add(what);
    }
    expect([...refused]).toEqual(server.validates ? Object.keys(NOT_ALLOWED) : []);

    const options = { endpoint: url, projectId, functionUrn, token: 't', seed: 1 };
    // One request at a time: where a server dies, it is the same each time.
    const { report } = await runSuite({ ...options, concurrency: 1, timeoutMs: 3000 });
    expect(report.summary.verdict).toBe('nonconformant');
    seen.push({ title: server.title, report, isRandom: server.answersAtRandom === true });
  });
});

/** A guide with what stands between two markers replaced. */
function filled(text: string, name: string, content: string): string {
  const begin = `<!-- ${name}: npm run test:mocks -->\n`;
  const end = `\n<!-- /${name} -->`;
  const at = text.indexOf(begin) + begin.length;
  return `${text.slice(0, at)}${content}${text.slice(text.indexOf(end, at))}`;
}

test('the tables of the guide are what was seen', async ({ skip }) => {
  if (seen.length < servers.length) skip('not every server could be started');
  const guide = await readFile(GUIDE, 'utf8');
  const tables = [
    ['runs', runsTable(seen)],
    ['failures', failuresTable(seen)],
    ['reasons', reasonsTable(seen)],
  ] as const;
  const current = tables.reduce((text, [name, table]) => filled(text, name, table), guide);
  if (process.env.FGS_WRITE_TABLES === '1') return writeFile(GUIDE, current);
  const random = seen.filter(({ isRandom }) => isRandom).map(({ title }) => title);
  const expected = repeatable(current, random);
  expect(repeatable(guide, random), 'FGS_WRITE_TABLES=1 npm run test:mocks writes them').toBe(expected);
});
