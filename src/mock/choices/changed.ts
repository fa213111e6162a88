import type { Hooks } from '../call.ts';
import type { StoredFunction } from '../functions.ts';
import { namedFunction } from '../sent.ts';

type Operation = NonNullable<Hooks['operation']>;

/** Members that a change of the configuration does not touch. */
const UNTOUCHED = [
  'func_name',
  'package',
  'code_type',
  'code_url',
  'code_filename',
  'type',
  'dependencies',
  'depend_version_list',
  'function_async_config',
];

/** Configures as if the function had nothing but what a change does not touch. */
export const unsettingFirst: Operation = (call, next) => {
  const fn = call.operation === 'change configuration' ? namedFunction(call) : undefined;
  if (fn === undefined) return next(call);
  const before = fn.configuration;
  const kept = Object.entries(before).filter(([name]) => UNTOUCHED.includes(name));
  // Only optional members are taken away: the request has to carry the mandatory ones.
  const stripped = Object.fromEntries(kept) as unknown as typeof before;
  fn.configuration = stripped;
  const answer = next(call);
  // Refused, or about a version of the function.
  if (fn.configuration === stripped) fn.configuration = before;
  return answer;
};

/** Publishes whether or not anything changed. */
export const publishingAlways: Operation = (call, next) => {
  const fn = call.operation === 'publish' ? namedFunction(call) : undefined;
  if (fn !== undefined) fn.versions = fn.versions.map(version => ({ ...version, state: '' }));
  return next(call);
};

/** The changes of a function that were counted, and the state that it has but for them. */
interface Counted {
  readonly changes: number;
  readonly plain: string;
  /** The state with the changes in it. */
  readonly state: string;
}

const counted = new WeakMap<StoredFunction, Counted>();

/** A change counts, whether or not it leads back to what was there before. */
export const countingChanges: Operation = (call, next) => {
  const fn = call.operation === 'publish' ? undefined : namedFunction(call);
  if (fn === undefined) return next(call);
  const before = fn.state;
  const last = counted.get(fn);
  // Within the operation, states are compared without the count.
  const plain = last?.state === before ? last.plain : before;
  fn.state = plain;
  const answer = next(call);
  if (fn.state === plain) {
    fn.state = before;
  } else {
    const changes = (last?.changes ?? 0) + 1;
    const state = `${fn.state} ${changes}`;
    counted.set(fn, { changes, plain: fn.state, state });
    fn.state = state;
  }
  return answer;
};
