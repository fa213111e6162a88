/** Servers in processes of their own, so that a benchmark's client does not share their time. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command as it was built. */
export const COMMAND = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

/** A server in a process of its own, and the first line that it printed. */
export interface Served {
  readonly line: string;
  stop(): void;
}

/** Starts a process and waits for the first line on its output that the pattern fits. */
export async function serve(file: string, args: readonly string[], ready = /./): Promise<Served> {
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await firstLine(child, ready);
  return { line, stop: () => void child.kill() };
}

async function firstLine({ stdout }: ChildProcess, ready: RegExp): Promise<string> {
  if (stdout === null) throw new Error('The process has no output.');
  const lines = createInterface(stdout);
  for (;;) {
    const [line]: string[] = await once(lines, 'line');
    if (line !== undefined && ready.test(line)) return line;
  }
}

/** A bare Fastify route that answers every publish request with the same bytes. */
export async function serveBytes(body: string): Promise<Served & { readonly url: string }> {
  const served = await serve(process.execPath, [
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
  return { ...served, url: served.line };
}

/** The mock server as the command starts it. */
export async function serveMock(): Promise<
  Served & { readonly url: string; readonly path: string; readonly token: string }
> {
  const served = await serve(process.execPath, [COMMAND, 'mock', '--port', '0', '--format', 'json']);
  const { url, projectId, token } = JSON.parse(served.line);
  return { ...served, url, token, path: `/v2/${projectId}/fgs/functions` };
}
