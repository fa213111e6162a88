import { UsageError } from '../run/options.ts';
import type { Secret } from '../target/index.ts';

/** A Pact broker and how one logs in to it. */
export interface BrokerOptions {
  /** Absolute URL. Default: PACT_BROKER_BASE_URL. */
  readonly brokerBaseUrl?: string;
  /** A bearer token. Default: PACT_BROKER_TOKEN. */
  readonly brokerToken?: string;
  /** For basic authentication. Default: PACT_BROKER_USERNAME. */
  readonly brokerUsername?: string;
  /** Default: PACT_BROKER_PASSWORD. */
  readonly brokerPassword?: string;
}

/** A broker whose address is known. */
export interface Broker {
  readonly baseUrl: string;
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The broker that options and Pact's own variables name; `undefined` when they name none.
 *
 * @throws UsageError for an address or credentials that cannot be used
 */
export function brokerOf(options: BrokerOptions, env: Environment = process.env): Broker | undefined {
  const baseUrl = options.brokerBaseUrl ?? set(env.PACT_BROKER_BASE_URL);
  if (baseUrl === undefined) return undefined;
  checkAddress(baseUrl);
  const token = options.brokerToken ?? set(env.PACT_BROKER_TOKEN);
  const username = options.brokerUsername ?? set(env.PACT_BROKER_USERNAME);
  const password = options.brokerPassword ?? set(env.PACT_BROKER_PASSWORD);
  if (token !== undefined && username !== undefined)
    throw new UsageError('The broker takes a token or a user name, not both: leave one of them out.');
  if ((username === undefined) !== (password === undefined))
    throw new UsageError('A user name and a password of the broker go together: one of them is missing.');
  if (token !== undefined) return { baseUrl, token };
  return username === undefined || password === undefined ? { baseUrl } : { baseUrl, username, password };
}

/** @throws UsageError when options and variables name no broker */
export function needBroker(options: BrokerOptions, env?: Environment): Broker {
  const broker = brokerOf(options, env);
  if (broker !== undefined) return broker;
  throw new UsageError('There is no broker: give --broker-base-url, or set PACT_BROKER_BASE_URL.');
}

function set(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

function checkAddress(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new UsageError('The address of the broker must be a URL that begins with http:// or https://.');
  if (url.username !== '' || url.password !== '')
    throw new UsageError('The address of the broker holds a password: use --broker-username and a variable.');
}

/** What must never be printed. */
export function secretsOf({ token, password }: Broker): readonly Secret[] {
  return [
    ...(token === undefined ? [] : [{ value: token, placeholder: '[broker token]' }]),
    ...(password === undefined ? [] : [{ value: password, placeholder: '[broker password]' }]),
  ];
}

/** Why a broker did not do what it was asked for. */
export type BrokerTrouble =
  /** No connection could be made, or no answer came. */
  | 'not reachable'
  /** The credentials do not do. */
  | 'refused'
  /** It understood, and said no: another pact has this version. */
  | 'conflict'
  /** Anything else. */
  | 'failed';

/** A broker did not do what it was asked for; the message says why, in a sentence. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly trouble: BrokerTrouble;

  constructor(trouble: BrokerTrouble, message: string, cause?: unknown) {
    super(message, { cause });
    this.trouble = trouble;
  }
}
