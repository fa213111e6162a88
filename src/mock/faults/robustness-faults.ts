import type { Call, Service } from '../call.ts';
import { readJson } from '../request-body.ts';
import { namedFunction, sentObject } from '../sent.ts';
import type { Wire } from '../wire.ts';
import { type Fault, fault } from './fault.ts';

/**
 * A fault of how some answers to publish requests are sent. The version that such an answer tells of is not
 * kept: nobody learns its name, so nobody could delete it.
 */
function of(
  name: string,
  title: string,
  about: string,
  isMeant: (call: Call, status: number) => boolean,
  change: (wire: Wire) => Partial<Wire>,
): Fault {
  const isHit = (call: Call, status: number) => call.operation === 'publish' && isMeant(call, status);
  return fault(name, title, [about], {
    operation: (call, next) => {
      const fn = namedFunction(call);
      const before = fn?.versions;
      const answer = next(call);
      if (fn !== undefined && before !== undefined && isHit(call, answer.status)) fn.versions = before;
      return answer;
    },
    wire: (wire, call) => (isHit(call, wire.status) ? { ...wire, ...change(wire) } : wire),
  });
}

const isPublished = (_call: Call, status: number) => status === 200;
const hasDescription = (call: Call) => sentObject(call).description !== undefined;

/** JSON whose string holds a byte that is no UTF-8. */
function withStrayByte({ bytes = Buffer.alloc(0) }: Wire): Buffer {
  return Buffer.concat([
    bytes.subarray(0, -1),
    Buffer.from(',"note":"'),
    Buffer.from([0xe9]),
    Buffer.from('"}'),
  ]);
}

/** Services that answer nothing any more. */
const stopped = new WeakSet<Service>();

/** As a service that dies does it, but that deletions bring it back, so that nothing is left behind. */
const stopsAnswering = fault(
  'stops-answering',
  'a body that is not JSON stops the service from answering anything but a deletion',
  ['robustness.alive'],
  {
    wire: (wire, { service, operation, body }) => {
      if (operation === 'delete') stopped.delete(service);
      else if (operation === 'publish' && readJson(body).kind === 'malformed') stopped.add(service);
      return stopped.has(service) ? { ...wire, manner: 'closed' } : wire;
    },
  },
);

/** Faults of how answers are sent. */
export const robustnessFaults: readonly Fault[] = [
  stopsAnswering,
  of(
    'robustness.answered',
    'the connection is closed on a publication with a description',
    'robustness.answered',
    hasDescription,
    () => ({ manner: 'closed' }),
  ),
  of(
    'never-answers',
    'a publication with a digest is never answered',
    'robustness.answered',
    call => sentObject(call).digest !== undefined,
    () => ({ manner: 'never' }),
  ),
  of(
    'closes-on-malformed-json',
    'the connection is closed on a body that is not JSON',
    'robustness.answered',
    call => readJson(call.body).kind === 'malformed',
    () => ({ manner: 'closed' }),
  ),
  of(
    'robustness.complete',
    'a 200 answer breaks off in the middle',
    'robustness.complete',
    isPublished,
    () => ({
      manner: 'broken-off',
    }),
  ),
  of(
    'errors-break-off',
    'an error answer breaks off in the middle',
    'robustness.complete',
    (_call, status) => status >= 400,
    () => ({ manner: 'broken-off' }),
  ),
  of('robustness.readable', 'a 200 answer is no valid UTF-8', 'robustness.readable', isPublished, wire => ({
    bytes: withStrayByte(wire),
  })),
  of(
    'announces-gzip',
    'a 200 answer announces a content encoding that it does not have',
    'robustness.readable',
    isPublished,
    wire => ({ headers: { ...wire.headers, 'content-encoding': 'gzip' } }),
  ),
];
