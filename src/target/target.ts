import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import type { Credentials } from './credentials.ts';
import type { Ledger } from './ledger.ts';
import type { TargetRequest } from './target-request.ts';

export interface TargetOptions {
  /** Absolute URL that all paths are below, such as `https://functiongraph.example.com`. */
  readonly endpoint: string;
  readonly projectId: string;
  readonly region?: string;
  readonly credentials: Credentials;
  /** How long one exchange may take, from connecting to the last byte, in milliseconds. Default: 10000. */
  readonly timeoutMs?: number;
  /** How many requests may be sent in all. Default: no limit. */
  readonly maxRequests?: number;
  /** How many of `maxRequests` are kept back for clean-up, asked before each request. Default: none. */
  readonly reserved?: () => number;
  /** Where requests are counted. Default: books of its own. */
  readonly ledger?: Ledger;
  /** Requests that are started a second. Default: no limit. */
  readonly rate?: number;
  /** Exchanges at a time. Default: 4. */
  readonly concurrency?: number;
  /** Certificates (PEM) that are trusted besides the usual ones. */
  readonly cacert?: string;
  /** Once aborted, only clean-up is sent; exchanges under way are still finished. */
  readonly signal?: AbortSignal;
  /** Told when something is about to be sent, and through what it answers, of what came of it. */
  readonly begin?: (request: TargetRequest, context: Context) => (exchange: Exchange) => void;
  /** Told of every exchange once: of the last attempt when a gateway's answer was retried. */
  readonly observe?: (exchange: Exchange, context: Context) => void;
}

export interface SendOptions {
  /** Clean-up: may use the requests that are kept back, and is sent after an interruption. */
  readonly fromReserve?: boolean;
  /** Leaves it to the caller to call `observe`. Default: true. */
  readonly observed?: boolean;
}

/** An endpoint that is spoken to. */
export interface Target {
  readonly endpoint: string;
  readonly projectId: string;
  readonly region: string | undefined;
  /** Requests sent so far, each attempt counted. */
  readonly sent: number;
  /** Requests that may still be sent besides clean-up; `Infinity` without a limit. */
  readonly remaining: number;
  /** Aborted when the run was interrupted. */
  readonly signal: AbortSignal;
  readonly hasForbiddenToken: boolean;
  /**
   * That a gateway answers in the target's place, in a sentence; `undefined` while it does not. As long as it
   * does, its answers are not asked again.
   */
  readonly gatewayTrouble: string | undefined;
  /** Why nothing more is sent, in a sentence: the target stopped answering, or the credentials expired. */
  readonly end: string | undefined;
  /** A token without permission that became known later, from a provider state. Never stored from then on. */
  useForbiddenToken(token: string): void;
  /**
   * Sends a request. Whatever the network or the target does is in the exchange that is answered.
   *
   * @throws BudgetExhausted when `maxRequests` is used up.
   * @throws Interrupted when the run was interrupted and this is not clean-up.
   * @throws TargetUnresponsive when too many requests before it got no answer.
   */
  send(request: TargetRequest, context?: Context, options?: SendOptions): Promise<Exchange>;
  /**
   * Sends requests in one go over a connection of their own, and answers their exchanges, in order.
   *
   * @throws as `send` does
   */
  sendPipelined(
    requests: readonly (TargetRequest & { readonly context?: Context })[],
    options?: Pick<SendOptions, 'observed'>,
  ): Promise<readonly Exchange[]>;
  /** Does what sends requests while nothing else is under way: what becomes of the target, these did. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Does what sends so many requests at the same time: as far as `concurrency` goes, none waits for other work. */
  together<Result>(count: number, work: () => Promise<Result>): Promise<Result>;
  /** Whether bytes reach the target as they are: not through a proxy. */
  readonly isDirect: boolean;
  /** Whether so many requests may be under way at once, and start at once. */
  mayPipeline(count: number): boolean;
  /** Hands on an exchange that was sent with `observed: false`. */
  observe(exchange: Exchange, context?: Context): void;
  close(): Promise<void>;
}
