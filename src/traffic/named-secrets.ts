/**
 * Hiding what stands where a secret is named, whatever its length and type: values of a few characters cannot be
 * looked for elsewhere, and a body that is no JSON has no values.
 */

import { isSecretName, mayNameSecrets } from '../target/secret-names.ts';

/** What a client asks the service to encrypt is a secret. */
export const ENCRYPTED = 'encrypted_user_data';

/** IAM calls an access key so. */
export const ACCESS_KEY = 'access';

/** The name of a member of JSON, also of JSON in a text of JSON, where quotes are escaped. */
const NAME = /(\\{0,15})"([\w.-]{1,64})\1"\s*:\s*/g;

/** A text, by how its quotes are escaped. It may break off. */
const TEXT = /(\\{0,15})"(.*?)(?:(?<!\\)\1"|$)/sy;

/** A number, or what holds texts and numbers alone. It may break off. */
const OTHER_VALUE = /-?\d[\d.eE+-]*|\[[^[\]{}]+(?:\]|$)|\{[^[\]{}]+(?:\}|$)/y;

/** What stands in for a secret says so. */
const STAND_IN = /^(?:\$FGS_[A-Z_]+|\[(?:redacted|signature)\])$/;

/** User and password before the host of a URL. */
const USER_INFO = /(:\/\/)[^/?#@\s"'<>\\]+@/g;

/** The text without what stands under the names of secrets in it. */
export function withoutNamedSecrets(text: string): string {
  const bare = text.includes('@') ? text.replace(USER_INFO, '$1[redacted]@') : text;
  const mayName = mayNameSecrets(bare) || bare.includes(ENCRYPTED) || bare.includes(ACCESS_KEY);
  if (!mayName) return bare;
  let redacted = '';
  let copied = 0;
  for (const { 0: before, 1: escaping = '', 2: name = '', index } of bare.matchAll(NAME)) {
    const at = index + before.length;
    const end = at < copied || !isNamedSecret(name) ? at : endOfValue(bare, at);
    if (end === at) continue;
    redacted += `${bare.slice(copied, at)}${escaping}"[redacted]${escaping}"`;
    copied = end;
  }
  return redacted + bare.slice(copied);
}

function isNamedSecret(name: string): boolean {
  return isSecretName(name) || name === ENCRYPTED || name === ACCESS_KEY;
}

/** Where a value that hides something ends; where it begins when there is nothing to hide. */
function endOfValue(text: string, at: number): number {
  TEXT.lastIndex = at;
  const [quoted, , content = ''] = TEXT.exec(text) ?? [];
  if (quoted !== undefined) return content === '' || STAND_IN.test(content) ? at : at + quoted.length;
  OTHER_VALUE.lastIndex = at;
  return at + (OTHER_VALUE.exec(text)?.[0].length ?? 0);
}
