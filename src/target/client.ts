import type { FailureKind } from '../page/exchange.ts';
import { isObject, jsonObjectIn } from '../page/formats.ts';
import type { ErrorBody } from '../page/tables/error-body.ts';
import type { PublishRequest } from '../page/tables/publish-request.ts';
import type { PublishedVersion } from '../page/tables/published-version.ts';
import type { ConnectionOptions, WireAnswer } from './connection.ts';
import { authorize, checkCredentials, type WireRequest } from './credentials.ts';
import { readEndpoint } from './endpoint.ts';
import { functionPath } from './function-paths.ts';
import { redactorOf } from './redaction.ts';
import { createSlots } from './slots.ts';

export interface ClientOptions {
  /** Absolute URL, such as `https://functiongraph.example.com`. */
  readonly endpoint: string;
  readonly projectId: string;
  /** Sent as `X-Auth-Token`. */
  readonly token: string;
  /** For one call, from connecting to the last byte, in milliseconds. Default: 10000. */
  readonly timeoutMs?: number;
}

/** What a publish request was answered with; `status` tells the cases apart. */
export type PublishResult =
  | { readonly status: 200; readonly version: PublishedVersion }
  | { readonly status: 400 | 401 | 403 | 404 | 500; readonly error: ErrorBody }
  | {
      /** A status that the page does not have, or a documented one without the documented body. */
      readonly status: 'undocumented';
      readonly httpStatus: number;
      readonly body: string;
    };

/** A client of "Publishing a Function Version". */
export interface PublishClient {
  /**
   * Publishes a version of a function, which is named by any form of its URN.
   *
   * @throws NoAnswer when no complete answer arrives
   */
  publishVersion(functionUrn: string, request?: PublishRequest): Promise<PublishResult>;
  /** Closes all connections; calls under way are given up. */
  close(): Promise<void>;
}

/** No complete answer arrived; `kind` says how it failed. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Further calls wait in line. */
const MOST_CONNECTIONS = 8;

/**
 * Makes a client. An answer, be it a 200 or an error, resolves; only the lack of one rejects.
 *
 * @example
 * const client = createClient({ endpoint, projectId, token });
 * const result = await client.publishVersion('urn:fss:r:p:function:default:test', { description: 'first' });
 * if (result.status === 200) console.log(result.version.version);
 * @throws Error when the endpoint or the token cannot be used
 */
export function createClient({
  endpoint,
  projectId,
  token,
  timeoutMs = 10_000,
}: ClientOptions): PublishClient {
  const { origin, base, host } = readEndpoint(endpoint);
  const credentials = { token };
  checkCredentials(credentials);
  const pool = createPool({ origin, timeoutMs });
  const redact = redactorOf([{ value: token, placeholder: '[token]' }]);
  return {
    publishVersion: async (functionUrn, request = {}) => {
      const body = Buffer.from(JSON.stringify(request));
      const wire = {
        method: 'POST',
        path: `${base}${functionPath(projectId, functionUrn, 'versions')}`,
        headers: { host, accept: 'application/json', 'content-type': 'application/json' },
        body,
      };
      const authorized = authorize(wire, credentials, 'valid', projectId);
      const { response, failure } = await pool.exchange(authorized);
      if (response === undefined || failure !== undefined) {
        throw new NoAnswer(failure?.kind ?? 'reset', redact(failure?.message ?? 'no answer came'));
      }
      return resultOf(response.status, response.body.toString('utf8'));
    },
    close: () => pool.close(),
  };
}

interface Pool {
  exchange(request: WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

/** Connections that the first exchange opens: who imports the client has not loaded an HTTP client yet. */
function createPool(options: ConnectionOptions): Pool {
  const open = async () => {
    const { openConnection } = await import('./connection.ts');
    const connections = Array.from({ length: MOST_CONNECTIONS }, () => openConnection(options));
    return { connections, slots: createSlots(connections) };
  };
  let opened: ReturnType<typeof open> | undefined;
  return {
    exchange: async request => {
      opened ??= open();
      const { slots } = await opened;
      return slots.use(connection => connection.exchange(request));
    },
    close: async () => {
      const { connections = [] } = (await opened) ?? {};
      await Promise.all(connections.map(connection => connection.close()));
    },
  };
}

function resultOf(status: number, body: string): PublishResult {
  const value = jsonObjectIn(body);
  if (status === 200 && isPublishedVersion(value)) return { status, version: value };
  if (isErrorStatus(status) && isErrorBody(value)) return { status, error: value };
  return { status: 'undocumented', httpStatus: status, body };
}

function isErrorStatus(status: number): status is 400 | 401 | 403 | 404 | 500 {
  return [400, 401, 403, 404, 500].includes(status);
}

/** Any object: the page gives no member that a client could not do without. */
function isPublishedVersion(value: unknown): value is PublishedVersion {
  return isObject(value);
}

function isErrorBody(value: unknown): value is ErrorBody {
  return isObject(value) && typeof value.error_code === 'string' && typeof value.error_msg === 'string';
}
