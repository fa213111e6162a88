import type { Secret } from './redaction.ts';

/** Tokens that the suite sends. */
export interface Credentials {
  /** Sent as `X-Auth-Token`. */
  readonly token: string;
  /** A second token, of a user without permission to publish. */
  readonly forbiddenToken?: string;
}

/** Which credentials a request carries. */
export type CredentialsInUse = 'valid' | 'wrong' | 'missing' | 'forbidden';

/** A request as it goes on the wire. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, raw. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** The token that no target knows. It is no secret. */
export const WRONG_TOKEN = 'fgs-conformance-wrong-token';

/** Printable ASCII without spaces: what a token is made of, and what a header carries unchanged. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * Reads credentials at the door.
 *
 * @throws Error when a token is empty or has characters that a header cannot carry.
 */
export function checkCredentials({ token, forbiddenToken }: Credentials): void {
  checkToken('token', token);
  if (forbiddenToken !== undefined) checkToken('forbidden token', forbiddenToken);
}

function checkToken(name: string, token: string): void {
  if (token === '') throw new Error(`The ${name} is empty.`);
  if (!TOKEN.test(token)) throw new Error(`The ${name} has spaces, line breaks or characters beyond ASCII.`);
}

/** What must never leave an exchange, and the name of the environment variable that stands in for it. */
export function secretsOf({ token, forbiddenToken }: Credentials): readonly Secret[] {
  const valid = { value: token, placeholder: '$FGS_TOKEN' };
  if (forbiddenToken === undefined || forbiddenToken === token) return [valid];
  return [valid, { value: forbiddenToken, placeholder: '$FGS_FORBIDDEN_TOKEN' }];
}

/**
 * Puts credentials on a request. Headers that the request has already win, so that a caller can send any
 * token.
 *
 * @throws Error when a token without permission is asked for and none is known.
 */
export async function authorize(
  request: WireRequest,
  credentials: Credentials,
  use: CredentialsInUse,
): Promise<WireRequest> {
  const token = tokenFor(credentials, use);
  if (token === undefined) return request;
  return { ...request, headers: { 'x-auth-token': token, ...request.headers } };
}

function tokenFor({ token, forbiddenToken }: Credentials, use: CredentialsInUse): string | undefined {
  switch (use) {
    case 'valid':
      return token;
    case 'wrong':
      return WRONG_TOKEN;
    case 'missing':
      return undefined;
    case 'forbidden':
      if (forbiddenToken === undefined) throw new Error('No token without permission is known.');
      return forbiddenToken;
  }
}
