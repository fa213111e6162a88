import type { Operation } from '../page/operations.ts';
import type { Answer } from './answer.ts';
import type { Credentials } from './authentication.ts';
import type { Problem } from './configuration-problems.ts';
import type { FunctionStore, StoredFunction } from './functions.ts';
import type { JsonObject } from './json-object.ts';
import type { Refusal } from './refusals.ts';
import type { Wire } from './wire.ts';

/** What the server keeps and is configured with. */
export interface Service {
  readonly region: string;
  readonly credentials: Credentials;
  readonly store: FunctionStore;
  readonly hooks: readonly Hooks[];
}

/** One request, and the service that it was made to. */
export interface Call {
  readonly service: Service;
  /** `undefined` for a path or method that is no operation. */
  readonly operation: Operation | undefined;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly projectId: string;
  /** As in the path, percent-decoded; blank on the collection. */
  readonly functionUrn: string;
  /** Likewise; blank where the path names no alias. */
  readonly aliasName: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** The bytes of the body; `undefined` when there is none. */
  readonly body: Buffer | undefined;
}

/** A version about to be stored. */
export interface Publication {
  readonly fn: StoredFunction;
  /** The name that the request asked for. */
  readonly requestedName: string | undefined;
  /** The description that the request gave. */
  readonly description: string | undefined;
}

/** The points at which a dress or a fault changes what the server does. None changes its arguments. */
export interface Hooks {
  /** Around an operation, authentication included. `next` answers as documented, refusals too. */
  readonly operation?: (call: Call, next: (call: Call) => Answer) => Answer;
  /** What is wrong with a configuration. */
  readonly problems?: Step<readonly Problem[], JsonObject>;
  /** What is wrong with a publish request in itself; `undefined` for nothing. */
  readonly publishProblem?: Step<Refusal | undefined, Call>;
  /** The name of a file of code: as it was sent, or this server's own for one that came without. */
  readonly codeName?: Step<string | undefined, JsonObject>;
  /** The name of a new version. */
  readonly versionName?: Step<string, Publication>;
  /** What is reported of a new version: when it is published, and by the version list from then on. */
  readonly version?: Step<JsonObject, Publication>;
  /** The entries of a version list, before it is cut into pages: `latest`, then the oldest version first. */
  readonly versions?: Step<readonly JsonObject[], Call>;
  /** Every answer, those to unknown paths and unreadable requests too. */
  readonly answer?: Step<Answer, Call>;
  /** The bytes of an answer and how they are sent. */
  readonly wire?: Step<Wire, Call>;
}

/** Changes a value on its way. */
export type Step<Value, Context> = (value: Value, context: Context) => Value;
