import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from '../page/exchange.ts';
import { isObject, jsonObjectIn } from '../page/formats.ts';
import { askedFor } from '../run/asked-for.ts';
import type { Session } from '../run/session.ts';
import { answered, type TargetRequest } from '../target/index.ts';
import { type ArrangedState, arrangeState, StateOutOfReach } from './arrange-state.ts';
import { type Episode, followEpisodes } from './episode.ts';
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

const INTERRUPTED = { reason: 'the verification was interrupted', isState: false };

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
  const open: { readonly name: string; readonly state: ArrangedState }[] = [];
  /** Tokens that a state answered: they are sent by users without permission. */
  const forbidden = new Set<unknown>();

  const setUp = async (name: string, params: Readonly<Record<string, unknown>>): Promise<object> => {
    episodes.stateAsked(name);
    if (session.interruption.signal.aborted) episodes.obstructed(INTERRUPTED);
    if (name === '' || episodes.isObstructed()) return {};
    try {
      const state = await arrangeState(session, { name, params });
      open.push({ name, state });
      if (state.values.token !== undefined) forbidden.add(state.values.token);
      return state.values;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      episodes.obstructed(
        error instanceof StateOutOfReach
          ? { reason: error.message, isState: error.isLasting }
          : { reason: `arranging it failed: ${error.message}`, isState: false },
      );
      return {};
    }
  };

  const tearDown = async (name: string): Promise<void> => {
    const index = open.findLastIndex(each => each.name === name);
    const [last] = index === -1 ? [] : open.splice(index, 1);
    // What could not be taken away is in the journal.
    await last?.state.tearDown().catch(() => undefined);
  };

  const changeState = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { state, action, params } = jsonObjectIn((await receivedBytes(request)).toString('utf8')) ?? {};
    const name = typeof state === 'string' ? state : '';
    if (action === 'teardown') await tearDown(name);
    const values = action === 'teardown' ? {} : await setUp(name, isObject(params) ? params : {});
    response.setHeader('content-type', 'application/json').end(JSON.stringify(values));
  };

  /** What is published on a function that is not the suite's own is taken away at once. */
  const send = async (request: TargetRequest): Promise<Exchange> => {
    const sending = async () => answered(await session.target.send(request));
    const { shared } = session;
    const { exchange } =
      shared === undefined ? await sending() : await shared.attend(askedFor(request.body), sending);
    return exchange;
  };

  /** A body with the names that the states have in place of what stood for them. */
  const asAsked = (body: string | undefined): string | undefined => {
    const standIns = open.flatMap(({ state }) => state.asAsked ?? []);
    const version = standIns.length === 0 ? undefined : jsonObjectIn(body ?? '');
    if (version === undefined) return body;
    return JSON.stringify(standIns.reduce<unknown>((shown, each) => each(shown), version));
  };

  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await receivedBytes(request);
    if (session.interruption.signal.aborted) episodes.obstructed(INTERRUPTED);
    if (episodes.isObstructed()) {
      episodes.answered(undefined);
      response.writeHead(503).end();
      return;
    }
    const sent = requestFor(request, body, token => (forbidden.has(token) ? 'forbidden' : tokenUse(token)));
    const exchange = await send(sent).catch((error: unknown) => {
      episodes.obstructed({ reason: error instanceof Error ? error.message : String(error), isState: false });
      return undefined;
    });
    const isGiven = session.settings.arrange === 'none';
    if (isGiven && exchange !== undefined && isNothingToPublish(exchange))
      episodes.obstructed({ reason: 'the function has nothing to publish', isState: true });
    episodes.answered(exchange);
    const answer = exchange?.response;
    if (answer === undefined) {
      response.writeHead(503).end();
      return;
    }
    for (const [name, value] of Object.entries(answer.headers)) {
      if (!NOT_FORWARDED.has(name)) response.setHeader(name, value);
    }
    const text = answer.bodyEncoding === undefined ? asAsked(answer.body) : answer.body;
    response.writeHead(answer.status).end(Buffer.from(text ?? '', answer.bodyEncoding ?? 'utf8'));
  };

  const server = createServer((request, response) => {
    const act = request.url === STATES_PATH ? changeState : forward;
    act(request, response).catch(() => response.destroy());
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
      for (const { name } of open.toReversed()) await tearDown(name);
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
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
