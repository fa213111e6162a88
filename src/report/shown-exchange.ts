/** What was sent and answered, as few words as a person needs to see a finding in it. */

import { STATUS_CODES } from 'node:http';
import type { Exchange, HttpRequest, HttpResponse, WirePart } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { excerpt } from './printable.ts';

/** Characters of a body, or of bytes, that are shown. */
const SHOWN = 240;

/** Members of an object that are shown before and after the one that a finding is about. */
const NEIGHBOURS = 2;

/** Method, place and body of the request; for unusual bytes, the bytes. */
export function sentInShort(
  { method, url, body, bodyEncoding, wire }: HttpRequest,
  endpoint: string,
): string {
  if (wire !== undefined) return bytesInShort(wire);
  const place = url.startsWith(`${endpoint}/`) ? url.slice(endpoint.length) : url;
  const sent =
    body === undefined
      ? ''
      : ` ${bodyEncoding === undefined ? excerpt(body, SHOWN) : 'bytes that are no text'}`;
  return `${excerpt(method, 40)} ${excerpt(place, 300)}${sent}`;
}

/** What went over the wire, on one line. */
export function bytesInShort(wire: readonly WirePart[]): string {
  const text = wire.map(part => {
    if ('bytes' in part) return part.bytes;
    return 'pauseMs' in part ? ` (${part.pauseMs} ms later) ` : ` (${part.end}) `;
  });
  return excerpt(text.join(''), 2 * SHOWN);
}

/** The status line, and of the body what the pointer points at with its neighbours; or how no answer came. */
export function answeredInShort({ response, failure }: Exchange, pointer: string | undefined): string {
  const failed = failure === undefined ? [] : [`${failure.kind} (${excerpt(failure.message, 200)})`];
  if (response === undefined) return failed[0] ?? 'nothing';
  const { status } = response;
  const line = `${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  return [[line, bodyInShort(response, pointer)].filter(Boolean).join(' '), ...failed].join(', then ');
}

function bodyInShort({ body = '', bodyEncoding }: HttpResponse, pointer: string | undefined): string {
  if (bodyEncoding !== undefined) return 'bytes that are no text';
  const around = pointer === undefined || pointer === '' ? undefined : membersAround(body, pointer);
  return around ?? excerpt(body, SHOWN);
}

/** The object that holds what the pointer names, with its neighbours; all of it when it does not have it. */
function membersAround(body: string, pointer: string): string | undefined {
  const names = pointer
    .split('/')
    .slice(1)
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  let holder: unknown;
  try {
    holder = JSON.parse(body);
  } catch {
    return undefined;
  }
  const named = names.pop() ?? '';
  for (const name of names) {
    if (Array.isArray(holder)) holder = holder[Number(name)];
    else holder = isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
  }
  if (!isObject(holder) || !Object.hasOwn(holder, named)) return undefined;
  const members = Object.entries(holder);
  const at = members.findIndex(([name]) => name === named);
  const start = Math.max(0, at - NEIGHBOURS);
  const shown = members.slice(start, at + NEIGHBOURS + 1).map(([name, value]) => {
    const text = JSON.stringify(value) ?? '';
    return `${excerpt(JSON.stringify(name), 80)}: ${excerpt(text, name === named ? SHOWN : 40)}`;
  });
  const before = start > 0 ? '…, ' : '';
  const after = at + NEIGHBOURS + 1 < members.length ? ', …' : '';
  return `${[...names, '']
    .map(name => excerpt(name, 80))
    .join('.')
    .replace(/\.$/, ': ')}{${before}${shown.join(', ')}${after}}`.replace(/^: /, '');
}
