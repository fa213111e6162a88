/** Servers for tests of commands that speak to one. */

import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type MockOptions, type MockServer, startMock } from '../mock/index.ts';

export async function mock(options: MockOptions = {}): Promise<MockServer> {
  const server = await startMock(options);
  onTestFinished(() => server.close());
  return server;
}

/** Arguments and environment for a run against the server. */
export function against(server: MockServer, ...more: readonly string[]): [string[], Record<string, string>] {
  const args = ['run', '--endpoint', server.url, '--project-id', server.projectId, '--seed', '1', ...more];
  const env = {
    FGS_TOKEN: server.token,
    FGS_FORBIDDEN_TOKEN: server.forbiddenToken,
    FGS_STATES_URL: server.statesUrl,
  };
  return [args, env];
}

/** Names of the functions that the server has. */
export async function functionsOf({ url, projectId, token }: MockServer): Promise<readonly string[]> {
  const answer = await fetch(`${url}/v2/${projectId}/fgs/functions`, { headers: { 'x-auth-token': token } });
  const { functions }: { functions: { func_name: string }[] } = JSON.parse(await answer.text());
  return functions.map(({ func_name: name }) => name);
}

/** Counts the requests that go through it. */
export async function countingForwarder(target: string) {
  let count = 0;
  let wake: (() => void) | undefined;
  const server = createServer((request, response) => {
    count++;
    wake?.();
    const { method, url, headers } = request;
    const onward = forward(`${target}`, { method, path: url, headers, agent: false }, answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => count,
    /** Resolves once so many requests came. */
    after: (requests: number) =>
      new Promise<void>(resolve => {
        wake = () => count >= requests && resolve();
        wake();
      }),
  };
}
