import { refused } from '../answer.ts';
import type { Call, Service } from '../call.ts';
import { refusal } from '../refusals.ts';
import { readJson } from '../request-body.ts';
import { type Fault, fault } from './fault.ts';
import { hasOnly } from './reading.ts';

const failure = refused(refusal(500, 'FSS.0500', 'Internal server error'));

function isChunked({ headers }: Call): boolean {
  return headers['transfer-encoding'] !== undefined;
}

function hasBrokenPath({ url }: Call): boolean {
  return /%(?![0-9a-f]{2})/i.test(url);
}

/** Gzip begins with these bytes, and no JSON does. */
function isCompressed({ body }: Call): boolean {
  return body?.[0] === 0x1f && body[1] === 0x8b;
}

function onPublish(
  name: string,
  title: string,
  breaks: Fault['breaks'],
  isMeant: (call: Call) => boolean,
  answer = failure,
): Fault {
  const isHit = (call: Call) => call.operation === 'publish' && isMeant(call);
  return fault(name, title, breaks, {
    operation: (call, next) => (isHit(call) ? answer : next(call)),
    // A path that cannot be read gets to no operation.
    answer: (answered, call) => (isHit(call) ? answer : answered),
  });
}

/** Services that got a request with a broken path, and have not paid for it yet. */
const shaken = new WeakSet<Service>();

/** A service that loses the connection of the publication after one that it refuses, whatever that is. */
function losingTheNext(name: string, title: string, isMeant: (call: Call) => boolean): Fault {
  const startled = new WeakSet<Service>();
  return fault(name, title, ['robustness.survives'], {
    wire: (wire, call) => {
      const { service, operation } = call;
      if (operation === 'publish' && isMeant(call)) startled.add(service);
      else if (operation === 'publish' && startled.delete(service)) return { ...wire, manner: 'closed' };
      return wire;
    },
  });
}

/** Faults of how requests in unusual forms of HTTP are answered. */
export const formFaults: readonly Fault[] = [
  onPublish(
    'robustness.protocol',
    'a body with a content encoding is answered with 500',
    ['robustness.protocol'],
    ({ headers }) => headers['content-encoding'] !== undefined,
  ),
  onPublish(
    'chunked-bodies-fail',
    'a body in chunks is answered with 500',
    ['robustness.protocol', 'robustness.forms'],
    isChunked,
  ),
  onPublish(
    'charset-refused',
    'a Content-Type with a charset is answered with 415',
    ['robustness.protocol'],
    ({ headers }) => /charset/i.test(String(headers['content-type'])),
    refused(refusal(415, 'FSS.0415', 'Content-Type is not application/json')),
  ),
  onPublish(
    'robustness.forms',
    'a body in chunks is answered with 411',
    ['robustness.forms'],
    isChunked,
    refused(refusal(411, 'FSS.0411', 'The length of the body is missing')),
  ),
  onPublish(
    'encoded-colons-404',
    'a URN with %3A in the path is answered with 404',
    ['robustness.forms'],
    ({ url }) => /%3a/i.test(url),
    refused(refusal(404, 'FSS.1051', 'Not found the function')),
  ),
  onPublish(
    'robustness.abuse',
    'broken percent-encoding in the path is answered with 500',
    ['robustness.abuse'],
    hasBrokenPath,
  ),
  onPublish(
    'binary-bodies-fail',
    'a body in gzip that is not announced is answered with 500',
    ['robustness.abuse'],
    call => isCompressed(call) && call.headers['content-encoding'] === undefined,
  ),
  fault(
    'robustness.survives',
    'after broken percent-encoding in the path, publications on functions that do not exist are closed',
    ['robustness.survives'],
    {
      wire: (wire, call) => {
        if (hasBrokenPath(call)) shaken.add(call.service);
        else if (shaken.has(call.service) && hasOnly(call, 'request.function_urn.absent')) {
          return { ...wire, manner: 'closed' };
        }
        return wire;
      },
    },
  ),
  losingTheNext(
    'loses-the-next-after-abuse',
    'after broken percent-encoding in the path, the connection of the next publication is closed',
    hasBrokenPath,
  ),
  losingTheNext(
    'loses-the-next-after-malformed-json',
    'after a body that is not JSON, the connection of the next publication is closed',
    call => readJson(call.body).kind === 'malformed',
  ),
];
