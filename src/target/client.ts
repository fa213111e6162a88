import type { Configuration } from '../page/configuration.ts';
import type { FailureKind } from '../page/exchange.ts';
import { isObject, jsonObjectIn } from '../page/formats.ts';
import type { ErrorBody } from '../page/tables/error-body.ts';
import type { PublishRequest } from '../page/tables/publish-request.ts';
import { type PublishedVersion, publishedVersion } from '../page/tables/published-version.ts';
import { withoutQualifier } from '../page/urn.ts';
import { expectArgument } from '../words/arguments.ts';
import { flawsOf } from '../words/shape.ts';
import type { ConnectionOptions, WireAnswer, WireRequest } from './connection.ts';
import { authorize, checkCredentials } from './credentials.ts';
import { readEndpoint } from './endpoint.ts';
import { functionPath, functionsPath } from './function-paths.ts';
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

/** A version as a target reported it: the members that any version has are there, with their documented types. */
export type AnsweredVersion = PublishedVersion &
  Required<Pick<PublishedVersion, (typeof publishedVersion.required)[number]>>;

/** What a publish request was answered with; `status` tells the cases apart. */
export type PublishResult =
  | { readonly status: 200; readonly version: AnsweredVersion }
  | { readonly status: 400 | 401 | 403 | 404 | 500; readonly error: ErrorBody }
  | Undocumented;

/** A status that the pages do not have, or a documented one without the documented body. */
export interface Undocumented {
  readonly status: 'undocumented';
  readonly httpStatus: number;
  readonly body: string;
}

/** What a request to create a function was answered with. */
export type CreateResult =
  | {
      readonly status: 200;
      /** Names the function in every other call: a URN without a version. */
      readonly functionUrn: string;
      readonly function: PublishedVersion;
    }
  | { readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503; readonly error: ErrorBody }
  | Undocumented;

/** What a request to delete a function, or a version of it, was answered with. */
export type DeleteResult =
  | { readonly status: 204 }
  | { readonly status: 400 | 401 | 403 | 404 | 500; readonly error: ErrorBody }
  | Undocumented;

/** A client of "Publishing a Function Version", and of what makes and removes a function to publish. */
export interface PublishClient {
  /**
   * Publishes a version of a function, which is named by any form of its URN.
   *
   * @throws NoAnswer when no complete answer arrives
   */
  publishVersion(functionUrn: string, request?: PublishRequest): Promise<PublishResult>;
  /**
   * Creates a function.
   *
   * @throws NoAnswer when no complete answer arrives
   */
  createFunction(configuration: Partial<Configuration>): Promise<CreateResult>;
  /**
   * Deletes a function, or one version of it when the URN names one.
   *
   * @throws NoAnswer when no complete answer arrives
   */
  deleteFunction(functionUrn: string): Promise<DeleteResult>;
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
 * @throws TypeError for options that are not what was expected
 * @throws Error when the endpoint or the token cannot be used
 */
export function createClient(options: ClientOptions): PublishClient {
  checkOptions(options);
  const { endpoint, projectId, token, timeoutMs = 10_000 } = options;
  const { origin, base, host } = readEndpoint(endpoint);
  const credentials = { token };
  checkCredentials(credentials);
  const pool = createPool({ origin, timeoutMs });
  const redact = redactorOf([{ value: token, placeholder: '[token]' }]);
  const call = async (method: string, path: string, members?: object): Promise<Answered> => {
    const body = members === undefined ? undefined : Buffer.from(JSON.stringify(members));
    const wire = {
      method,
      path: `${base}${path}`,
      headers: { host, accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    };
    const authorized = authorize(wire, credentials, 'valid', projectId);
    const { response, failure } = await pool.exchange(authorized);
    if (response === undefined || failure !== undefined) {
      throw new NoAnswer(failure?.kind ?? 'reset', redact(failure?.message ?? 'no answer came'));
    }
    const text = response.body.toString('utf8');
    return { status: response.status, text, value: jsonObjectIn(text) };
  };
  return {
    publishVersion: async (functionUrn, request = {}) => {
      checkPublished(functionUrn);
      const answered = await call('POST', functionPath(projectId, functionUrn, 'versions'), request);
      const { status, value } = answered;
      if (status === 200 && isAnsweredVersion(value)) return { status, version: value };
      return errorIn(answered, [400, 401, 403, 404, 500]);
    },
    createFunction: async configuration => {
      checkConfiguration(configuration);
      const answered = await call('POST', functionsPath(projectId), configuration);
      const { status, value } = answered;
      if (status === 200 && isPublishedVersion(value) && typeof value.func_urn === 'string') {
        return { status, functionUrn: withoutQualifier(value.func_urn), function: value };
      }
      return errorIn(answered, [400, 401, 403, 404, 409, 413, 500, 503]);
    },
    deleteFunction: async functionUrn => {
      checkDeleted(functionUrn);
      const answered = await call('DELETE', functionPath(projectId, functionUrn));
      return answered.status === 204 ? { status: 204 } : errorIn(answered, [400, 401, 403, 404, 500]);
    },
    close: () => pool.close(),
  };
}

/** A complete answer. */
interface Answered {
  readonly status: number;
  readonly text: string;
  /** The object that the text holds, if it does. */
  readonly value: unknown;
}

const text = { type: 'string', minLength: 1 } as const;

const checkOptions = expectArgument({
  call: 'createClient',
  name: 'options',
  example: '{ endpoint, projectId, token }',
  schema: {
    type: 'object',
    required: ['endpoint', 'projectId', 'token'],
    properties: {
      endpoint: text,
      projectId: text,
      token: text,
      timeoutMs: { type: 'number', minimum: 1 },
    } satisfies Readonly<Record<keyof ClientOptions, object>>,
    additionalProperties: false,
  },
  mayBeSpread: true,
});

const A_FUNCTION = {
  name: 'functionUrn',
  example: 'the URN of a function, such as urn:fss:region:project:function:default:name',
  schema: text,
};

const checkPublished = expectArgument({ call: 'publishVersion', ...A_FUNCTION });
const checkDeleted = expectArgument({ call: 'deleteFunction', ...A_FUNCTION });

const checkConfiguration = expectArgument({
  call: 'createFunction',
  name: 'configuration',
  example: "a configuration such as { func_name: 'hello', runtime: 'Node.js16.17' }",
  schema: { type: 'object' },
});

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

/** The documented error that an answer is, or what it is instead. */
function errorIn<Status extends number>(
  { status, text, value }: Answered,
  documented: readonly Status[],
): { readonly status: Status; readonly error: ErrorBody } | Undocumented {
  const known = documented.find(each => each === status);
  if (known !== undefined && isErrorBody(value)) return { status: known, error: value };
  return { status: 'undocumented', httpStatus: status, body: text };
}

const { required, properties } = publishedVersion;

const versionShape = {
  type: 'object',
  required,
  properties: Object.fromEntries(required.map(name => [name, { type: properties[name].type }])),
};

/** Whether the members that any version has are there; what they hold is for a judge. */
function isAnsweredVersion(value: unknown): value is AnsweredVersion {
  return flawsOf(value, versionShape).length === 0;
}

/** Any object: the page gives no member that a client could not do without. */
function isPublishedVersion(value: unknown): value is PublishedVersion {
  return isObject(value);
}

function isErrorBody(value: unknown): value is ErrorBody {
  return isObject(value) && typeof value.error_code === 'string' && typeof value.error_msg === 'string';
}
