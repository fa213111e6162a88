import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Exchange } from '../page/exchange.ts';
import { type Operation, operations, pathOf, routeOf } from '../page/operations.ts';
import { inWords } from '../page/words.ts';
import { type Answer, answerOf, refused } from './answer.ts';
import type { Call, Service } from './call.ts';
import { answerClientError, refuseExpectation } from './client-errors.ts';
import { through } from './hooks.ts';
import { type IdentityCall, identityOperations, type LoginAccount } from './identity.ts';
import { observedExchange } from './observed-exchange.ts';
import { perform } from './operations.ts';
import { type ArrangedFunctions, changeState } from './provider-states.ts';
import { createBodyReader } from './read-body.ts';
import { refusal, refusalOf } from './refusals.ts';
import { send, wireOf } from './wire.ts';

/** Where provider states are set, below the URL of the server. */
export const STATES_PATH = '/provider-states';

interface ServerOptions {
  /** Milliseconds before each answer. */
  readonly latency: number;
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
}

/** The API, IAM and the provider states over HTTP. */
export function createHttpServer(
  service: Service,
  account: LoginAccount,
  { latency, onExchange }: ServerOptions,
): FastifyInstance {
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
    if (onExchange !== undefined && call.url.startsWith('/v2/')) onExchange(observedExchange(call, wire));
    const pauseMs = latency + wire.pause;
    if (pauseMs > 0) await pause(pauseMs, undefined, { ref: false });
    send(reply, wire);
    return reply;
  };
  const server = fastify({
    logger: false,
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
  const readBody = createBodyReader();
  server.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) => readBody(payload));
  server.setErrorHandler((error, request, reply) => respond(request, reply, () => refused(refusalOf(error))));
  server.setNotFoundHandler((request, reply) => respond(request, reply, unknownPath));
  for (const [operation, template] of Object.entries(operations)) addRoute(operation as Operation, template);
  const arranged: ArrangedFunctions = new Map();
  server.post(STATES_PATH, (request, reply) =>
    respond(request, reply, call => answerOf(() => changeState(call, arranged))),
  );
  for (const [route, operation] of Object.entries(identityOperations)) {
    const [method = '', url = ''] = route.split(' ');
    server.route({
      method,
      url,
      handler: (request, reply) => {
        const {
          status,
          headers = {},
          body,
        } = operation(identityCallOf(request), account, service.credentials);
        return reply.code(status).headers(headers).send(body);
      },
    });
  }
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

/** Another method where versions are published, or nothing of this server; the answer says what there is. */
function unknownPath({ method, url }: Call): Answer {
  const isForVersions = url.startsWith('/v2/') && routeOf({ method, url })?.publishesAt === true;
  if (isForVersions) return refused(refusal(405, 'FSS.0405', `${method} is not allowed here`));
  const path = inWords(pathOf(url));
  return refused(refusal(404, 'FSS.0404', `This server has no ${method} ${path}; it has ${EVERYTHING}`));
}

/** Everything that there is, below the URL of the server. */
const EVERYTHING = [
  ...Object.values(operations),
  ...Object.keys(identityOperations),
  `POST ${STATES_PATH}`,
].join(', ');

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
    aliasName: route?.aliasName ?? '',
    query: isQuery(query) ? query : {},
    body: Buffer.isBuffer(body) ? body : undefined,
  };
}

function identityCallOf({ method, url, headers, query, body, host, socket }: FastifyRequest): IdentityCall {
  return {
    method,
    url,
    headers,
    query: isQuery(query) ? query : {},
    body: Buffer.isBuffer(body) ? body : undefined,
    origin: `http://${host || `${socket.localAddress}:${socket.localPort}`}`,
  };
}

function isQuery(query: unknown): query is Readonly<Record<string, unknown>> {
  return typeof query === 'object' && query !== null;
}
