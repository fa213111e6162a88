import { randomInt } from 'node:crypto';
import type { MockServer } from '../mock/index.ts';
import { clauses } from '../page/catalogue.ts';
import { journalPathOf } from '../target/journal-files.ts';
import { newRunId } from '../target/names.ts';
import { didYouMeanIds, matchesGlob } from '../verdict/globs.ts';
import { checkCredentialOptions } from './credential-options.ts';
import { checkOptionTypes } from './option-types.ts';
import { profiles } from './profiles.ts';
import { checkResources } from './resources.ts';
import type { RunOptions } from './run-options.ts';
import type { RunPlan, RunSettings } from './settings.ts';
import { UsageError } from './usage-error.ts';

export type { RunOptions } from './run-options.ts';
export { UsageError } from './usage-error.ts';

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
 * @throws TypeError for what is no option, or has another type
 * @throws UsageError when options contradict each other or lack one
 */
export function checkRunOptions(options: RunOptions): void {
  checkOptionTypes(options);
  const { endpoint, functionUrn, arrange, statesUrl, only = [], resources = {} } = options;
  checkResources(resources);
  for (const glob of only) checkGlob(glob);
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

/** @throws UsageError when no clause has such an id */
function checkGlob(glob: string): void {
  if (clauses.some(({ id }) => matchesGlob(glob, id))) return;
  const hint = didYouMeanIds(
    glob,
    clauses.map(({ id }) => id),
  );
  throw new UsageError(`--only ${glob} matches no clause.${hint} "fgs-conformance clauses" lists all.`);
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
    resources: options.resources ?? {},
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
