import type { Operation } from '../page/operations.ts';
import type { Credentials } from './authentication.ts';
import type { FunctionStore } from './functions.ts';
import type { Hooks } from './hooks.ts';
import { isRefusal, type Refusal, refusalOf } from './refusals.ts';

/** A JSON object that is passed on and never changed in place. */
export type JsonObject = Readonly<Record<string, unknown>>;

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

/** What is answered, before it becomes bytes. A body that is `undefined` is none. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A 200 with a JSON body. */
export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** The answer for a refusal: the error body of the page. */
export function refused({ status, code, message }: Refusal): Answer {
  return { status, body: { error_code: code, error_msg: message } };
}

/** The answer of an operation, its refusals included. */
export function answerOf(operation: () => Answer): Answer {
  try {
    return operation();
  } catch (error) {
    return refused(isRefusal(error) ? error : refusalOf(error));
  }
}

/** Headers as an exchange has them: the values of a repeated one joined. */
export function joinedHeaders(headers: Call['headers']): Readonly<Record<string, string>> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(', ')] as const],
  );
  return Object.fromEntries(pairs);
}
