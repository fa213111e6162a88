/** What the double of a Pact broker serves to whoever verifies a provider. */

import type { FastifyInstance } from 'fastify';
import type { BrokerStore, PublishedPact, VerificationResult } from './broker-store.test.support.ts';

/** Where the broker is, as its links have it. */
export type At = () => string;

interface Selection {
  readonly consumerVersionSelectors?: readonly Record<string, unknown>[];
  readonly includePendingStatus?: boolean;
  readonly includeWipPactsSince?: string;
  readonly providerVersionBranch?: string;
  readonly providerVersionTags?: readonly string[];
}

/** What is wrong with a selection, by member, in the words of a broker. */
function mistakesIn({ consumerVersionSelectors = [], providerVersionBranch }: Selection) {
  const enough = [
    'tag',
    'branch',
    'environment',
    'mainBranch',
    'matchingBranch',
    'deployed',
    'released',
    'deployedOrReleased',
    'latest',
  ];
  const told = consumerVersionSelectors.flatMap((selector, index) => [
    ...(enough.some(name => name in selector)
      ? []
      : [
          `must specify a value for environment or tag or branch, or specify mainBranch=true, matchingBranch=true, latest=true, deployed=true, released=true or deployedOrReleased=true (at index ${index})`,
        ]),
    ...(selector.matchingBranch === true && providerVersionBranch === undefined
      ? [
          `the providerVersionBranch must be specified when the selector matchingBranch=true is used (at index ${index})`,
        ]
      : []),
  ]);
  return told.length === 0 ? undefined : { consumerVersionSelectors: told };
}

/** Adds which pacts a provider is to be verified against. */
export function addPactsForVerification(server: FastifyInstance, store: BrokerStore, at: At): void {
  type Route = { Params: { provider: string }; Body: Selection };
  server.post<Route>('/pacts/provider/:provider/for-verification', async ({ params, body }, reply) => {
    const { consumerVersionSelectors: selectors = [], includePendingStatus = false } = body;
    const errors = mistakesIn(body);
    if (errors !== undefined) return reply.code(400).send({ errors });
    if (!store.knows(params.provider))
      return reply.code(404).send({ error: 'The requested document was not found on this server.' });
    const own = store.pacts.filter(each => each.provider === params.provider);
    const isOn = (pact: PublishedPact, branch: unknown) =>
      store.version(pact.consumer, pact.version).branches.has(String(branch ?? 'main'));
    const matching = own.filter(
      pact => selectors.length === 0 || selectors.some(each => isOn(pact, each.branch)),
    );
    const latest = [...new Map(matching.map(pact => [pact.consumer, pact])).values()];
    const inProgress =
      body.includeWipPactsSince === undefined ? [] : own.filter(pact => !latest.includes(pact));
    const honoured = (pact: PublishedPact) =>
      store.results.some(
        each => each.sha === pact.sha && each.success && each.branch === body.providerVersionBranch,
      );
    const listed = (pact: PublishedPact, isPending: boolean) => ({
      shortDescription: 'latest',
      verificationProperties: {
        ...(includePendingStatus ? { pending: isPending } : {}),
        notices: noticesOn(pact, isPending, body),
      },
      _links: { self: { href: `${at()}${pathOf(pact)}/metadata/bm90`, name: 'the pact' } },
    });
    return {
      _embedded: {
        pacts: [
          ...latest.map(pact => listed(pact, includePendingStatus && !honoured(pact))),
          ...inProgress.map(pact => listed(pact, true)),
        ],
      },
      _links: { self: { href: `${at()}/pacts/provider/${params.provider}/for-verification` } },
    };
  });
  // The verifier asks for the resource first, and then posts to its own address.
  server.get('/pacts/provider/:provider/for-verification', async ({ url }) => ({
    _links: { self: { href: `${new URL(at()).origin}${url}` } },
  }));
}

function noticesOn({ consumer, version }: PublishedPact, isPending: boolean, selection: Selection) {
  const before = {
    when: 'before_verification',
    text: `The pact of ${consumer} ${version} is being verified.`,
  };
  if (selection.includePendingStatus !== true) return [before];
  const branch = selection.providerVersionBranch;
  const after = (success: boolean, published: boolean, text: string) => ({
    when: `after_verification:success_${success}_published_${published}`,
    text,
  });
  const still = `This pact is still in pending state for any version from branch '${branch}'`;
  return [
    before,
    { when: 'before_verification', text: `This pact is ${isPending ? '' : 'not '}in pending state.` },
    ...(isPending
      ? [
          after(true, false, `${still} as the successful verification results have not yet been published.`),
          after(false, false, `${still} as a successful verification result has not yet been published`),
          after(
            true,
            true,
            `This pact is no longer in pending state for any version from branch '${branch}'.`,
          ),
          after(false, true, `${still} as a successful verification result has not yet been published`),
        ]
      : []),
  ];
}

function pathOf({ consumer, provider, sha }: PublishedPact): string {
  return `/pacts/provider/${encodeURIComponent(provider)}/consumer/${encodeURIComponent(consumer)}/pact-version/${sha}`;
}

/** Adds the pacts, and the pacticipants that they lead to. */
export function addPacts(server: FastifyInstance, { pacts }: BrokerStore, at: At): void {
  const shown = (pact: PublishedPact) => {
    const provider = `${at()}/pacticipants/${encodeURIComponent(pact.provider)}`;
    return {
      ...pact.content,
      _links: {
        self: { href: `${at()}${pathOf(pact)}` },
        'pb:provider': { href: provider, name: pact.provider },
        'pb:publish-verification-results': {
          href: `${at()}${pathOf(pact)}/metadata/bm90/verification-results`,
        },
      },
    };
  };
  type Route = { Params: { provider: string; consumer: string; sha: string; version: string } };
  const notFound = { error: 'The requested document was not found on this server.' };
  for (const path of ['pact-version/:sha', 'pact-version/:sha/metadata/bm90', 'version/:version'])
    server.get<Route>(`/pacts/provider/:provider/consumer/:consumer/${path}`, async ({ params }, reply) => {
      const { provider, consumer, sha, version } = params;
      const pact = pacts.find(
        each =>
          each.provider === provider &&
          each.consumer === consumer &&
          (sha === undefined ? each.version === version : each.sha === sha),
      );
      return pact === undefined ? reply.code(404).send(notFound) : shown(pact);
    });
  server.get<{ Params: { name: string } }>('/pacticipants/:name', async ({ params: { name } }) => {
    const href = `${at()}/pacticipants/${encodeURIComponent(name)}`;
    return {
      name,
      _links: {
        self: { href },
        'pb:branch-version': { href: `${href}/branches/{branch}/versions/{version}`, templated: true },
        'pb:version-tag': { href: `${href}/versions/{version}/tags/{tag}`, templated: true },
      },
    };
  });
}

/** Adds what takes the results of verifications. */
export function addResults(
  server: FastifyInstance,
  store: BrokerStore,
  at: At,
  refusesResults = false,
): void {
  type Versioned = { Params: { name: string; branch: string; tag: string; version: string } };
  server.put<Versioned>('/pacticipants/:name/branches/:branch/versions/:version', async ({ params }) => {
    store.version(params.name, params.version).branches.add(params.branch);
    return { _links: {} };
  });
  server.put<Versioned>('/pacticipants/:name/versions/:version/tags/:tag', async ({ params }) => {
    store.version(params.name, params.version).tags.add(params.tag);
    return { _links: {} };
  });
  type Result = {
    Params: { provider: string; sha: string };
    Body: Omit<VerificationResult, 'sha' | 'branch' | 'tags'>;
  };
  const path =
    '/pacts/provider/:provider/consumer/:consumer/pact-version/:sha/metadata/bm90/verification-results';
  server.post<Result>(path, async ({ params, body }, reply) => {
    if (refusesResults) return reply.code(403).send({ error: 'read only' });
    const { branches, tags } = store.version(params.provider, body.providerApplicationVersion);
    store.results.push({ ...body, sha: params.sha, branch: [...branches][0], tags: [...tags] });
    return reply.code(201).send({ _links: { self: { href: `${at()}/verification-results/1` } } });
  });
}
