import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems hand out by themselves, above those of well-known services. */
const FIRST = 20_000;
const LAST = 32_000;

/**
 * A port of the loopback address that nobody listens on. Left to itself, Pact's mock server takes a port that
 * it shares with mock servers of other processes, which then answer each other's requests.
 *
 * @throws Error when there is none
 */
export async function unusedPort(): Promise<number> {
  for (let attempts = 0; attempts < 100; attempts++) {
    const port = randomInt(FIRST, LAST);
    if (await isUnused(port)) return port;
  }
  throw new Error(`There is no unused port from ${FIRST} to ${LAST}.`);
}

async function isUnused(port: number): Promise<boolean> {
  const server = createServer().listen({ host: '127.0.0.1', port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
