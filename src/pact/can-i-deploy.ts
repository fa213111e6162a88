import { setTimeout as sleep } from 'node:timers/promises';
import { isObject } from '../page/formats.ts';
import { UsageError } from '../run/options.ts';
import { type BrokerOptions, needBroker } from './broker.ts';
import { notABroker, openBroker, type Resource } from './broker-client.ts';
import { checkName, DEFAULT_NAMING } from './naming.ts';
import { sourceVersion } from './source-version.ts';

/** Versions of a pacticipant. */
export interface VersionSelector {
  readonly pacticipant: string;
  readonly version?: string;
  /** The latest one, of `branch` or `tag` when those are given. */
  readonly latest?: boolean;
  /** With `latest`, the latest one with the tag; without, all of them. */
  readonly tag?: string;
  /** The latest one of the branch. */
  readonly branch?: string;
  /** The latest one of the main branch that the broker knows. */
  readonly mainBranch?: boolean;
}

/** Whose versions, and where they are to go. */
export interface CanIDeployOptions extends BrokerOptions {
  /** Default: the consumer of the suite’s own pact, at the commit that git names. */
  readonly selectors?: readonly VersionSelector[];
  /** Pacticipants, or versions of them, that do not count, besides those of PACT_BROKER_CAN_I_DEPLOY_IGNORE. */
  readonly ignore?: readonly Pick<VersionSelector, 'pacticipant' | 'version'>[];
  /** What is there must get along with the versions. Default: the latest of everything. */
  readonly toEnvironment?: string;
  /** The tag of what they must get along with. */
  readonly to?: string;
  /** How often to ask again while results are missing. Default: 0. */
  readonly retryWhileUnknown?: number;
  /** Seconds between two times. Default: 10. */
  readonly retryInterval?: number;
}

/** What the broker says. */
export interface Deployability {
  readonly isDeployable: boolean;
  /** What was asked about: `my-sdk 1.2.3`. */
  readonly subjects: readonly string[];
  /** In the broker's own words, a line each. */
  readonly reasons: readonly string[];
  readonly matrix: readonly MatrixRow[];
}

/** One pair of versions, and whether a verification of it succeeded. */
export interface MatrixRow {
  readonly consumer: string;
  readonly provider: string;
  readonly result: 'success' | 'failure' | 'unknown';
}

/**
 * Asks a broker whether versions may be deployed, as `pact-broker can-i-deploy` does.
 *
 * @throws UsageError when there is no broker or no version
 * @throws BrokerError when the broker does not say
 */
export async function canIDeploy(options: CanIDeployOptions): Promise<Deployability> {
  const broker = needBroker(options);
  const selectors = await completed(options.selectors ?? [{ pacticipant: DEFAULT_NAMING.consumer }]);
  checkNames(selectors, options);
  const client = openBroker(broker);
  const { retryWhileUnknown = 0, retryInterval = 10 } = options;
  const question = `${client.baseUrl}/matrix?${questionOf(selectors, options)}`;
  try {
    for (let timesLeft = retryWhileUnknown; ; timesLeft--) {
      const answer = await client.get(question);
      const missing = missingIn(answer);
      if (missing === undefined) throw notABroker(broker);
      if (missing > 0 && timesLeft > 0) {
        const results = missing === 1 ? 'a result is' : `${missing} results are`;
        const atMost = timesLeft === 1 ? 'once more' : `${timesLeft} times at most`;
        options.onWait?.(`${results} missing: asking again in ${retryInterval} s, ${atMost}`);
        await sleep(retryInterval * 1000);
      } else return deployabilityIn(answer, selectors);
    }
  } finally {
    await client.close();
  }
}

/** A broker takes what is blank for what nobody asked: a gate would be green for another reason. */
function checkNames(
  selectors: readonly VersionSelector[],
  { ignore = [], toEnvironment, to }: CanIDeployOptions,
): void {
  for (const { pacticipant, version, tag, branch } of [
    ...selectors,
    ...ignore,
  ] as readonly VersionSelector[]) {
    checkName(pacticipant, 'The name of a pacticipant');
    for (const [said, value] of Object.entries({ version, tag, branch }))
      if (value !== undefined) checkName(value, `The ${said} of ${pacticipant}`);
  }
  if (toEnvironment !== undefined) checkName(toEnvironment, '--to-environment');
  if (to !== undefined) checkName(to, '--to');
}

/** The selectors; the only one, when it selects no version, with the one that git names. */
async function completed(selectors: readonly VersionSelector[]): Promise<readonly VersionSelector[]> {
  const unclear = selectors.filter(selector => !selects(selector));
  const [first] = unclear;
  if (first === undefined) return selectors;
  if (selectors.length > 1)
    throw new UsageError(
      `Which version of ${first.pacticipant}? Give --version, --latest, --branch, --main-branch or --all after --pacticipant ${first.pacticipant}.`,
    );
  const { version } = await sourceVersion({}, '--version');
  return [{ ...first, version }];
}

function selects({ version, latest, tag, branch, mainBranch }: VersionSelector): boolean {
  return (
    version !== undefined ||
    latest === true ||
    tag !== undefined ||
    branch !== undefined ||
    mainBranch === true
  );
}

/** The question as brokers take it: what `pact-broker can-i-deploy` asks. */
export function questionOf(
  selectors: readonly VersionSelector[],
  { ignore = [], toEnvironment, to }: CanIDeployOptions,
): string {
  const isAlone = selectors.length === 1 && toEnvironment === undefined;
  const members = {
    // One version of each that it meets; in an environment, each of those that are there.
    latestby: isAlone ? 'cvp' : 'cvpv',
    latest: isAlone || to !== undefined ? 'true' : undefined,
    environment: toEnvironment,
    tag: to,
  };
  const query = [
    ...selectors.flatMap(selector => membersOf('q', selector)),
    ...Object.entries(members),
    ...[...ignore, ...ignoredByEnvironment()].flatMap(selector => membersOf('ignore', selector)),
  ];
  return new URLSearchParams(query.filter(isGiven)).toString();
}

function isGiven(member: readonly [string, string | undefined]): member is [string, string] {
  return member[1] !== undefined;
}

function membersOf(name: string, selector: VersionSelector): readonly [string, string | undefined][] {
  const { pacticipant, version, latest, tag, branch, mainBranch } = selector;
  const isLatest = latest === true || branch !== undefined || mainBranch === true;
  return [
    [`${name}[][pacticipant]`, pacticipant],
    [`${name}[][version]`, version],
    [`${name}[][latest]`, isLatest ? 'true' : undefined],
    [`${name}[][tag]`, tag],
    [`${name}[][branch]`, branch],
    [`${name}[][mainBranch]`, mainBranch === true ? 'true' : undefined],
  ];
}

function ignoredByEnvironment(): readonly VersionSelector[] {
  const names = (process.env.PACT_BROKER_CAN_I_DEPLOY_IGNORE ?? '').split(',').map(name => name.trim());
  return names.filter(name => name !== '').map(pacticipant => ({ pacticipant }));
}

/** How many results the answer still waits for; `undefined` when it is no answer to the question. */
function missingIn({ summary }: Resource): number | undefined {
  if (!isObject(summary) || !('deployable' in summary)) return undefined;
  const { deployable, unknown } = summary;
  // Brokers do not know yet with null; what failed is known, whatever else is missing.
  if (deployable !== null) return 0;
  return typeof unknown === 'number' && unknown > 0 ? unknown : 1;
}

function deployabilityIn(answer: Resource, selectors: readonly VersionSelector[]): Deployability {
  const { summary, matrix } = answer;
  return {
    isDeployable: isObject(summary) && summary.deployable === true,
    subjects: selectors.map(selectorInWords),
    reasons: reasonsIn(answer),
    matrix: matrixIn(matrix),
  };
}

function selectorInWords({ pacticipant, version, latest, tag, branch, mainBranch }: VersionSelector): string {
  if (version !== undefined) return `${pacticipant} ${version}`;
  if (branch !== undefined) return `${pacticipant}, the latest of branch ${branch},`;
  if (mainBranch === true) return `${pacticipant}, the latest of the main branch,`;
  if (tag !== undefined) return `${pacticipant}, ${latest === true ? 'the latest' : 'all'} with tag ${tag},`;
  return `${pacticipant}, the latest,`;
}

function reasonsIn({ summary, notices }: Resource): readonly string[] {
  const told = Array.isArray(notices)
    ? notices.flatMap((notice: unknown) =>
        isObject(notice) && typeof notice.text === 'string' && notice.text !== '' ? [notice.text] : [],
      )
    : [];
  if (told.length > 0) return told;
  return isObject(summary) && typeof summary.reason === 'string' ? [summary.reason] : [];
}

function matrixIn(matrix: unknown): readonly MatrixRow[] {
  if (!Array.isArray(matrix)) return [];
  return matrix.flatMap((row: unknown): MatrixRow[] => {
    if (!isObject(row)) return [];
    return [
      {
        consumer: partyIn(row.consumer),
        provider: partyIn(row.provider),
        result: resultIn(row.verificationResult),
      },
    ];
  });
}

/** `my-sdk 1.2.3` */
function partyIn(party: unknown): string {
  if (!isObject(party)) return '?';
  const version = isObject(party.version) ? ` ${party.version.number}` : '';
  return `${party.name}${version}`;
}

function resultIn(verification: unknown): MatrixRow['result'] {
  if (!isObject(verification) || typeof verification.success !== 'boolean') return 'unknown';
  return verification.success ? 'success' : 'failure';
}
