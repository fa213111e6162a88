import type { Answer, Call, JsonObject } from './call.ts';
import type { Problem } from './configuration-problems.ts';
import type { StoredFunction } from './functions.ts';
import type { Wire } from './wire.ts';

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
  /** The name of a new version. */
  readonly versionName?: Step<string, Publication>;
  /** What is reported of a new version: when it is published, and by the version list from then on. */
  readonly version?: Step<JsonObject, Publication>;
  /** Every answer, those to unknown paths and unreadable requests too. */
  readonly answer?: Step<Answer, Call>;
  /** The bytes of an answer and how they are sent. */
  readonly wire?: Step<Wire, Call>;
}

type Step<Value, Context> = (value: Value, context: Context) => Value;

/** The value after every hook in turn. */
export function through<Value, Context>(
  steps: readonly (Step<Value, Context> | undefined)[],
  value: Value,
  context: Context,
): Value {
  let current = value;
  for (const step of steps) {
    if (step !== undefined) current = step(current, context);
  }
  return current;
}

/** The answer of an operation with the hooks around it, the last one outermost. */
export function around(hooks: readonly Hooks[], call: Call, operation: (call: Call) => Answer): Answer {
  let next = operation;
  for (const { operation: hook } of hooks) {
    if (hook === undefined) continue;
    const inner = next;
    next = outer => hook(outer, inner);
  }
  return next(call);
}
