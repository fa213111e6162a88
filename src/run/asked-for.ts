import { isObject, jsonObjectIn } from '../page/formats.ts';
import type { AskedVersion } from '../target/index.ts';

/** What a publish request asks for; a blank version asks for none. */
export function askedFor(body: unknown): AskedVersion {
  const { version, description } = membersOf(body);
  return {
    ...(typeof version === 'string' && version !== '' ? { version } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
}

export function hasDigest(body: unknown): boolean {
  return membersOf(body).digest !== undefined;
}

function membersOf(body: unknown): Readonly<Record<string, unknown>> {
  const isText = typeof body === 'string' || Buffer.isBuffer(body);
  const members = isText ? jsonObjectIn(body.toString()) : body;
  return isObject(members) ? members : {};
}
