import { refusal } from './refusals.ts';
import { type AccessKey, type ClaimedRequest, signatureProblem } from './signatures.ts';
import type { Tokens } from './tokens.ts';

/** What the server takes for credentials. */
export interface Credentials {
  readonly projectId: string;
  readonly token: string;
  /** A token that is known and may do nothing. */
  readonly forbiddenToken: string;
  readonly accessKey: AccessKey;
  /** Tokens that are given for user name and password; as good as `token`. */
  readonly tokens: Tokens;
}

/** What a call shows for itself. */
type Shown =
  | { readonly kind: 'valid' | 'missing' | 'forbidden' }
  | { readonly kind: 'wrong'; readonly why: string };

/** Reads the credentials of a call. A token counts before a signature. */
export function credentialsIn(
  call: ClaimedRequest,
  { token: valid, forbiddenToken, accessKey, tokens }: Credentials,
): Shown {
  const { 'x-auth-token': token, authorization } = call.headers;
  if (typeof token === 'string' && token !== '') {
    if (token === forbiddenToken) return { kind: 'forbidden' };
    const isValid = token === valid || tokens.expiryOf(token) !== undefined;
    return isValid ? { kind: 'valid' } : { kind: 'wrong', why: 'X-Auth-Token is not a valid token' };
  }
  if (authorization === undefined || authorization === '') return { kind: 'missing' };
  const why = signatureProblem(call, accessKey);
  return why === undefined ? { kind: 'valid' } : { kind: 'wrong', why };
}

/**
 * Lets a call pass whose credentials are good.
 *
 * @throws a refusal: 401 without credentials or with unknown ones, 403 without permission
 */
export function authenticate(call: ClaimedRequest, credentials: Credentials): void {
  const shown = credentialsIn(call, credentials);
  switch (shown.kind) {
    case 'valid':
      return;
    case 'missing':
      throw refusal(401, 'FSS.0401', 'X-Auth-Token is missing, and the request is not signed');
    case 'wrong':
      throw refusal(401, 'FSS.0401', shown.why);
    case 'forbidden':
      throw refusal(403, 'FSS.0403', 'The token has no permission for this operation');
  }
}

/** Lets a call pass whose project is the token's; 403 otherwise. */
export function authorize({ projectId }: { readonly projectId: string }, credentials: Credentials): void {
  if (projectId !== credentials.projectId) {
    throw refusal(403, 'FSS.0403', 'project_id is not the project of the token');
  }
}
