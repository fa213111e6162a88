import type { HttpRequest } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { pathOf, routeOf } from '../page/operations.ts';
import type { RawPart } from './raw.ts';

/** Of what was sent, so many bytes are quoted. */
const QUOTED = 300;

/** A captured request as a sentence quotes it. */
export function requestInWords({ method, url, body, bodyEncoding }: HttpRequest): string {
  const what = `${method} ${pathOf(url)}`;
  if (body === undefined) return what;
  const text = bodyEncoding === undefined ? body : Buffer.from(body, bodyEncoding).toString('latin1');
  return `${what} with the body ${quoted(text)}`;
}

/** The bytes that an unusual request was written in. */
export function bytesInWords(parts: readonly RawPart[], redact: (text: string) => string): string {
  const bytes = Buffer.concat(parts.filter(part => Buffer.isBuffer(part)));
  return `the bytes ${quoted(redact(bytes.toString('latin1')))}`;
}

function quoted(text: string): string {
  const more = text.length > QUOTED ? ` and ${text.length - QUOTED} more` : '';
  return `${JSON.stringify(text.slice(0, QUOTED))}${more}`;
}

/** What tells requests apart that a service processes differently: the operation, the members and their types. */
export function shapeOf(request: HttpRequest): string {
  const { method, url, body = '', headers } = request;
  const operation = routeOf(request)?.operation ?? pathOf(url);
  return [method, operation, headers['content-type'] ?? '', shapeOfJson(body)].join(' ');
}

const NO_JSON = 'no JSON';

/** Whether the shape is one of a body that is no JSON. */
export function isOdd(shape: string): boolean {
  return shape.endsWith(NO_JSON);
}

function shapeOfJson(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text === '' ? 'nothing' : NO_JSON;
  }
  if (!isObject(value)) return typeOf(value);
  const members = Object.entries(value).map(([name, member]) => `${name}:${typeOf(member)}`);
  return members.sort().join(',');
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
