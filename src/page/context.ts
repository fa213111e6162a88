import type { Configuration } from './configuration.ts';
import type { PublishedVersion } from './tables/published-version.ts';

/** A way of putting a request on the wire that is not the usual one. */
export interface RequestForm {
  /** In words, such as "a body in chunks". */
  readonly title: string;
  /**
   * What HTTP makes of it.
   *
   * - `equal`: the same request, spelled or sent differently
   * - `optional`: as good as the usual form where a server knows it; one that does not refuses it
   * - `doubtful`: it can be made sense of: accepting it, refusing it and closing the connection are all fine
   * - `broken`: it makes no sense: it is refused, or the connection is closed
   */
  readonly standing: 'equal' | 'optional' | 'doubtful' | 'broken';
}

/**
 * What is known of the target when an exchange is made and cannot be read off the exchange itself: its
 * provider state. Everything is optional; a clause that needs what is not known is not exercised.
 */
export interface Context {
  /** The project of the credentials. */
  readonly projectId?: string;
  /** The credentials sent: good, unknown to the target, or without permission. Missing ones are seen in the request. */
  readonly credentials?: 'valid' | 'wrong' | 'forbidden';
  /** Whether the function named in the path exists; `elsewhere`: it does, but the URN names another project or region. */
  readonly function?: 'exists' | 'absent' | 'elsewhere';
  /** The version or alias that the URN in the path names is none of the function's. */
  readonly qualifier?: 'absent';
  /** Whether anything changed on the function since its last publication; `undefined` when nobody knows. */
  readonly unpublishedChanges?: boolean | undefined;
  /** Whether the version name that is asked for is in use; `undefined` when nobody knows. */
  readonly requestedVersion?: 'free' | 'taken' | undefined;
  /** The target was told to fail: a 500 is what it should answer. */
  readonly serviceFails?: boolean;
  /** The MD5 of the function's code, in hexadecimal: the digest that a publish request may carry. */
  readonly codeMd5?: string;
  /** The request abuses the protocol, so that closing the connection is an answer too. */
  readonly mayClose?: boolean;
  /** How the request was put on the wire, when not as usual. */
  readonly form?: RequestForm;
  /** That the target answered nothing any more after this exchange, in a sentence that names its request. */
  readonly stopped?: string;
  /**
   * That the connection ended without an answer for no fault of the request, and what became of it, in words:
   * the same request was answered later, or the version was published all the same.
   */
  readonly dropped?: string;
  /** What abused the protocol just before this request, in words. */
  readonly after?: string;
  /** The function's configuration as it was arranged and accepted. */
  readonly configuration?: Partial<Configuration>;
  /**
   * Members of the configuration that differ from one that the target accepts, such as `timeout` or
   * `strategy_config.concurrency`. A refusal can be pinned on a member when there is one.
   */
  readonly suspects?: readonly string[];
  /**
   * Members of the configuration that name resources which exist, such as `func_vpc`: refusing them is no want of
   * the resource.
   */
  readonly existing?: readonly string[];
  /**
   * What publishing answered for the versions of the function that still exist, oldest first. One that was
   * changed since, under its own URN, has its name alone.
   */
  readonly published?: readonly PublishedVersion[];
  /** How many versions the function must have, `latest` not counted, when not all answers are known. */
  readonly versionsBefore?: number;
  /** The function's configuration, as the target reported it before the publication. */
  readonly latest?: Readonly<Record<string, unknown>>;
  /** Entries of the version list on the pages before this one. */
  readonly earlierEntries?: readonly unknown[];
  /** How many pages those are. */
  readonly earlierPages?: number;
}
