import type { Resources } from '../page/resources.ts';
import type { Credentials } from '../target/index.ts';
import type { ProfileName } from './profiles.ts';
import type { Arrange } from './run-options.ts';

/** Everything that the worker needs to know of a run: plain data, handed over by vitest. */
export interface RunSettings {
  readonly endpoint: string;
  readonly projectId: string;
  readonly region?: string;
  readonly credentials: Credentials;
  /** Publish on this function only. */
  readonly functionUrn?: string;
  readonly arrange: Arrange;
  /** Whether provider states arrange functions that the API does not. */
  readonly statesToo: boolean;
  /** Whether what was created stays. */
  readonly keep: boolean;
  /** Why the server is taken for one that keeps no state, in a sentence, when it is. */
  readonly forgetful?: string;
  readonly statesUrl?: string;
  /** What exists for functions to name. */
  readonly resources: Resources;
  readonly profile: ProfileName;
  readonly seed: number;
  /** Requests at most, clean-up included. */
  readonly maxRequests: number;
  readonly rate?: number;
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** PEM. */
  readonly cacert?: string;
  /** Globs of clause ids; empty for all. */
  readonly only: readonly string[];
  /** Whether every exchange is kept, for an archive of them. */
  readonly keepExchanges: boolean;
  /** Names the functions of this run. */
  readonly runId: string;
  /** Where what is created is written down. */
  readonly journalPath: string;
}

/** What is settled before the credentials are known to be good. */
export type RunPlan = Omit<RunSettings, 'projectId' | 'credentials'>;
