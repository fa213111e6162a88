/** The matrix of the double of a Pact broker: whether versions get along, answered as Pact Broker 2.120 does. */

import type { FastifyInstance } from 'fastify';
import type { BrokerStore, PublishedPact, StoredVersion } from './broker-store.test.support.ts';

/** `q[][pacticipant]=a&q[][version]=1`, with a new one whenever a member comes again. */
type Selector = Readonly<Record<string, string>>;

function selectorsIn(asked: URLSearchParams, list: string): readonly Selector[] {
  const selectors: Record<string, string>[] = [];
  for (const [key, value] of asked) {
    const member = key.startsWith(`${list}[][`) ? key.slice(list.length + 3, -1) : undefined;
    if (member === undefined) continue;
    const last = selectors.at(-1);
    if (last === undefined || member in last) selectors.push({ [member]: value });
    else last[member] = value;
  }
  return selectors;
}

const ENVIRONMENTS: ReadonlySet<string> = new Set(['test', 'production']);

function mistakesIn(asked: URLSearchParams, store: BrokerStore): readonly string[] {
  const selectors = selectorsIn(asked, 'q');
  const environment = asked.get('environment');
  return [
    ...selectors.flatMap(({ pacticipant, version, latest }) => {
      if (pacticipant === undefined) return ['Please specify the pacticipant name'];
      if (version === undefined || latest === undefined) return [];
      return [`A version number and latest flag cannot both be specified for ${pacticipant}`];
    }),
    ...selectors.flatMap(({ pacticipant = '' }) =>
      store.knows(pacticipant) ? [] : [`Pacticipant ${pacticipant} not found`],
    ),
    ...(asked.has('tag') && environment !== null
      ? ['Cannot specify more than one of tag, environment and mainBranch.']
      : []),
    ...(asked.has('latest') && environment !== null
      ? ['Cannot specify both latest=true and an environment.']
      : []),
    ...(environment === null || ENVIRONMENTS.has(environment)
      ? []
      : [`Environment with name '${environment}' does not exist`]),
  ];
}

function versionsFor(selector: Selector, { versions }: BrokerStore): readonly StoredVersion[] {
  const { pacticipant, version, latest, tag, branch, mainBranch } = selector;
  const on = mainBranch === 'true' ? 'main' : branch;
  const found = versions.filter(
    each =>
      each.pacticipant === pacticipant &&
      (version === undefined || each.number === version) &&
      (tag === undefined || each.tags.has(tag)) &&
      (on === undefined || each.branches.has(on)),
  );
  return latest === 'true' ? found.slice(-1) : found;
}

function rowOf(pact: PublishedPact, store: BrokerStore, providers: readonly string[] | undefined) {
  const result = store.results.findLast(
    each => each.sha === pact.sha && (providers?.includes(each.providerApplicationVersion) ?? true),
  );
  return {
    consumer: { name: pact.consumer, version: { number: pact.version } },
    provider: {
      name: pact.provider,
      version: result === undefined ? null : { number: result.providerApplicationVersion },
    },
    pact: {},
    verificationResult: result === undefined ? null : { success: result.success, _links: {} },
  };
}

/** Adds the matrix, which is what can-i-deploy asks for. */
export function addMatrix(server: FastifyInstance, store: BrokerStore): void {
  server.get('/matrix', async ({ url }, reply) => {
    const asked = new URL(url, 'http://broker').searchParams;
    const errors = mistakesIn(asked, store);
    if (errors.length > 0) return reply.code(400).send({ errors });
    const ignored = new Set(selectorsIn(asked, 'ignore').map(({ pacticipant }) => pacticipant));
    const selected = selectorsIn(asked, 'q').map(selector => ({
      selector,
      versions: versionsFor(selector, store),
    }));
    const missing = selected.filter(({ versions }) => versions.length === 0);
    const versionsOf = (name: string) =>
      selected.find(({ selector }) => selector.pacticipant === name)?.versions.map(({ number }) => number);
    const rows = store.pacts
      .filter(({ consumer, provider, version }) => {
        const of = versionsOf(consumer);
        const concerns = of !== undefined || versionsOf(provider) !== undefined;
        return (
          concerns && (of?.includes(version) ?? true) && !ignored.has(consumer) && !ignored.has(provider)
        );
      })
      .map(pact => rowOf(pact, store, versionsOf(pact.provider)));
    return {
      ...verdictOn(
        rows,
        missing.map(({ selector }) => selector),
      ),
      matrix: rows,
    };
  });
}

function verdictOn(rows: readonly ReturnType<typeof rowOf>[], missing: readonly Selector[]) {
  const success = rows.filter(row => row.verificationResult?.success === true).length;
  const unknown = rows.filter(row => row.verificationResult === null).length;
  const failed = rows.length - success - unknown;
  const reasons = [
    ...missing.map(({ pacticipant, version }) =>
      version === undefined
        ? `No version of ${pacticipant} matches what was asked for`
        : `No pacts or verifications have been published for version ${version} of ${pacticipant}`,
    ),
    ...rows.flatMap(({ consumer, provider, verificationResult: result }) =>
      result?.success === true
        ? []
        : [
            result === null
              ? `There is no verified pact between version ${consumer.version.number} of ${consumer.name} and ${provider.name}`
              : `The verification for the pact between version ${consumer.version.number} of ${consumer.name} and ${provider.name} failed`,
          ],
    ),
  ];
  // As brokers do: null as long as nobody knows.
  const deployable = missing.length > 0 || failed > 0 ? false : unknown > 0 ? null : true;
  const told =
    reasons.length > 0 ? reasons : ['All required verification results are published and successful'];
  return {
    summary: { deployable, reason: told.join('\n'), success, failed, unknown },
    notices: told.map(text => ({ type: deployable === true ? 'success' : 'error', text })),
  };
}
