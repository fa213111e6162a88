import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { askedFor } from '../run/asked-for.ts';
import type { Session } from '../run/session.ts';
import { answered, type TargetRequest } from '../target/index.ts';
import { createDoorStates, type DoorStates } from './door-states.ts';
import { type Episode, type Episodes, followEpisodes, INTERRUPTED } from './episode.ts';
import type { TokenUse } from './token-uses.ts';

/** What the verifier speaks to in place of the target: it arranges states and puts credentials on requests. */
export interface ProviderDoor {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  readonly statesUrl: string;
  /** The interactions so far. */
  episodes(): readonly Episode[];
  /** Tears down what the verifier did not, and stops listening. */
  close(): Promise<void>;
}

const STATES_PATH = '/_states';

/** The error code that says that there is nothing to publish. */
const NOTHING_CHANGED = 'FSS.1016';

/** Headers that belong to one connection, or that sending sets again. */
const NOT_FORWARDED = new Set([
  'host',
  'connection',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
  'x-auth-token',
]);

/** What is behind the door. */
interface Inside {
  readonly session: Session;
  readonly episodes: Episodes;
  readonly states: DoorStates;
  readonly tokenUse: (token: string) => TokenUse;
}

/**
 * Opens the door to a target on the loopback address.
 *
 * @param tokenUse what a token that stands in a pact means
 */
export async function openProviderDoor(
  session: Session,
  tokenUse: (token: string) => TokenUse,
): Promise<ProviderDoor> {
  const episodes = followEpisodes();
  const states = createDoorStates(session, episodes);
  const inside: Inside = { session, episodes, states, tokenUse };
  const server = createServer((request, response) => {
    const act = request.url === STATES_PATH ? changeState : forward;
    act(inside, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // at the edge: a TCP server has one
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    statesUrl: `${url}${STATES_PATH}`,
    episodes: episodes.all,
    close: async () => {
      await states.tearDownAll();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function changeState(
  { states }: Inside,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const values = await states.change(jsonObjectIn((await receivedBytes(request)).toString('utf8')) ?? {});
  response.setHeader('content-type', 'application/json').end(JSON.stringify(values));
}

async function forward(inside: Inside, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { session, episodes, states, tokenUse } = inside;
  const body = await receivedBytes(request);
  if (session.interruption.signal.aborted) episodes.obstructed(INTERRUPTED);
  const asked = requestFor(request, body, token =>
    states.isForbidden(token) ? 'forbidden' : tokenUse(token),
  );
  const exchange = episodes.isObstructed() ? undefined : await exchangeOf(inside, asked);
  episodes.answered(exchange);
  const answer = exchange?.response;
  if (answer === undefined) {
    response.writeHead(503).end();
    return;
  }
  for (const [name, value] of Object.entries(answer.headers)) {
    if (!NOT_FORWARDED.has(name)) response.setHeader(name, value);
  }
  const text = answer.bodyEncoding === undefined ? states.asAsked(answer.body) : answer.body;
  response.writeHead(answer.status).end(Buffer.from(text ?? '', answer.bodyEncoding ?? 'utf8'));
}

/** Sends a request on; `undefined` when that was not possible, of which the episode tells. */
async function exchangeOf(
  { session, episodes }: Inside,
  request: TargetRequest,
): Promise<Exchange | undefined> {
  try {
    const exchange = await send(session, request);
    if (session.settings.arrange === 'none' && isNothingToPublish(exchange))
      episodes.obstructed({ reason: 'the function has nothing to publish', isState: true });
    return exchange;
  } catch (error) {
    episodes.obstructed({ reason: error instanceof Error ? error.message : String(error), isState: false });
    return undefined;
  }
}

/** What is published on a function that is not the suite's own is taken away at once. */
async function send({ target, shared }: Session, request: TargetRequest): Promise<Exchange> {
  const sending = async () => answered(await target.send(request));
  const { exchange } =
    shared === undefined ? await sending() : await shared.attend(askedFor(request.body), sending);
  return exchange;
}

function isNothingToPublish({ response }: Exchange): boolean {
  return jsonObjectIn(response?.body ?? '')?.error_code === NOTHING_CHANGED;
}

async function receivedBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function requestFor(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
  useOf: (token: string) => TokenUse,
): TargetRequest {
  const token = headers['x-auth-token'];
  const use = typeof token === 'string' ? useOf(token) : 'missing';
  const kept = Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name));
  const asItIs = use === 'as it is' && typeof token === 'string' ? { 'x-auth-token': token } : {};
  return {
    method,
    path: url,
    headers: { ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])), ...asItIs },
    credentials: use === 'as it is' ? 'missing' : use,
    contentType: headers['content-type'] ?? null,
    ...(body.length === 0 ? {} : { body }),
  };
}
