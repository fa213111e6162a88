import { isObject } from '../../page/formats.ts';
import { type Answer, type Call, refused, type Service } from '../call.ts';
import type { StoredFunction } from '../functions.ts';
import { refusal } from '../refusals.ts';
import { type Fault, fault } from './fault.ts';
import { namedFunction, sentObject } from './reading.ts';

/** Answers are held back for longer than two publications may be apart to count as parallel, in milliseconds. */
const HELD_BACK_MS = 20;
const PARALLEL_MS = 15;

type Operation = (call: Call, next: (call: Call) => Answer) => Answer;

/** A fault that shows only on a publication that comes while another one has not been answered yet. */
function inParallel(
  name: string,
  title: string,
  breaks: Fault['breaks'],
  publish: (call: Call, next: Parameters<Operation>[1], running: StoredFunction) => Answer,
): Fault {
  const lasts = new WeakMap<Service, { readonly at: number; readonly fn: StoredFunction }>();
  const operation: Operation = (call, next) => {
    const fn = call.operation === 'publish' ? namedFunction(call) : undefined;
    if (fn === undefined) return next(call);
    const last = lasts.get(call.service);
    const at = performance.now();
    lasts.set(call.service, { at, fn });
    return last === undefined || at - last.at > PARALLEL_MS ? next(call) : publish(call, next, last.fn);
  };
  return fault(name, title, breaks, {
    operation,
    wire: (wire, call) =>
      call.operation === 'publish' ? { ...wire, pause: wire.pause + HELD_BACK_MS } : wire,
  });
}

/** A second version with the name of the one that was just made. */
function underTheSameName(call: Call, next: Parameters<Operation>[1], running: StoredFunction): Answer {
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

/** Faults that show only while publications run in parallel. */
export const parallelFaults: readonly Fault[] = [
  inParallel(
    'parallel-publications-fail',
    'a publication that runs in parallel with another is answered with 500',
    ['request.body.accepted'],
    () => refused(refusal(500, 'FSS.0500', 'Internal server error')),
  ),
  inParallel(
    'parallel-answers-mixed',
    'a publication that runs in parallel with another reports the name of the other function',
    ['body.func_urn.function', 'body.func_name.urn'],
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
    ['state.unique-version.fresh', 'state.unique-version.listed'],
    underTheSameName,
  ),
];
