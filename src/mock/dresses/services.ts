import { isObject } from '../../page/formats.ts';
import { parseUrnParameter } from '../../page/urn.ts';
import { type Answer, refused } from '../answer.ts';
import { credentialsIn } from '../authentication.ts';
import type { Call, Service } from '../call.ts';
import type { JsonObject } from '../json-object.ts';
import { refusal } from '../refusals.ts';
import type { Dress } from './dress.ts';

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
  {
    name: 'ten-versions',
    title: 'a function has at most ten versions, latest included',
    hooks: {
      operation: (call, next) => {
        const { kind } = credentialsIn(call, call.service.credentials);
        const isFull = call.operation === 'publish' && kind === 'valid' && versionsIn(call) >= FEW_VERSIONS;
        return isFull ? TOO_MANY : next(call);
      },
    },
  },
  {
    name: 'names-code-files',
    title: 'the service names the file of code that came without a name',
    hooks: {
      version: version => {
        const { code_type: type, code_filename: given } = version;
        if (type !== 'zip' && type !== 'jar' && type !== 'inline') return version;
        // This server names a file of code that came without a name "index".
        return String(given).startsWith('index.') ? { ...version, code_filename: `code-1.${type}` } : version;
      },
    },
  },
  {
    name: 'drops-connections',
    title:
      'the connection of every twentieth request ends after the request was processed, without an answer',
    hooks: {
      wire: (wire, { service }) =>
        requestsOf(service) % DROPS_EVERY === 0 ? { ...wire, manner: 'closed' } : wire,
    },
  },
  {
    name: 'closes-unannounced',
    title: 'each connection is closed after its answer, without saying so',
    hooks: { wire: wire => (wire.manner === 'whole' ? { ...wire, manner: 'then-closed' } : wire) },
  },
  {
    name: 'continues-unasked',
    title: 'a 100 that nobody asked for comes before each answer',
    hooks: { wire: wire => (wire.manner === 'whole' ? { ...wire, manner: 'after-continue' } : wire) },
  },
  {
    name: 'hour-ahead',
    title: 'the clock of the service is an hour ahead',
    hooks: {
      versionName: (name, { requestedName }) => (requestedName === undefined ? nameAnHourLater(name) : name),
      version: version => ({ ...version, last_modified: anHourLater(version.last_modified) }),
      wire: wire => ({
        ...wire,
        headers: { date: new Date(Date.now() + HOUR_MS).toUTCString(), ...wire.headers },
      }),
    },
  },
  {
    name: 'fgs-codes',
    title: 'error codes begin with FGS in place of FSS',
    hooks: {
      answer: errorAs(body => ({ ...body, error_code: String(body.error_code).replace(/^FSS/, 'FGS') })),
    },
  },
  {
    name: 'nested-details',
    title: 'error bodies hold an object with details of their own',
    hooks: {
      answer: errorAs(body => ({
        ...body,
        details: { error_code: null, error_msg: '', fields: [{ name: 'body', reason: { code: 7 } }] },
      })),
    },
  },
  {
    name: 'newest-first',
    title: 'the version list begins with the newest version',
    hooks: { answer: listAs((list, versions) => ({ ...list, versions: versions.toReversed() })) },
  },
  {
    name: 'bare-lists',
    title: 'the version list has neither a count nor a marker',
    hooks: { answer: listAs((_list, versions) => ({ versions })) },
  },
  {
    name: 'latest-not-listed',
    title: 'the version list does not have latest',
    hooks: {
      answer: listAs((list, versions) => {
        const named = versions.filter(entry => !isObject(entry) || entry.version !== 'latest');
        return { ...list, versions: named, count: named.length, next_marker: named.length };
      }),
    },
  },
  {
    name: 'deletes-with-200',
    title: 'a deletion is answered with 200 and an empty object',
    hooks: { answer: answer => (answer.status === 204 ? { ...answer, status: 200, body: {} } : answer) },
  },
  {
    name: 'gateway-headers',
    title: 'a gateway adds headers of its own, cookies among them',
    hooks: {
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
    },
  },
];

/** Versions that the function of a call has, if it is one. */
function versionsIn({ functionUrn, service }: Call): number {
  const urn = parseUrnParameter(functionUrn);
  return urn === undefined ? 0 : (service.store.find(urn)?.versions.length ?? 0);
}
