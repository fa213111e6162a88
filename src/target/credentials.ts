import type { WireRequest } from './connection.ts';
import type { Secret } from './redaction.ts';
import { type SigningKeys, signed } from './signing.ts';

/** What the suite proves with that it may do what it does. */
export type Credentials = (TokenCredentials | SigningKeys) & {
  /** The token of a user without permission to publish. */
  readonly forbiddenToken?: string;
};

export interface TokenCredentials {
  /** Sent as `X-Auth-Token`. */
  readonly token: string;
  /** Whom IAM issued it to: with this, another one is asked for when it is refused. */
  readonly account?: IamAccount;
}

/** Whom IAM issues tokens to. */
export interface IamAccount {
  /** Absolute URL that `/v3/auth/tokens` is below; a `/v3` at its end is fine. */
  readonly iamUrl: string;
  readonly username: string;
  readonly password: string;
  /** The account that the user belongs to, by name. */
  readonly domain: string;
  /** The project that the token is for: by name, or else by id. */
  readonly project: { readonly name: string } | { readonly id: string };
}

/** Which credentials a request carries. */
export type CredentialsInUse = 'valid' | 'wrong' | 'missing' | 'forbidden';

/** The token that no target knows. It is no secret. */
export const WRONG_TOKEN = 'fgs-conformance-wrong-token';

/** The secret access key that belongs to no access key. */
const WRONG_SK = 'fgs-conformance-wrong-key';

/** Printable ASCII without spaces: what a token is made of, and what a header carries unchanged. */
const TOKEN = /^[\x21-\x7e]+$/;

/** Whether the text is a token that a header carries unchanged. */
export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/**
 * Reads credentials at the door.
 *
 * @throws Error when a token or key is empty or has characters that a header cannot carry.
 */
export function checkCredentials(credentials: Credentials): void {
  if ('token' in credentials) checkText('token', credentials.token);
  else {
    checkText('access key', credentials.ak);
    if (credentials.sk === '') throw new Error('The secret access key is empty.');
    if (credentials.securityToken !== undefined) checkText('security token', credentials.securityToken);
  }
  if (credentials.forbiddenToken !== undefined) checkText('forbidden token', credentials.forbiddenToken);
}

function checkText(name: string, text: string): void {
  if (text === '') throw new Error(`The ${name} is empty.`);
  if (!isToken(text)) throw new Error(`The ${name} has spaces, line breaks or characters beyond ASCII.`);
}

/** What must never leave an exchange, and the name of the environment variable that stands in for it. */
export function secretsOf(credentials: Credentials): readonly Secret[] {
  const named: Readonly<Record<string, string | undefined>> = {
    $FGS_TOKEN: 'token' in credentials ? credentials.token : undefined,
    $FGS_PASSWORD: 'token' in credentials ? credentials.account?.password : undefined,
    $FGS_AK: 'ak' in credentials ? credentials.ak : undefined,
    $FGS_SK: 'sk' in credentials ? credentials.sk : undefined,
    $FGS_SECURITY_TOKEN: 'ak' in credentials ? credentials.securityToken : undefined,
    $FGS_FORBIDDEN_TOKEN: credentials.forbiddenToken,
  };
  const known = new Map<string, Secret>();
  for (const [placeholder, value] of Object.entries(named)) {
    if (value !== undefined && !known.has(value)) known.set(value, { value, placeholder });
  }
  return [...known.values()];
}

/**
 * Puts credentials on a request. Headers that the request has already win, so that a caller can send any
 * token.
 *
 * @throws Error when a token without permission is asked for and none is known.
 */
export function authorize(
  request: WireRequest,
  credentials: Credentials,
  use: CredentialsInUse,
  projectId: string,
): WireRequest {
  const isAuthorized = 'x-auth-token' in request.headers || 'authorization' in request.headers;
  if (isAuthorized || use === 'missing') return request;
  if (use === 'forbidden') return withToken(request, forbiddenTokenOf(credentials));
  const isWrong = use === 'wrong';
  if ('token' in credentials) return withToken(request, isWrong ? WRONG_TOKEN : credentials.token);
  const keys = isWrong ? { ...credentials, sk: WRONG_SK } : credentials;
  return signed({ ...request, headers: { 'x-project-id': projectId, ...request.headers } }, keys);
}

function withToken(request: WireRequest, token: string): WireRequest {
  return { ...request, headers: { 'x-auth-token': token, ...request.headers } };
}

function forbiddenTokenOf({ forbiddenToken }: Credentials): string {
  if (forbiddenToken === undefined) throw new Error('No token without permission is known.');
  return forbiddenToken;
}
