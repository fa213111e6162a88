/**
 * A double of a Pact broker, for the project's own tests: it serves the HAL resources that the Pact CLI and the
 * verifier ask for, keeps in memory what it is sent, and tells what it was asked. It is no broker.
 */

import { createHash } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';

/** How the double lets clients in; without any of them, everyone. */
export interface BrokerDoubleOptions {
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  /** Takes no verification results. */
  readonly refusesResults?: boolean;
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
  close(): Promise<void>;
}

interface PublishedPact {
  readonly consumer: string;
  readonly provider: string;
  readonly version: string;
  readonly branch: string | undefined;
  readonly sha: string;
  readonly content: Record<string, unknown>;
}

export interface VerificationResult {
  readonly sha: string;
  readonly success: boolean;
  readonly providerApplicationVersion: string;
  /** Where the version was put before the results came. */
  readonly branch: string | undefined;
  readonly testResults?: unknown;
}

interface PublishBody {
  readonly pacticipantName: string;
  readonly pacticipantVersionNumber: string;
  readonly branch?: string;
  readonly contracts: readonly { consumerName: string; providerName: string; content: string }[];
}

interface Selection {
  readonly consumerVersionSelectors?: readonly { branch?: string; mainBranch?: boolean }[];
  readonly includePendingStatus?: boolean;
  readonly includeWipPactsSince?: string;
  readonly providerVersionBranch?: string;
}

/** Starts the double on a free port of the loopback address. */
export async function startBrokerDouble(options: BrokerDoubleOptions = {}): Promise<BrokerDouble> {
  const requests: RecordedRequest[] = [];
  const pacts: PublishedPact[] = [];
  const results: VerificationResult[] = [];
  const branches = new Map<string, string>();
  const server = fastify({ logger: false, bodyLimit: 32 * 1024 * 1024 });
  server.addHook('preHandler', async (request, reply) => {
    const { method, url, headers, body } = request;
    requests.push({ method, url, authorization: headers.authorization, body });
    if (isLetIn(headers.authorization, options)) return;
    await reply.code(401).send({ error: 'not let in' });
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.header('content-type', 'application/hal+json;charset=utf-8');
  });
  addIndex(server);
  addPublishing(server, pacts);
  addPactsForVerification(server, pacts, results);
  addResults(server, results, branches, options);
  addMatrix(server, pacts, results);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url, requests, results, close: () => server.close() };
}

function isLetIn(given: string | undefined, { token, username, password }: BrokerDoubleOptions): boolean {
  if (token !== undefined) return given === `Bearer ${token}`;
  if (username === undefined) return true;
  return given === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function base(server: FastifyInstance): string {
  return server.listeningOrigin;
}

function addIndex(server: FastifyInstance): void {
  server.get('/', async () => {
    const at = base(server);
    const template = (path: string) => ({ href: `${at}${path}`, templated: true });
    return {
      _links: {
        self: { href: at },
        'pb:publish-contracts': { href: `${at}/contracts/publish` },
        'pb:provider-pacts-for-verification': template('/pacts/provider/{provider}/for-verification'),
        'pb:pacticipant-branch-version': template(
          '/pacticipants/{pacticipant}/branches/{branch}/versions/{version}',
        ),
        'pb:pacticipant-version-tag': template('/pacticipants/{pacticipant}/versions/{version}/tags/{tag}'),
      },
    };
  });
}

function addPublishing(server: FastifyInstance, pacts: PublishedPact[]): void {
  server.post<{ Body: PublishBody }>('/contracts/publish', async ({ body }, reply) => {
    const { pacticipantVersionNumber: version, branch, pacticipantName: name } = body;
    for (const { consumerName: consumer, providerName: provider, content: encoded } of body.contracts) {
      const text = Buffer.from(encoded, 'base64').toString('utf8');
      const sha = createHash('sha1').update(text).digest('hex');
      const isSame = (each: PublishedPact) =>
        each.consumer === consumer && each.provider === provider && each.version === version;
      const before = pacts.find(isSame);
      if (before !== undefined && before.sha !== sha) {
        const message = `Cannot change the content of the pact for ${consumer} version ${version} and provider ${provider}, as race conditions will cause unreliable results for can-i-deploy.`;
        return reply
          .code(409)
          .send({ notices: [{ type: 'error', text: message }], errors: { contracts: [message] } });
      }
      if (before === undefined) {
        pacts.push({ consumer, provider, version, branch, sha, content: JSON.parse(text) });
      }
    }
    return {
      notices: [{ type: 'success', text: `Pact successfully published for ${name} version ${version}.` }],
      _embedded: { pacticipant: { name }, version: { number: version } },
      _links: { 'pb:pacticipant-version-tags': [], 'pb:contracts': [] },
    };
  });
}

function addPactsForVerification(
  server: FastifyInstance,
  pacts: readonly PublishedPact[],
  results: readonly VerificationResult[],
): void {
  type Route = { Params: { provider: string }; Body: Selection };
  server.post<Route>('/pacts/provider/:provider/for-verification', async ({ params, body }) => {
    const { consumerVersionSelectors: selectors = [], includePendingStatus = false } = body;
    const own = pacts.filter(each => each.provider === params.provider);
    const matching = own.filter(
      ({ branch }) => selectors.length === 0 || selectors.some(each => branch === (each.branch ?? 'main')),
    );
    const latest = [...new Map(matching.map(pact => [pact.consumer, pact])).values()];
    const inProgress =
      body.includeWipPactsSince === undefined ? [] : own.filter(pact => !latest.includes(pact));
    const honoured = (pact: PublishedPact) =>
      results.some(
        each => each.sha === pact.sha && each.success && each.branch === body.providerVersionBranch,
      );
    const listed = (pact: PublishedPact, isPending: boolean) => ({
      shortDescription: 'latest',
      verificationProperties: {
        ...(includePendingStatus ? { pending: isPending } : {}),
        notices: [
          {
            when: 'before_verification',
            text: `The pact of ${pact.consumer} ${pact.version} is verified${isPending ? ', pending' : ''}.`,
          },
        ],
      },
      _links: { self: { href: `${base(server)}${pathOf(pact)}`, name: 'the pact' } },
    });
    return {
      _embedded: {
        pacts: [
          ...latest.map(pact => listed(pact, includePendingStatus && !honoured(pact))),
          ...inProgress.map(pact => listed(pact, true)),
        ],
      },
      _links: { self: { href: base(server) } },
    };
  });
  // The verifier asks for the resource first, and then posts to its own address.
  server.get('/pacts/provider/:provider/for-verification', async ({ url }) => ({
    _links: { self: { href: `${base(server)}${url}` } },
  }));
  server.get<{ Params: { sha: string } }>('/pacts/:sha', async ({ params }, reply) => {
    const pact = pacts.find(({ sha }) => sha === params.sha);
    if (pact === undefined) return reply.code(404).send({ error: 'no such pact' });
    const href = `${base(server)}${pathOf(pact)}`;
    return {
      ...pact.content,
      _links: {
        self: { href },
        'pb:provider': { href: `${base(server)}/pacticipants/${pact.provider}`, name: pact.provider },
        'pb:publish-verification-results': { href: `${href}/verification-results` },
      },
    };
  });
  server.get<{ Params: { name: string } }>('/pacticipants/:name', async ({ params: { name } }) => {
    const href = `${base(server)}/pacticipants/${name}`;
    const branchVersion = { href: `${href}/branches/{branch}/versions/{version}`, templated: true };
    return { name, _links: { self: { href }, 'pb:branch-version': branchVersion } };
  });
}

function pathOf({ sha }: PublishedPact): string {
  return `/pacts/${sha}`;
}

function addResults(
  server: FastifyInstance,
  results: VerificationResult[],
  branches: Map<string, string>,
  { refusesResults = false }: BrokerDoubleOptions,
): void {
  type Versioned = { Params: { name: string; branch: string; version: string } };
  server.put<Versioned>('/pacticipants/:name/branches/:branch/versions/:version', async ({ params }) => {
    branches.set(params.version, params.branch);
    return { _links: {} };
  });
  type Result = { Params: { sha: string }; Body: Omit<VerificationResult, 'sha' | 'branch'> };
  server.post<Result>('/pacts/:sha/verification-results', async ({ params, body }, reply) => {
    if (refusesResults) return reply.code(403).send({ error: 'read only' });
    results.push({ ...body, sha: params.sha, branch: branches.get(body.providerApplicationVersion) });
    return reply
      .code(201)
      .send({ _links: { self: { href: `${base(server)}/pacts/${params.sha}/results/1` } } });
  });
}

function addMatrix(
  server: FastifyInstance,
  pacts: readonly PublishedPact[],
  results: readonly VerificationResult[],
): void {
  server.get('/matrix', async ({ url }) => {
    const asked = new URL(url, base(server)).searchParams;
    const name = asked.get('q[][pacticipant]');
    const version = asked.get('q[][version]');
    const rows = pacts
      .filter(pact => pact.consumer === name && pact.version === version)
      .map(pact => {
        const result = results.findLast(({ sha }) => sha === pact.sha);
        return {
          consumer: { name: pact.consumer, version: { number: pact.version } },
          provider: {
            name: pact.provider,
            version: result === undefined ? null : { number: result.providerApplicationVersion },
          },
          pact: {},
          verificationResult: result === undefined ? null : { success: result.success, _links: {} },
        };
      });
    const success = rows.filter(row => row.verificationResult?.success === true).length;
    const unknown = rows.filter(row => row.verificationResult === null).length;
    const failed = rows.length - success - unknown;
    // As brokers do: null as long as nobody knows.
    const deployable = failed > 0 ? false : unknown > 0 || rows.length === 0 ? null : true;
    const reason =
      deployable === true
        ? 'All required verification results are published and successful'
        : 'There is no successful verification for all of them';
    return {
      summary: { deployable, reason, success, failed, unknown },
      notices: [{ type: deployable === true ? 'success' : 'error', text: reason }],
      matrix: rows,
    };
  });
}
