import { isObject } from '../../page/formats.ts';
import { parseUrnParameter } from '../../page/urn.ts';
import { type Answer, refused } from '../answer.ts';
import { credentialsIn } from '../authentication.ts';
import type { Call, Service } from '../call.ts';
import { namingFiles } from '../choices/named-files.ts';
import type { JsonObject } from '../json-object.ts';
import { knowing } from '../known-resources.ts';
import { refusal } from '../refusals.ts';
import { choosing, type Dress, wearing } from './dress.ts';

/** Versions besides `latest` that some editions keep. */
const FEW_VERSIONS = 9;

/** So many requests, and the connection of the next one ends once it has been processed. */
const DROPS_EVERY = 20;

const TOO_MANY = refused(refusal(403, 'FSS.1044', 'The number of versions exceeds the quota'));

const HOUR_MS = 3600_000;

function counted(): (service: Service) => number {
  const counts = new WeakMap<Service, number>();
  return service => {
    const count = (counts.get(service) ?? 0) + 1;
    counts.set(service, count);
    return count;
  };
}

const requestsOf = counted();

/** An error answer with its body changed. */
function errorAs(change: (body: JsonObject) => JsonObject): (answer: Answer) => Answer {
  return answer =>
    answer.status >= 400 && isObject(answer.body) ? { ...answer, body: change(answer.body) } : answer;
}

/** A version list with its entries, or what is around them, changed. */
function listAs(change: (list: JsonObject, versions: readonly unknown[]) => JsonObject) {
  return (answer: Answer, { operation }: Call): Answer => {
    const { body } = answer;
    if (operation !== 'list versions' || !isObject(body) || !Array.isArray(body.versions)) return answer;
    return { ...answer, body: change(body, body.versions) };
  };
}

/** `2019-10-25 15:37:27`, an hour later. */
function anHourLater(time: unknown): unknown {
  if (typeof time !== 'string') return time;
  const later = new Date(Date.parse(`${time.replace(' ', 'T')}Z`) + HOUR_MS);
  return Number.isNaN(later.getTime()) ? time : later.toISOString().slice(0, 19).replace('T', ' ');
}

/** `v20191025-153727`, an hour later; a name that somebody asked for stays. */
function nameAnHourLater(name: string): string {
  const [, date, time] = /^v(\d{8})-(\d{6})$/.exec(name) ?? [];
  if (date === undefined || time === undefined) return name;
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const [hour, minute, second] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)];
  const later = anHourLater(`${year}-${month}-${day} ${hour}:${minute}:${second}`);
  return `v${String(later).replaceAll(/[-:]/g, '').replace(' ', '-')}`;
}

/** Editions of the service, gateways in front of it, and networks between. */
export const serviceDresses: readonly Dress[] = [
  wearing('ten-versions', 'a function has at most ten versions, latest included', {
    operation: (call, next) => {
      const { kind } = credentialsIn(call, call.service.credentials);
      const isFull = call.operation === 'publish' && kind === 'valid' && versionsIn(call) >= FEW_VERSIONS;
      return isFull ? TOO_MANY : next(call);
    },
  }),
  wearing(
    'no-resources',
    'no agency, network, package, image, dependency, log group or destination that is named exists',
    knowing({}),
  ),
  wearing('names-code-files', 'the service names the file of code that came without a name', namingFiles),
  wearing(
    'drops-connections',
    'the connection of every twentieth request ends after the request was processed, without an answer',
    {
      wire: (wire, { service }) =>
        requestsOf(service) % DROPS_EVERY === 0 ? { ...wire, manner: 'closed' } : wire,
    },
  ),
  wearing('closes-unannounced', 'each connection is closed after its answer, without saying so', {
    wire: wire => (wire.manner === 'whole' ? { ...wire, manner: 'then-closed' } : wire),
  }),
  wearing('continues-unasked', 'a 100 that nobody asked for comes before each answer', {
    wire: wire => (wire.manner === 'whole' ? { ...wire, manner: 'after-continue' } : wire),
  }),
  wearing('hour-ahead', 'the clock of the service is an hour ahead', {
    versionName: (name, { requestedName }) => (requestedName === undefined ? nameAnHourLater(name) : name),
    version: version => ({ ...version, last_modified: anHourLater(version.last_modified) }),
    wire: wire => ({
      ...wire,
      headers: { date: new Date(Date.now() + HOUR_MS).toUTCString(), ...wire.headers },
    }),
  }),
  choosing('fgs-codes', 'error codes begin with FGS in place of FSS', {
    'error-codes-400': 'FGS',
    'error-codes-401': 'FGS',
    'error-codes-403': 'FGS',
    'error-codes-404': 'FGS',
  }),
  wearing('nested-details', 'error bodies hold an object with details of their own', {
    answer: errorAs(body => ({
      ...body,
      details: { error_code: null, error_msg: '', fields: [{ name: 'body', reason: { code: 7 } }] },
    })),
  }),
  choosing('newest-first', 'the version list begins with the newest version', {
    'list-order': 'newest first, then latest',
  }),
  wearing('bare-lists', 'the version list has neither a count nor a marker', {
    answer: listAs((_list, versions) => ({ versions })),
  }),
  choosing('latest-not-listed', 'the version list does not have latest', { 'list-order': 'oldest first' }),
  wearing('deletes-with-200', 'a deletion is answered with 200 and an empty object', {
    answer: answer => (answer.status === 204 ? { ...answer, status: 200, body: {} } : answer),
  }),
  wearing('gateway-headers', 'a gateway adds headers of its own, cookies among them', {
    wire: wire => ({
      ...wire,
      headers: {
        ...wire.headers,
        server: 'api-gateway',
        'set-cookie': 'HWWAFSESID=0123456789; path=/',
        'strict-transport-security': 'max-age=31536000; includeSubdomains;',
        'x-request-id': '0123456789abcdef0123456789abcdef',
      },
    }),
  }),
];

/** Versions that the function of a call has, if it is one. */
function versionsIn({ functionUrn, service }: Call): number {
  const urn = parseUrnParameter(functionUrn);
  return urn === undefined ? 0 : (service.store.find(urn)?.versions.length ?? 0);
}
