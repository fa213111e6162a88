import type { Call } from './call.ts';
import { refusal } from './refusals.ts';

/** What the server takes for credentials. */
export interface Credentials {
  readonly projectId: string;
  readonly token: string;
  /** A token that is known and may do nothing. */
  readonly forbiddenToken: string;
}

/**
 * Lets a call pass whose credentials are good.
 *
 * @throws a refusal: 401 without credentials or with unknown ones, 403 without permission
 */
export function authenticate({ headers }: Pick<Call, 'headers'>, credentials: Credentials): void {
  const token = headers['x-auth-token'];
  if (typeof token !== 'string' || token === '') {
    throw refusal(401, 'FSS.0401', 'X-Auth-Token is missing');
  }
  if (token === credentials.forbiddenToken) {
    throw refusal(403, 'FSS.0403', 'The token has no permission for this operation');
  }
  if (token !== credentials.token) throw refusal(401, 'FSS.0401', 'X-Auth-Token is not a valid token');
}

/** Lets a call pass whose project is the token's; 403 otherwise. */
export function authorize({ projectId }: Pick<Call, 'projectId'>, credentials: Credentials): void {
  if (projectId !== credentials.projectId) {
    throw refusal(403, 'FSS.0403', 'project_id is not the project of the token');
  }
}
