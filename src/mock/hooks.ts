import type { Answer } from './answer.ts';
import type { Call, Hooks, Step } from './call.ts';

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
