import { gzipSync } from 'node:zlib';
import { isObject } from '../../page/formats.ts';
import type { Answer } from '../answer.ts';
import { refused } from '../answer.ts';
import type { Call, Service } from '../call.ts';
import { refusal } from '../refusals.ts';
import type { Wire } from '../wire.ts';
import type { Dress } from './dress.ts';

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

/** A list cut to two entries, whatever was asked for. */
function smallPage(answer: Answer, { query }: Call): Answer {
  const { body } = answer;
  if (!isObject(body) || !Array.isArray(body.versions)) return answer;
  const versions = body.versions.slice(0, 2);
  return { ...answer, body: { ...body, versions, next_marker: Number(query.marker ?? 0) + versions.length } };
}

/** Unusual ways of sending answers, and of what is around them. */
export const answerDresses: readonly Dress[] = [
  {
    name: 'version-latest',
    title: 'version is latest in the answer, as in the example; the list has the name',
    hooks: {
      answer: (answer, { operation }) =>
        operation === 'publish' && answer.status === 200 && isObject(answer.body)
          ? { ...answer, body: { ...answer.body, version: 'latest' } }
          : answer,
    },
  },
  {
    name: 'in-pieces',
    title: 'answers are chunked, in small pieces',
    hooks: { wire: wire => (wire.bytes === undefined ? wire : { ...wire, manner: 'pieces' }) },
  },
  {
    name: 'slow',
    title: 'answers take their time and come in small pieces',
    hooks: {
      wire: wire => ({ ...wire, pause: 30, ...(wire.bytes === undefined ? {} : { manner: 'pieces' }) }),
    },
  },
  {
    name: 'until-close',
    title: 'answers have no length, and the connection is closed after each',
    hooks: { wire: wire => ({ ...wire, manner: 'until-close' }) },
  },
  {
    name: 'gzip',
    title: 'answers are compressed',
    hooks: { wire: compressed },
  },
  {
    name: 'pretty',
    title: 'JSON is indented, and the content type has a charset in upper case',
    hooks: {
      wire: wire =>
        wire.bytes === undefined
          ? wire
          : {
              ...wire,
              bytes: Buffer.from(`${JSON.stringify(JSON.parse(wire.bytes.toString()), undefined, 2)}\n`),
              headers: { ...wire.headers, 'content-type': 'Application/JSON;charset=UTF-8' },
            },
    },
  },
  {
    name: 'small-pages',
    title: 'the version list comes in pages of two',
    hooks: { answer: smallPage },
  },
  {
    name: 'busy',
    title: 'the gateway answers every fifth of the first publications with 429 or 503, to be tried again',
    hooks: {
      operation: (call, next) => {
        if (!isBusy(call)) return next(call);
        const status = (publications.get(call.service) ?? 0) % (2 * BUSY_EVERY) === 0 ? 503 : 429;
        const busy = refused(refusal(status, `FSS.0${status}`, 'Try again later'));
        return { ...busy, headers: { 'retry-after': '0' } };
      },
    },
  },
  {
    name: 'wordy-errors',
    title: 'error bodies have more members than the documented two',
    hooks: {
      answer: answer =>
        answer.status >= 400 && isObject(answer.body)
          ? { ...answer, body: { ...answer.body, request_id: '0123456789abcdef', details: null } }
          : answer,
    },
  },
  {
    name: 'gateway-401',
    title: 'a 401 is the gateway’s: APIGW.0301 with a request_id',
    hooks: {
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
    },
  },
];
