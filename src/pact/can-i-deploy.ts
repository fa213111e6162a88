import { isObject, jsonObjectIn } from '../page/formats.ts';
import { type BrokerOptions, needBroker } from './broker.ts';
import { DEFAULT_NAMING } from './naming.ts';
import { runPactCli, troubleIn } from './pact-cli.ts';
import { sourceVersion } from './source-version.ts';

/** Whose version, and where it is to go. */
export interface CanIDeployOptions extends BrokerOptions {
  /** Default: the consumer of the suite's own pact. */
  readonly pacticipant?: string;
  /** Default: the commit that git names. */
  readonly appVersion?: string;
  /** What is there must get along with the version. Default: the latest of everything. */
  readonly toEnvironment?: string;
  /** The tag of what it must get along with. */
  readonly to?: string;
  /** How often to ask again while results are missing. Default: 0. */
  readonly retryWhileUnknown?: number;
  /** Seconds between two times. Default: 10. */
  readonly retryInterval?: number;
}

/** What the broker says. */
export interface Deployability {
  readonly isDeployable: boolean;
  readonly pacticipant: string;
  readonly version: string;
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
 * Asks a broker, through the Pact CLI, whether a version may be deployed.
 *
 * @throws UsageError when there is no broker or no version
 * @throws BrokerError when the broker does not say
 */
export async function canIDeploy(options: CanIDeployOptions): Promise<Deployability> {
  const broker = needBroker(options);
  const { pacticipant = DEFAULT_NAMING.consumer, appVersion, toEnvironment, to } = options;
  const { retryWhileUnknown, retryInterval } = options;
  const { version } = await sourceVersion(
    appVersion === undefined ? {} : { version: appVersion },
    '--app-version',
  );
  const result = await runPactCli(broker, [
    'can-i-deploy',
    // Apart: the Pact CLI does not read these two after an equals sign.
    '--pacticipant',
    pacticipant,
    '--version',
    version,
    ...(toEnvironment === undefined ? [] : [`--to-environment=${toEnvironment}`]),
    ...(to === undefined ? [] : [`--to=${to}`]),
    ...(retryWhileUnknown === undefined ? [] : [`--retry-while-unknown=${retryWhileUnknown}`]),
    ...(retryWhileUnknown === undefined ? [] : [`--retry-interval=${retryInterval ?? 10}`]),
    '--output=json',
  ]);
  // With JSON, the Pact CLI ends with 0 whatever the broker says: the answer itself is read.
  const answer = jsonObjectIn(result.stdout.slice(result.stdout.indexOf('{')));
  if (answer === undefined || !isObject(answer.summary)) throw troubleIn(result, broker);
  return {
    isDeployable: answer.summary.deployable === true,
    pacticipant,
    version,
    reasons: reasonsIn(answer),
    matrix: matrixIn(answer.matrix),
  };
}

function reasonsIn({ summary, notices }: Record<string, unknown>): readonly string[] {
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
