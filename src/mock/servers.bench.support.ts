/** Servers in processes of their own, so that a benchmark's client does not share their time. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command as it was built. */
export const COMMAND = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** A server in a process of its own. */
export interface Served {
  readonly url: string;
  stop(): void;
}

/** Starts a process. */
export function launch(url: string, file: string, args: readonly string[]): Served {
  const child = spawn(file, args, { cwd: root, stdio: 'ignore' });
  return { url, stop: () => void child.kill() };
}

/** Starts a process and waits for the first line of its output. */
async function announced(args: readonly string[]): Promise<{ readonly line: string; stop(): void }> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  return { line: await firstLine(child), stop: () => void child.kill() };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The process has no output.');
  const [line] = await once(createInterface(stdout), 'line');
  return String(line);
}

/** A bare Fastify route that answers every publish request with the same bytes. */
export async function serveBytes(body: string): Promise<Served> {
  const { line, stop } = await announced([
    '--input-type=module',
    '--eval',
    `import fastify from 'fastify';
     const bytes = Buffer.from(process.argv[1]);
     const server = fastify();
     server.post('/v2/:project_id/fgs/functions/:function_urn/versions', (request, reply) => {
       reply.header('content-type', 'application/json').send(bytes);
     });
     console.log(await server.listen({ host: '127.0.0.1', port: 0 }));`,
    body,
  ]);
  return { url: line, stop };
}

/** The mock server as the command starts it. */
export async function serveMock(): Promise<Served & { readonly path: string; readonly token: string }> {
  const { line, stop } = await announced([COMMAND, 'mock', '--port', '0', '--format', 'json']);
  const { url, projectId, token } = JSON.parse(line);
  return { url, stop, token, path: `/v2/${projectId}/fgs/functions` };
}
