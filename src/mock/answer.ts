import { isRefusal, type Refusal, refusalOf } from './refusals.ts';

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
