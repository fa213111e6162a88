import { isObject } from '../../page/formats.ts';
import { type Answer, refused } from '../answer.ts';
import type { Call, Service } from '../call.ts';
import type { StoredFunction } from '../functions.ts';
import { refusal } from '../refusals.ts';
import { namedFunction, sentObject } from '../sent.ts';
import { type Fault, fault } from './fault.ts';

/** How long answers are held back, so that publications overlap; in milliseconds. */
const HELD_BACK_MS = 20;

type Next = (call: Call) => Answer;

/** A fault that shows only on a publication that comes while another one has not been answered yet. */
function inParallel(
  name: string,
  title: string,
  breaks: Fault['breaks'],
  publish: (call: Call, next: Next, running: StoredFunction) => Answer,
): Fault {
  const unanswered = new WeakMap<Service, Map<Call, StoredFunction>>();
  return fault(name, title, breaks, {
    operation: (call, next) => {
      const fn = call.operation === 'publish' ? namedFunction(call) : undefined;
      if (fn === undefined) return next(call);
      const others = unanswered.get(call.service) ?? new Map<Call, StoredFunction>();
      const running = [...others.values()].at(-1);
      unanswered.set(call.service, others.set(call, fn));
      return running === undefined ? next(call) : publish(call, next, running);
    },
    wire: (wire, call) => {
      const calls = unanswered.get(call.service);
      if (calls?.has(call) !== true) return wire;
      // Fires before the answer goes out, which waits as long and from later on.
      setTimeout(() => calls.delete(call), HELD_BACK_MS).unref();
      return { ...wire, pause: wire.pause + HELD_BACK_MS };
    },
  });
}

/** A second version with the name of the one that was just made. */
function underTheSameName(call: Call, next: Next, running: StoredFunction): Answer {
  const fn = namedFunction(call);
  const name = running.versions.at(-1)?.name;
  if (fn !== running || name === undefined || sentObject(call).version !== undefined) return next(call);
  fn.versions = fn.versions.map(version => ({ ...version, state: '' }));
  const answer = next(call);
  if (answer.status !== 200 || !isObject(answer.body)) return answer;
  fn.versions = fn.versions.map((version, index, all) =>
    index === all.length - 1
      ? { ...version, name, reported: { ...version.reported, version: name } }
      : version,
  );
  return { ...answer, body: { ...answer.body, version: name } };
}

/** A second version with the name that the one that was just made asked for, too. */
function underATakenName(call: Call, next: Next, running: StoredFunction): Answer {
  const fn = namedFunction(call);
  const { version } = sentObject(call);
  const last = running.versions.at(-1);
  if (fn !== running || last === undefined || version !== last.name) return next(call);
  // Neither is looked for: what has changed since, nor who has the name.
  fn.versions = fn.versions.map(each => (each === last ? { ...each, name: '', state: '' } : each));
  const answer = next(call);
  fn.versions = fn.versions.map(each => (each.name === '' ? { ...each, name: last.name } : each));
  return answer;
}

/** Faults that show only while publications run in parallel. */
export const parallelFaults: readonly Fault[] = [
  inParallel(
    'parallel-publications-fail',
    'a publication that runs in parallel with another is answered with 500',
    ['request.body.accepted', 'request.description.accepted'],
    () => refused(refusal(500, 'FSS.0500', 'Internal server error')),
  ),
  inParallel(
    'parallel-answers-mixed',
    'a publication that runs in parallel with another reports the name of the other function',
    ['body.func_urn.function'],
    (call, next, running) => {
      const answer = next(call);
      if (answer.status !== 200 || !isObject(answer.body)) return answer;
      const { func_urn, func_name } = running.reported;
      return { ...answer, body: { ...answer.body, func_urn, func_name } };
    },
  ),
  inParallel(
    'parallel-names-collide',
    'two publications of a function that run in parallel make two versions of one name',
    ['state.unique-version.listed', 'state.unique-version.fresh'],
    underTheSameName,
  ),
  inParallel(
    'parallel-taken-name',
    'two publications that ask for one name at once are both accepted',
    ['state.unique-version.listed'],
    underATakenName,
  ),
];
