/** The servers of the guide, as they stand there: what the suite says of each. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RunOptions } from './options.ts';
import { run } from './run.ts';

const guide = new URL('mock-by-hand.md', import.meta.url);

/** Writes the servers into a folder of their own, and starts one; answers its address. */
async function serverOf(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-by-hand-'));
  const text = await readFile(guide, 'utf8');
  for (const [, file = '', code = ''] of text.matchAll(/```js\n\/\/ (\S+\.mjs)\n([\s\S]*?)```/g)) {
    await writeFile(join(folder, file), code);
  }
  const port = await freePort();
  const child = spawn(process.execPath, [join(folder, name)], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return url;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await sleep(50);
  }
  throw new Error('The server has ended.');
}

async function reportOn(options: RunOptions) {
  const { report, remaining } = await run({ projectId: 'p1', token: 't1', seed: 1, ...options });
  expect(remaining).toEqual([]);
  const failing = report.clauses.filter(({ verdict, level }) => verdict === 'fail' && level === 'required');
  expect(failing.map(({ id, findings }) => [id, findings[0]?.message])).toEqual([]);
  expect(report.summary.verdict).toBe('conformant');
  return report;
}

const NOT_SEEN = 'no exchange of this run was evidence for it';

test('a server that answers publishing is asked every way in which a request can be wrong', async () => {
  const endpoint = await serverOf('publishes.mjs');
  const functionUrn = 'urn:fss:r1:p1:function:default:hello';
  const { clauses } = await reportOn({ endpoint, functionUrn, forbiddenToken: 't2' });
  const left = clauses.filter(
    ({ verdict, id }) => verdict === 'not-exercised' && /^request\.|^robustness/.test(id),
  );
  const unchanged =
    /\.taken|republish|elsewhere|absent-version|absent-alias|short-form|accepted$|digest|forms$|code$/;
  expect(left.map(({ id }) => id).filter(id => !unchanged.test(id))).toEqual([]);
  expect(clauses.filter(({ reason }) => reason === NOT_SEEN)).toEqual([]);
});

test('a server with provider states is asked for every documented value as well', async () => {
  const endpoint = await serverOf('states.mjs');
  const statesUrl = `${endpoint}/provider-states`;
  const { clauses } = await reportOn({ endpoint, statesUrl, arrange: 'states' });
  const exercised = (prefix: string) =>
    clauses.filter(({ id, verdict }) => id.startsWith(prefix) && verdict === 'pass').length;
  expect(exercised('body.')).toBeGreaterThan(150);
  expect(exercised('request.permission.')).toBeGreaterThan(0);
  expect(clauses.filter(({ reason }) => reason === NOT_SEEN)).toEqual([]);
});
