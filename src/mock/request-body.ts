import { isUtf8 } from 'node:buffer';
import { isObject } from '../page/formats.ts';
import type { JsonReading } from '../page/publish-request-view.ts';
import { BODY_LIMIT_BYTES } from '../page/values.ts';
import type { Call } from './call.ts';
import type { JsonObject } from './json-object.ts';
import { refusal } from './refusals.ts';

/** Reads the bytes of a body as JSON. Blank bytes are no body; bytes that are not UTF-8 are no JSON. */
export function readJson(body: Buffer | undefined): JsonReading {
  if (body === undefined || body.length === 0) return { kind: 'absent' };
  if (!isUtf8(body)) return { kind: 'malformed' };
  const text = body.toString('utf8');
  if (text.trim() === '') return { kind: 'absent' };
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'value', value };
  } catch {
    return { kind: 'malformed' };
  }
}

/**
 * The JSON object in the body of a call; `{}` when there is no body.
 *
 * @throws a refusal: 413 for a body over the limit, 415 for another media type, 400 for a body that is not JSON or no object
 */
export function objectIn({ body, headers, operation }: Call): JsonObject {
  if (body !== undefined && body.length > BODY_LIMIT_BYTES && !carriesCode(operation)) {
    throw refusal(413, 'FSS.0413', 'The body is too large');
  }
  const reading = readJson(body);
  if (reading.kind === 'absent') return {};
  const type = headers['content-type'];
  if (typeof type === 'string' && !isJsonType(type)) {
    throw refusal(415, 'FSS.0415', 'Content-Type is not application/json');
  }
  if (reading.kind === 'malformed') throw refusal(400, 'FSS.0400', 'The body is not valid JSON');
  if (!isObject(reading.value)) throw refusal(400, 'FSS.0400', 'The body is not a JSON object');
  return reading.value;
}

function carriesCode(operation: Call['operation']): boolean {
  return operation === 'create function' || operation === 'change code';
}

function isJsonType(type: string): boolean {
  return /^\s*application\/json\s*(?:;|$)/i.test(type);
}
