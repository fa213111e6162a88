import type { Resources } from '../page/resources.ts';
import type { BaselineEntry } from '../verdict/baseline.ts';
import type { FailOn, ReportedChoice } from '../verdict/report.ts';
import type { CredentialOptions } from './credential-options.ts';
import type { ProfileName } from './profiles.ts';

/** How functions are brought about on the target. */
export type Arrange = 'api' | 'states' | 'none';

/** Told of what goes on, while it goes on. */
export interface Watcher {
  /** Before anything is created: where that will be written down. */
  onBegin?(journalPath: string): void;
  /**
   * A property began, or made further exchanges.
   *
   * @param failing the clauses that failed so far, informative ones aside
   */
  onProgress?(title: string, exchanges: number, failing: readonly string[]): void;
  /** A property came to its end. */
  onEnded?(title: string, milliseconds: number, exchanges: number): void;
}

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
  /**
   * What exists in the account of the target, for functions to name. Refusing it is a finding; what is not given is
   * made up, and refusing that is none.
   */
  readonly resources?: Resources;
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
  /** The choices of an earlier report: the run fails when the target chooses otherwise. */
  readonly expectChoices?: readonly ReportedChoice[];
  /** Leaves what was created where it is; the journal names it. Default: `false`. */
  readonly keep?: boolean;
  /** Where what is created is written down. Default: a file in the folder for temporary files. */
  readonly journalPath?: string;
  /** Aborted to interrupt the run: it cleans up and ends. */
  readonly signal?: AbortSignal;
  readonly watcher?: Watcher;
}
