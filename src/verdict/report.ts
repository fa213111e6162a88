import type { Level, Source } from '../page/clause.ts';
import type { Exchange } from '../page/exchange.ts';

/** What is said of one clause, or of a whole run. */
export type ClauseVerdict = 'pass' | 'fail' | 'not-exercised';
export type RunVerdict = 'conformant' | 'nonconformant' | 'inconclusive';

/** What turns a failing clause into a failing run. */
export type FailOn = Extract<Level, 'required' | 'recommended'>;

/** One way in which a target broke a clause, as small as it was found. */
export interface ReportedFinding {
  readonly message: string;
  /** JSON pointer into the body, when the finding is about a member. */
  readonly pointer?: string;
  /** What was put in: the configuration or the request that shows the finding. */
  readonly counterexample?: unknown;
  /** Seed and path with which fast-check finds the counterexample again. */
  readonly seed?: number;
  readonly path?: string;
  readonly exchange?: Exchange;
  /**
   * A script for bash that shows the finding from nothing: it makes what it needs, sends what broke the clause
   * with `curl -i`, and deletes what it made. Secrets are names of environment variables.
   */
  readonly reproduce?: string;
}

/** The verdict on one clause. */
export interface ReportedClause {
  readonly id: string;
  readonly subject: string;
  readonly level: Level;
  readonly title: string;
  readonly source: Source;
  readonly verdict: ClauseVerdict;
  /** Why it was not exercised. */
  readonly reason?: string;
  /** How many exchanges were evidence. */
  readonly exercised: number;
  readonly violations: number;
  /** Whether a baseline lists the failure. */
  readonly known: boolean;
  /** At most three. */
  readonly findings: readonly ReportedFinding[];
}

/** An answer of a target to a choice. */
export interface ReportedAnswer {
  readonly answer: string;
  /** How many exchanges showed it. */
  readonly seen: number;
  /** What of the example shows it, in words. */
  readonly shown: string;
  /** The smallest exchange that showed it, with no more headers than the content type. */
  readonly example: Exchange;
}

/** How a target uses a freedom that the page leaves. */
export interface ReportedChoice {
  readonly id: string;
  readonly question: string;
  /**
   * The most frequent one first; none when nothing showed one, and several when the target chooses differently from
   * one time to the next.
   */
  readonly answers: readonly ReportedAnswer[];
}

/** Inputs of a kind that a run did not try. */
export interface LeftOut {
  /** What they are, in words. */
  readonly inputs: string;
  readonly count: number;
  /** The profile that tries them. */
  readonly profile: string;
}

/** `report.json`: everything that a run found. Programs outside this repo rely on its shape. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly page: { readonly title: string; readonly id: string };
  readonly target: { readonly endpoint: string; readonly arranged: string };
  readonly run: {
    readonly profile: string;
    readonly seed: number;
    /** ISO 8601. */
    readonly startedAt: string;
    readonly durationMs: number;
    readonly exchanges: number;
    /** When the service asked for a slower pace (429): how often, and what it took then. */
    readonly pace?: { readonly refusals: number; readonly requestsPerSecond: number };
    /** What the profile left out, and the profile that asks for it. */
    readonly leftOut?: readonly LeftOut[];
    /** The least binding level whose failures fail the run; `required` when it is absent. */
    readonly failOn?: FailOn;
    /** The options in force, by the names of the library; none of them secret. */
    readonly options?: Readonly<Record<string, unknown>>;
  };
  readonly summary: {
    readonly verdict: RunVerdict;
    /** Why, in one sentence. */
    readonly reason: string;
    readonly clauses: {
      readonly total: number;
      readonly pass: number;
      readonly fail: number;
      readonly 'not-exercised': number;
    };
  };
  readonly clauses: readonly ReportedClause[];
  /** Every choice, seen or not; absent in reports of earlier versions. */
  readonly choices?: readonly ReportedChoice[];
}
