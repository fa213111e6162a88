import { gzipSync } from 'node:zlib';
import { isObject } from '../../page/formats.ts';
import { refused } from '../answer.ts';
import type { Call, Service } from '../call.ts';
import { inCountedPages } from '../choices/listed.ts';
import { refusal } from '../refusals.ts';
import type { Wire } from '../wire.ts';
import { choosing, type Dress, wearing } from './dress.ts';

/** Publications so far, by service. */
const publications = new WeakMap<Service, number>();

/** Every so many publications the gateway is busy, as long as there were no more than these. */
const BUSY_EVERY = 5;
const BUSY_UNTIL = 30;

function isBusy({ service, operation }: Call): boolean {
  if (operation !== 'publish') return false;
  const count = (publications.get(service) ?? 0) + 1;
  publications.set(service, count);
  return count <= BUSY_UNTIL && count % BUSY_EVERY === 0;
}

function compressed(wire: Wire, { headers }: Call): Wire {
  const { 'accept-encoding': accepted } = headers;
  const isUnwelcome = typeof accepted === 'string' && !/\bgzip\b|\*/.test(accepted);
  if (wire.bytes === undefined || isUnwelcome) return wire;
  return {
    ...wire,
    bytes: gzipSync(wire.bytes),
    headers: { ...wire.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
  };
}

/** Unusual ways of sending answers, and of what is around them. */
export const answerDresses: readonly Dress[] = [
  choosing('version-latest', 'version is latest in the answer, as in the example; the list has the name', {
    'requested-version': 'latest',
  }),
  wearing('in-pieces', 'answers are chunked, in small pieces', {
    wire: wire => (wire.bytes === undefined ? wire : { ...wire, manner: 'pieces' }),
  }),
  wearing('slow', 'answers take their time and come in small pieces', {
    wire: wire => ({ ...wire, pause: 30, ...(wire.bytes === undefined ? {} : { manner: 'pieces' }) }),
  }),
  wearing('until-close', 'answers have no length, and the connection is closed after each', {
    wire: wire => ({ ...wire, manner: 'until-close' }),
  }),
  wearing('gzip', 'answers are compressed', { wire: compressed }),
  wearing('pretty', 'JSON is indented, and the content type has a charset in upper case', {
    wire: wire =>
      wire.bytes === undefined
        ? wire
        : {
            ...wire,
            bytes: Buffer.from(`${JSON.stringify(JSON.parse(wire.bytes.toString()), undefined, 2)}\n`),
            headers: { ...wire.headers, 'content-type': 'Application/JSON;charset=UTF-8' },
          },
  }),
  choosing('small-pages', 'the version list comes in pages of two', { 'list-paging': 'pages' }),
  wearing(
    'counted-pages',
    'the version list comes in pages of two, and counts the entries of each page',
    inCountedPages,
  ),
  wearing(
    'busy',
    'the gateway answers every fifth of the first publications with 429 or 503, to be tried again',
    {
      operation: (call, next) => {
        if (!isBusy(call)) return next(call);
        const status = (publications.get(call.service) ?? 0) % (2 * BUSY_EVERY) === 0 ? 503 : 429;
        const busy = refused(refusal(status, `FSS.0${status}`, 'Try again later'));
        return { ...busy, headers: { 'retry-after': '0' } };
      },
    },
  ),
  wearing('wordy-errors', 'error bodies have more members than the documented two', {
    answer: answer =>
      answer.status >= 400 && isObject(answer.body)
        ? { ...answer, body: { ...answer.body, request_id: '0123456789abcdef', details: null } }
        : answer,
  }),
  wearing('gateway-401', 'a 401 is the gateway’s: APIGW.0301 with a request_id', {
    answer: answer =>
      answer.status === 401
        ? {
            ...answer,
            headers: { 'www-authenticate': 'Token' },
            body: {
              error_code: 'APIGW.0301',
              error_msg: 'Incorrect IAM authentication information: decrypt token fail',
              request_id: '0123456789abcdef0123456789abcdef',
            },
          }
        : answer,
  }),
];
