import { isDeepStrictEqual } from 'node:util';
import type { HttpRequest } from '../page/exchange.ts';
import { jsonObjectIn } from '../page/formats.ts';
import { routeOf } from '../page/operations.ts';

type Members = Readonly<Record<string, unknown>>;

/** Characters of a value that tell it from others. */
const TELLING = 60;

/** Says what requests do, one after the other: a change is told by what differs from what was there before. */
export function describing(): (request: HttpRequest) => string {
  let configuration: Members = {};
  return request => {
    const members = jsonObjectIn(request.body ?? '') ?? {};
    const urn = routeOf(request)?.functionUrn;
    switch (routeOf(request)?.operation) {
      case 'create function':
        configuration = members;
        return 'creates a function';
      case 'change configuration': {
        const changed = Object.entries(members).filter(
          ([name, value]) => !isDeepStrictEqual(value, configuration[name]),
        );
        configuration = { ...configuration, ...members };
        return changed.length === 0 ? 'configures it' : `changes ${changed.map(memberInWords).join(', ')}`;
      }
      case 'change code':
        return 'uploads other code';
      case 'set maximum instances':
        return `limits its instances to ${short(members.max_instance_num)}`;
      case 'configure asynchronous notification':
        return `configures asynchronous notification: ${short(members)}`;
      case 'publish':
        return request.wire === undefined
          ? publication(request, members)
          : 'publishes in an unusual form of HTTP';
      case 'list versions':
        return 'lists its versions';
      case 'read configuration':
        return 'reads its configuration';
      case 'delete':
        return (urn ?? '').split(':').length === 8 ? 'deletes a version' : 'deletes it';
      default:
        return `sends ${request.method}`;
    }
  };
}

function publication({ body }: HttpRequest, members: Members): string {
  if (body === undefined) return 'publishes, without a body';
  const sent = Object.entries(members).map(memberInWords);
  return sent.length === 0 ? 'publishes' : `publishes, ${sent.join(', ')}`;
}

function memberInWords([name, value]: [string, unknown]): string {
  return `${name} ${short(value)}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= TELLING ? text : `${text.slice(0, TELLING)}…`;
}
