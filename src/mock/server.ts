import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Operation, operations, routeOf } from '../page/operations.ts';
import { type Answer, answerOf, type Call, refused, type Service } from './call.ts';
import { answerClientError, refuseExpectation } from './client-errors.ts';
import { dresses } from './dresses/index.ts';
import { faults } from './faults/index.ts';
import { createStore } from './functions.ts';
import { type Hooks, through } from './hooks.ts';
import { type Account, logIn, TOKENS_PATH } from './identity.ts';
import { perform } from './operations.ts';
import { type ArrangedFunctions, changeState } from './provider-states.ts';
import { refusal, refusalOf } from './refusals.ts';
import { send, wireOf } from './wire.ts';

/** How a mock server is started. What is not given is made up. */
export interface MockOptions {
  /** The address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** 0, the default, for any free port. */
  readonly port?: number;
  readonly projectId?: string;
  /** The token that may do everything. */
  readonly token?: string;
  /** A token that is known and may do nothing. */
  readonly forbiddenToken?: string;
  /** The id of the access key that may do everything. */
  readonly ak?: string;
  /** The secret that goes with it. */
  readonly sk?: string;
  /** What makes a temporary key of it. */
  readonly securityToken?: string;
  /** Who may log in at `iamUrl` for a token that may do everything. */
  readonly username?: string;
  readonly password?: string;
  /** The name of a fault, for a server that is wrong on purpose. */
  readonly fault?: string;
  /** The name of a dress, for a server that is conforming in an unusual way. */
  readonly dress?: string;
  /** Milliseconds before each answer. */
  readonly latency?: number;
}

/** A mock server that listens. */
export interface MockServer {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  readonly projectId: string;
  readonly region: string;
  readonly token: string;
  readonly forbiddenToken: string;
  /** What requests may be signed with in place of a token. */
  readonly accessKey: {
    readonly ak: string;
    readonly sk: string;
    /** Sent and signed as well, it makes a temporary key of it. */
    readonly securityToken: string;
  };
  /** What IAM takes for a token; any domain is fine. */
  readonly login: {
    readonly iamUrl: string;
    readonly username: string;
    readonly password: string;
    /** What the token may be scoped to, besides `projectId`. */
    readonly projectName: string;
  };
  /** Where provider states are set; takes no token. */
  readonly statesUrl: string;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

const REGION = 'mock-1';
const STATES_PATH = '/provider-states';

/**
 * A package of 50 MB in base64, and what is around it. Smaller limits are held against bodies that were read,
 * so that the connection survives.
 */
const READ_LIMIT_BYTES = 70 * 1024 * 1024;

/**
 * Starts the reference server.
 *
 * @throws an Error of one sentence: an unknown fault or dress, a host or port that cannot be listened on
 */
export async function startMock(options: MockOptions = {}): Promise<MockServer> {
  const { host = '127.0.0.1', port = 0, latency = 0 } = options;
  const account = accountOf(options);
  const service = serviceOf(options, account, hooksOf(options));
  const server = createServer(service, account, latency);
  try {
    await server.listen({ host, port });
  } catch (error) {
    await server.close();
    throw new Error(listenProblem(error, host, port), { cause: error });
  }
  const url = urlOf(server.server.address(), host);
  const { region, credentials } = service;
  const { projectId, token, forbiddenToken, accessKey } = credentials;
  const { username, password, projectName } = account;
  return {
    url,
    region,
    projectId,
    token,
    forbiddenToken,
    accessKey,
    login: { iamUrl: url, username, password, projectName },
    statesUrl: `${url}${STATES_PATH}`,
    close: () => server.close(),
  };
}

function accountOf(options: MockOptions): Account {
  const { projectId = hex(16), username = 'mock-user', password = hex(12) } = options;
  return { projectId, projectName: 'mock', username, password };
}

function serviceOf(options: MockOptions, account: Account, hooks: readonly Hooks[]): Service {
  const { token = hex(24), forbiddenToken = hex(24) } = options;
  const { ak = hex(10).toUpperCase(), sk = hex(20), securityToken = hex(24) } = options;
  if (token === forbiddenToken) throw new Error('The token and the forbidden token are the same.');
  const { projectId, projectName } = account;
  const accessKey = { ak, sk, securityToken };
  return {
    region: REGION,
    credentials: { projectId, token, forbiddenToken, accessKey, issuedTokens: new Set() },
    store: createStore({ region: REGION, projectId, domainId: hex(16), projectName }),
    hooks,
  };
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

function hooksOf({ dress, fault }: MockOptions): readonly Hooks[] {
  return [...named(dresses, dress, 'dress'), ...named(faults, fault, 'fault')];
}

function named(
  all: readonly { name: string; hooks: Hooks }[],
  name: string | undefined,
  kind: string,
): readonly Hooks[] {
  if (name === undefined) return [];
  const found = all.find(each => each.name === name);
  if (found === undefined) throw new Error(`The mock server has no ${kind} named ${name}.`);
  return [found.hooks];
}

function listenProblem(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is in use.`;
  if (code === 'EACCES') return `Port ${port} of ${host} may not be listened on.`;
  if (code === 'ERR_SOCKET_BAD_PORT') return `${port} is no port; ports are 0 to 65535.`;
  return `${host} is no address of this machine that can be listened on.`;
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === 'object' ? address?.port : undefined;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function createServer(service: Service, account: Account, latency: number): FastifyInstance {
  const respond = async (request: FastifyRequest, reply: FastifyReply, answer: (call: Call) => Answer) => {
    const call = callOf(request, service);
    const { hooks } = service;
    const answered = through(
      hooks.map(hook => hook.answer),
      answer(call),
      call,
    );
    const wire = through(
      hooks.map(hook => hook.wire),
      wireOf(answered),
      call,
    );
    const pauseMs = latency + wire.pause;
    if (pauseMs > 0) await pause(pauseMs, undefined, { ref: false });
    send(reply, wire);
    return reply;
  };
  const server = fastify({
    logger: false,
    bodyLimit: READ_LIMIT_BYTES,
    forceCloseConnections: true,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    http: { requireHostHeader: false },
    routerOptions: { maxParamLength: 64 * 1024 },
    rewriteUrl: ({ url = '/' }) =>
      url.startsWith('/') ? url : url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, ''),
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      void respond(request, reply, () => refused(refusalOf(error)));
    },
  });
  server.server.on('checkExpectation', refuseExpectation);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error, request, reply) => respond(request, reply, () => refused(refusalOf(error))));
  server.setNotFoundHandler((request, reply) => respond(request, reply, unknownPath));
  for (const [operation, template] of Object.entries(operations)) addRoute(operation as Operation, template);
  const arranged: ArrangedFunctions = new Map();
  server.post(STATES_PATH, (request, reply) =>
    respond(request, reply, call => answerOf(() => changeState(call, arranged))),
  );
  const issue = (): string => {
    const token = hex(24);
    service.credentials.issuedTokens.add(token);
    return token;
  };
  server.post(TOKENS_PATH, ({ body }, reply) => {
    const login = logIn(Buffer.isBuffer(body) ? body : undefined, account, issue);
    return reply.code(login.status).headers(login.headers).send(login.body);
  });
  return server;

  function addRoute(operation: Operation, template: string): void {
    const [method = '', path = ''] = template.split(' ');
    server.route({
      method,
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: (request, reply) => respond(request, reply, call => perform(call, operation)),
    });
  }
}

/** A path of this API with a method that it does not know, or no path of this API. */
function unknownPath({ method, url }: Call): Answer {
  const isKnown = url.startsWith('/v2/') && routeOf({ method, url }) !== undefined;
  if (isKnown) return refused(refusal(405, 'FSS.0405', `${method} is not allowed here`));
  return refused(refusal(404, 'FSS.0404', 'There is nothing at this path'));
}

function callOf(request: FastifyRequest, service: Service): Call {
  const { method, url, headers, body, query } = request;
  const route = routeOf({ method, url });
  return {
    service,
    operation: route?.operation,
    method,
    url,
    headers,
    projectId: route?.projectId ?? '',
    functionUrn: route?.functionUrn ?? '',
    query: isQuery(query) ? query : {},
    body: Buffer.isBuffer(body) ? body : undefined,
  };
}

function isQuery(query: unknown): query is Readonly<Record<string, unknown>> {
  return typeof query === 'object' && query !== null;
}
