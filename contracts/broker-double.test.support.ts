/**
 * A double of a Pact broker, for the project's own tests: it serves the HAL resources that are asked for as Pact
 * Broker 2.120 was seen to, keeps in memory what it is sent, and tells what it was asked. It is no broker.
 */

import { createHash } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { addMatrix } from './broker-matrix.test.support.ts';
import {
  type BrokerStore,
  createBrokerStore,
  type PublishedPact,
  type VerificationResult,
} from './broker-store.test.support.ts';
import {
  type At,
  addPacts,
  addPactsForVerification,
  addResults,
} from './broker-verification.test.support.ts';

/** How the double lets clients in, without any of these everyone, and how it is run. */
export interface BrokerDoubleOptions {
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  /** Below which path it stands, such as `/pact-broker`. */
  readonly prefix?: string;
  /** Key and certificate (PEM), for TLS. */
  readonly https?: { readonly key: string; readonly cert: string };
  /** Takes no verification results. */
  readonly refusesResults?: boolean;
  /** How many requests are answered by the gateway in front, with 503, before the broker is up. */
  readonly busy?: number;
}

export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

export interface BrokerDouble {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** What was published as verification results, oldest first. */
  readonly results: readonly VerificationResult[];
  readonly store: BrokerStore;
  close(): Promise<void>;
}

interface PublishBody {
  readonly pacticipantName: string;
  readonly pacticipantVersionNumber: string;
  readonly branch?: string;
  readonly tags?: readonly string[];
  readonly contracts: readonly { consumerName: string; providerName: string; content: string }[];
}

/** Starts the double on a free port of the loopback address. */
export async function startBrokerDouble(options: BrokerDoubleOptions = {}): Promise<BrokerDouble> {
  const { prefix = '', https = null } = options;
  const requests: RecordedRequest[] = [];
  const store = createBrokerStore();
  let { busy = 0 } = options;
  const server = fastify({ logger: false, bodyLimit: 32 * 1024 * 1024, https, forceCloseConnections: true });
  server.addHook('preHandler', async (request, reply) => {
    const { method, url, headers, body } = request;
    requests.push({ method, url, authorization: headers.authorization, body });
    if (busy-- > 0) return reply.code(503).type('text/html').send('<h1>Service Unavailable</h1>');
    if (isLetIn(headers.authorization, options)) return;
    return reply.code(401).send({ error: 'not let in' });
  });
  server.addHook('onSend', async (_request, reply) => {
    if (reply.getHeader('content-type') !== 'text/html')
      reply.header('content-type', 'application/hal+json;charset=utf-8');
  });
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: 'The requested document was not found on this server.' }),
  );
  const at = () => `${server.listeningOrigin}${prefix}`;
  await server.register(
    async broker => {
      addIndex(broker, at);
      addPublishing(broker, store);
      addPactsForVerification(broker, store, at);
      addPacts(broker, store, at);
      addResults(broker, store, at, options.refusesResults);
      addMatrix(broker, store);
    },
    { prefix },
  );
  await server.listen({ host: '127.0.0.1', port: 0 });
  return { url: at(), requests, results: store.results, store, close: () => server.close() };
}

function isLetIn(given: string | undefined, { token, username, password }: BrokerDoubleOptions): boolean {
  if (token !== undefined) return given === `Bearer ${token}`;
  if (username === undefined) return true;
  return given === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function addIndex(server: FastifyInstance, at: At): void {
  server.get('/', async () => {
    const template = (path: string) => ({ href: `${at()}${path}`, templated: true });
    return {
      _links: {
        self: { href: at() },
        'pb:publish-contracts': { href: `${at()}/contracts/publish` },
        'pb:provider-pacts-for-verification': template('/pacts/provider/{provider}/for-verification'),
        'pb:pacticipant-branch-version': template(
          '/pacticipants/{pacticipant}/branches/{branch}/versions/{version}',
        ),
        'pb:pacticipant-version-tag': template('/pacticipants/{pacticipant}/versions/{version}/tags/{tag}'),
      },
    };
  });
}

function addPublishing(server: FastifyInstance, store: BrokerStore): void {
  server.post<{ Body: PublishBody }>('/contracts/publish', async ({ body }, reply) => {
    const { pacticipantVersionNumber: version, branch, tags = [], pacticipantName: name } = body;
    const offered = body.contracts.map(({ consumerName, providerName, content }) =>
      pactOf(consumerName, providerName, version, Buffer.from(content, 'base64').toString('utf8')),
    );
    const notices = offered.flatMap(pact => conflictNotices(pact, store));
    if (notices.length > 0) {
      const texts = notices.filter(({ type }) => type === 'error').map(({ text }) => text);
      return reply.code(409).send({ notices, errors: { contracts: texts } });
    }
    const stored = store.version(name, version);
    if (branch !== undefined) stored.branches.add(branch);
    for (const tag of tags) stored.tags.add(tag);
    for (const pact of offered) if (heldInstead(pact, store) === undefined) store.pacts.push(pact);
    return {
      notices: [
        { type: 'debug', text: `Created ${name} version ${version}` },
        { type: 'success', text: `Pact successfully published for ${name} version ${version}.` },
      ],
      _embedded: { pacticipant: { name }, version: { number: version } },
      _links: { 'pb:pacticipant-version-tags': [], 'pb:contracts': [] },
    };
  });
}

function pactOf(consumer: string, provider: string, version: string, text: string): PublishedPact {
  const content: Record<string, unknown> = JSON.parse(text);
  const interactions = Array.isArray(content.interactions) ? content.interactions : [];
  const sha = createHash('sha1')
    .update(JSON.stringify([consumer, provider, interactions]))
    .digest('hex');
  const named = interactions.map((each: object, index) => ({ ...each, _id: `${sha.slice(0, 8)}-${index}` }));
  return { consumer, provider, version, sha, content: { ...content, interactions: named } };
}

function heldInstead(pact: PublishedPact, { pacts }: BrokerStore): PublishedPact | undefined {
  return pacts.find(
    each =>
      each.consumer === pact.consumer && each.provider === pact.provider && each.version === pact.version,
  );
}

function conflictNotices(pact: PublishedPact, store: BrokerStore) {
  const held = heldInstead(pact, store);
  if (held === undefined || held.sha === pact.sha) return [];
  const { consumer, provider, version } = pact;
  return [
    {
      type: 'error',
      text: `Cannot change the content of the pact for ${consumer} version ${version} and provider ${provider}, as race conditions will cause unreliable results for can-i-deploy. Each pact must be published with a unique consumer version number. Some Pact libraries generate random data when a concrete value for a type matcher is not specified, and this can cause the contract to mutate - ensure you have given example values for all type matchers. For more information see https://docs.pact.io/go/versioning`,
    },
    // As long as both pacts together, in one line each.
    { type: 'info', text: ` {\n-  ${JSON.stringify(held.content)}\n+  ${JSON.stringify(pact.content)}\n }` },
  ];
}
