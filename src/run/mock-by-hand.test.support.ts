/** The guide to mock servers by hand: its files, and a server of it that runs. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export const guide = new URL('mock-by-hand.md', import.meta.url);

/** Writes the files of the guide into a folder of their own, which is there for as long as the test; answers it. */
export async function filesOfGuide(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fgs-by-hand-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const text = await readFile(guide, 'utf8');
  for (const [, file = '', code = ''] of text.matchAll(/```js\n\/\/ (\S+\.mjs)\n([\s\S]*?)```/g))
    await writeFile(join(folder, file), code);
  const [, pact = ''] = /```json\n([\s\S]*?)```/.exec(text) ?? [];
  await writeFile(join(folder, 'my-console.json'), pact);
  return folder;
}

/** Starts a server of the guide for one test; answers its address. */
export async function startedIn(folder: string, name: string): Promise<string> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(folder, name)], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill());
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
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await sleep(50);
  }
  throw new Error('The server has ended.');
}
