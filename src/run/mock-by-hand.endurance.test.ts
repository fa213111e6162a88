/** The commands of the guide, as they stand there, on its servers: each is content. */

import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { commandsIn } from '../cli/documents.test.support.ts';
import { filesOfGuide, startedIn } from './mock-by-hand.test.support.ts';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** The commands after each `node server.mjs &`. */
const parts: { readonly server: string; readonly commands: string[] }[] = [];
for (const command of commandsIn('src/run/mock-by-hand.md')) {
  const server = /^node (\S+) &$/.exec(command)?.[1];
  if (server !== undefined) parts.push({ server, commands: [] });
  else parts.at(-1)?.commands.push(command);
}

/** Stands for the broker: serves the pact of the guide. */
async function pactAt(folder: string): Promise<string> {
  const pact = await readFile(join(folder, 'my-console.json'));
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/hal+json' }).end(pact),
  );
  onTestFinished(() => void server.close());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sh(command: string, cwd: string): Promise<{ code: number | null; said: string }> {
  const child = spawn('sh', ['-c', command], { cwd });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += String(chunk)));
  return new Promise(resolve => child.on('close', code => resolve({ code, said })));
}

test('the guide has commands for each server', () => {
  expect(parts.map(({ server }) => server)).toEqual(['publishes.mjs', 'states.mjs', 'states.mjs']);
  expect(parts.flatMap(({ commands }) => commands)).toHaveLength(7);
});

test.each(parts)(
  'the commands for $server do what they say: $commands.length',
  async ({ server, commands }) => {
    const folder = await filesOfGuide();
    const url = await startedIn(folder, server);
    const pacts = await pactAt(folder);
    for (const command of commands) {
      const local = command
        .replace('npx fgs-conformance', `"${process.execPath}" "${MAIN}"`)
        .replaceAll('http://127.0.0.1:8080', url)
        .replaceAll('http://127.0.0.1:9292', pacts);
      const { code, said } = await sh(local, folder);
      expect(code, said).toBe(0);
      if (!command.includes('generate')) expect(said).toMatch(/^conformant: /m);
      if (command.includes('--pact-url')) expect(said).toContain('conformant: 1 interaction holds');
    }
  },
);

test('a server that does not do what a consumer needs is told so', async () => {
  const folder = await filesOfGuide();
  const url = await startedIn(folder, 'publishes.mjs');
  const options = `--endpoint ${url} --project-id p1 --token t1 --function-urn urn:fss:r1:p1:function:default:hello`;
  // It knows one function, which has less memory.
  const pact = await readFile(join(folder, 'my-console.json'), 'utf8');
  await writeFile(join(folder, 'other.json'), pact.replace(/, "params": \{[^}]*\}/, ''));
  const { code, said } = await sh(
    `"${process.execPath}" "${MAIN}" pact verify --dir other.json ${options}`,
    folder,
  );
  expect(code, said).toBe(1);
  expect(said).toContain('memory_size: Expected 128 (Integer) to be equal to 256 (Integer)');
});
