import { randomInt } from 'node:crypto';
import type { MockServer } from '../mock/index.ts';
import { journalPathOf } from '../target/journal-files.ts';
import { newRunId } from '../target/names.ts';
import type { BaselineEntry } from '../verdict/baseline.ts';
import type { FailOn } from '../verdict/verdict.ts';
import { type CredentialOptions, checkCredentialOptions } from './credential-options.ts';
import type { Watcher } from './engine.ts';
import { type ProfileName, profiles } from './profiles.ts';
import type { Arrange, RunPlan, RunSettings } from './settings.ts';
import { UsageError } from './usage-error.ts';

export { UsageError } from './usage-error.ts';

/** A run of the suite against a target; credentials are mandatory with `endpoint`. */
export interface RunOptions extends CredentialOptions {
  /** Absolute URL that the paths of the API are below. Default: the embedded mock server. */
  readonly endpoint?: string;
  /** The project of the credentials; mandatory with `endpoint`, unless IAM says it. */
  readonly projectId?: string;
  readonly region?: string;
  /** Publish on this function only; nothing is created besides versions of it. */
  readonly functionUrn?: string;
  /**
   * `auto`: through the API, and through provider states where the API cannot, or the target has no operation to
   * create functions; `none` with `functionUrn`. Default: `auto`.
   */
  readonly arrange?: Arrange | 'auto';
  /** Where provider states are set up. */
  readonly statesUrl?: string;
  /** Default: `standard`. */
  readonly profile?: ProfileName;
  /** 0..2147483647; the same seed makes the same inputs. Default: random. */
  readonly seed?: number;
  /** Requests at most, clean-up included. Default: the profile's. */
  readonly maxRequests?: number;
  /** Requests that are started a second. Default: no limit. */
  readonly rate?: number;
  /** Exchanges at a time. Default: 8. */
  readonly concurrency?: number;
  /** Milliseconds that one exchange may take. Default: 10000. */
  readonly timeoutMs?: number;
  /** Certificates (PEM) that are trusted besides the usual ones. */
  readonly cacert?: string;
  /** Globs of clause ids; others are neither exercised on purpose nor reported. */
  readonly only?: readonly string[];
  /** Default: `required`. */
  readonly failOn?: FailOn;
  /** `I/N`: the I-th of N parts. */
  readonly shard?: string;
  /** Keeps every exchange in the result. Default: `false`. */
  readonly keepExchanges?: boolean;
  /** Failures that are known. */
  readonly baseline?: readonly BaselineEntry[];
  /** Leaves what was created where it is; the journal names it. Default: `false`. */
  readonly keep?: boolean;
  /** Where what is created is written down. Default: a file in the folder for temporary files. */
  readonly journalPath?: string;
  /** Aborted to interrupt the run: it cleans up and ends. */
  readonly signal?: AbortSignal;
  readonly watcher?: Watcher;
}

/** A target whose address and credentials are known. */
export type ResolvedTarget = Required<Pick<RunOptions, 'endpoint'>> &
  Pick<RunOptions, 'region' | 'statesUrl'> &
  Pick<RunSettings, 'projectId' | 'credentials'>;

/** The target that a mock server is. */
export function targetOfMock(mock: MockServer): ResolvedTarget {
  const { url, token, forbiddenToken } = mock;
  return { ...mock, endpoint: url, credentials: { token, forbiddenToken } };
}

/**
 * Checks the options of a run that do not depend on the target.
 *
 * @throws UsageError
 */
export function checkRunOptions(options: RunOptions): void {
  const { endpoint, functionUrn, arrange, statesUrl } = options;
  if (endpoint !== undefined) checkCredentialOptions(options);
  if (endpoint === undefined && functionUrn !== undefined) {
    throw new UsageError('--function-urn needs --endpoint: the embedded mock server has no such function.');
  }
  if (arrange === 'states' && endpoint !== undefined && statesUrl === undefined) {
    throw new UsageError('--arrange states needs --states-url: where provider states are set up.');
  }
  if (arrange === 'none' && functionUrn === undefined) {
    throw new UsageError('--arrange none needs --function-urn: the function to publish on.');
  }
}

/** The plain settings of a run. */
export function settingsOf(options: RunOptions, target: ResolvedTarget): RunSettings {
  const { projectId, credentials } = target;
  return { ...planOf(options, target), projectId, credentials };
}

/** The settings of a run as far as they do not depend on its credentials. */
export function planOf(
  options: RunOptions,
  target: Pick<ResolvedTarget, 'endpoint' | 'region' | 'statesUrl'>,
): RunPlan {
  const profile = options.profile ?? 'standard';
  const runId = newRunId();
  const { region, statesUrl } = target;
  const { functionUrn, rate, cacert, arrange = 'auto' } = options;
  return {
    endpoint: target.endpoint,
    arrange: arrange === 'auto' ? (functionUrn === undefined ? 'api' : 'none') : arrange,
    statesToo: arrange !== 'api',
    keep: options.keep ?? false,
    profile,
    seed: options.seed ?? randomInt(2 ** 31),
    maxRequests: options.maxRequests ?? profiles[profile].maxRequests,
    concurrency: options.concurrency ?? 8,
    timeoutMs: options.timeoutMs ?? 10_000,
    only: options.only ?? [],
    keepExchanges: options.keepExchanges ?? false,
    runId,
    journalPath: options.journalPath ?? journalPathOf(runId),
    ...(region === undefined ? {} : { region }),
    ...(functionUrn === undefined ? {} : { functionUrn }),
    ...(statesUrl === undefined ? {} : { statesUrl }),
    ...(rate === undefined ? {} : { rate }),
    ...(cacert === undefined ? {} : { cacert }),
  };
}
