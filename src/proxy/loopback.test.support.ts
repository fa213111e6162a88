/** Targets and proxies on the loopback interface for the tests of this room. */

import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { TOKEN, VERSION } from '../traffic/recordings.test.support.ts';
import type { CapturedExchange } from './captured.ts';
import { createCapturedJudge } from './captured-judge.ts';
import { type ProxyOptions, startProxy, type TrafficProxy } from './proxy.ts';

/** Listens for one test; answers the URL. */
export async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface ProxyUnderTest {
  readonly proxy: TrafficProxy;
  /** Exchanges of this API, as they ended. */
  readonly captured: CapturedExchange[];
  /** Resolves once so many exchanges were kept. */
  ended(count: number): Promise<void>;
}

export async function proxyTo(
  endpoint: string,
  options: Partial<ProxyOptions> = {},
): Promise<ProxyUnderTest> {
  const captured: CapturedExchange[] = [];
  let wake: (() => void) | undefined;
  const onExchange = (each: CapturedExchange): void => {
    captured.push(each);
    wake?.();
  };
  const proxy = await startProxy({ endpoint, ...options, onExchange });
  onTestFinished(() => proxy.close());
  const ended = async (count: number): Promise<void> => {
    while (captured.length < count) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
  };
  return { proxy, captured, ended };
}

export async function proxyFor(target: RequestListener): Promise<ProxyUnderTest> {
  const server = createServer(target);
  onTestFinished(() => server.closeAllConnections());
  return proxyTo(await listening(server));
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

export async function send(
  { url }: TrafficProxy,
  path: string,
  { method = 'POST', headers = {}, body }: Sent = {},
): Promise<{ answer: IncomingMessage; body: string }> {
  const outgoing = request(`${url}${path}`, {
    method,
    agent: new Agent(),
    headers: { 'x-auth-token': TOKEN, 'content-type': 'application/json', ...headers },
  });
  outgoing.end(body);
  const [answer] = await once(outgoing, 'response');
  return { answer, body: await text(answer) };
}

/** A target that publishes whatever it is asked. */
export const publishes: RequestListener = (incoming, response) => {
  incoming.resume().on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(VERSION));
  });
};

/** Clauses that the exchanges break. */
export async function brokenBy(
  captured: readonly CapturedExchange[],
  projectId?: string,
): Promise<readonly string[]> {
  const judge = createCapturedJudge(projectId);
  for (const each of captured) await judge.judge(each);
  const { clauses } = judge.evidence();
  return Object.keys(clauses).filter(id => (clauses[id]?.violations ?? 0) > 0);
}
