import { readFileSync } from 'node:fs';
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
  /** Certificates (PEM) that are trusted besides the usual ones and those of SSL_CERT_FILE. */
  readonly cacert?: string;
  /** Told what is waited for, in a sentence, when it takes a while. */
  readonly onWait?: (told: string) => void;
}

/** A broker whose address is known. */
export interface Broker {
  readonly baseUrl: string;
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  /** Certificates (PEM) that are trusted besides Node’s own. */
  readonly cacert?: string;
  readonly onWait?: (told: string) => void;
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
  const cacert = trustedBesides(baseUrl, options.cacert, env);
  const { onWait } = options;
  const at = {
    baseUrl,
    ...(cacert === undefined ? {} : { cacert }),
    ...(onWait === undefined ? {} : { onWait }),
  };
  if (token !== undefined) return { ...at, token };
  return username === undefined || password === undefined ? at : { ...at, username, password };
}

/**
 * What is trusted besides Node’s own certificates: what is given, and the file that Pact’s commands read. Node
 * leaves out NODE_EXTRA_CA_CERTS as soon as it is told what to trust.
 */
function trustedBesides(baseUrl: string, cacert: string | undefined, env: Environment): string | undefined {
  if (!baseUrl.startsWith('https:')) return undefined;
  const given = [cacert, certificatesIn('SSL_CERT_FILE', env)].filter(pem => pem !== undefined);
  if (given.length === 0) return undefined;
  return [...given, certificatesIn('NODE_EXTRA_CA_CERTS', env)].filter(pem => pem !== undefined).join('\n');
}

function certificatesIn(variable: string, env: Environment): string | undefined {
  const file = set(env[variable]);
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${variable} names the certificates in ${file}, which cannot be read.`);
  }
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
  /** It says what is wrong with what it was asked for. */
  | 'rejected'
  /** Anything else. */
  | 'failed';

/** A broker did not do what it was asked for; the message says why, in a sentence. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError';
  readonly trouble: BrokerTrouble;
  /** What it answered, when it did. */
  readonly answer: BrokerAnswer | undefined;

  constructor(trouble: BrokerTrouble, message: string, answer?: BrokerAnswer) {
    super(message);
    this.trouble = trouble;
    this.answer = answer;
  }
}

/** An answer that is not what was asked for. */
export interface BrokerAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}
