import { type Credentials, logIn } from '../target/index.ts';
import { type CredentialOptions, checkCredentialOptions } from './credential-options.ts';

/** Credentials that are ready for use, or in one sentence why there are none. */
export type Connected =
  | { readonly ok: true; readonly credentials: Credentials; readonly projectId: string }
  | { readonly ok: false; readonly reason: string };

interface Options extends CredentialOptions {
  readonly projectId?: string;
  /** For one exchange with IAM. Default: 10000. */
  readonly timeoutMs?: number;
  readonly cacert?: string;
}

/**
 * Makes credentials of the options. With a user name and a password it asks IAM for a token.
 *
 * @throws UsageError when the options hold no credentials, or not one whole kind
 * @throws Error when the IAM URL cannot be used
 */
export async function connectCredentials(options: Options): Promise<Connected> {
  checkCredentialOptions(options);
  const { token, ak, sk, securityToken, projectId = '' } = options;
  const second = options.forbiddenToken === undefined ? {} : { forbiddenToken: options.forbiddenToken };
  if (token !== undefined) return { ok: true, projectId, credentials: { token, ...second } };
  if (ak !== undefined && sk !== undefined) {
    const keys = { ak, sk, ...(securityToken === undefined ? {} : { securityToken }) };
    return { ok: true, projectId, credentials: { ...keys, ...second } };
  }
  const { iamUrl = '', username = '', password = '', domain = '', projectName } = options;
  const project = projectName === undefined ? { id: projectId } : { name: projectName };
  const account = { iamUrl, username, password, domain, project };
  const { timeoutMs = 10_000, cacert } = options;
  const login = await logIn(account, { timeoutMs, ...(cacert === undefined ? {} : { cacert }) });
  if (!login.ok) return login;
  const known = options.projectId ?? login.projectId;
  if (known === undefined) {
    return {
      ok: false,
      reason: 'IAM gave a token without saying which project it is for; give --project-id',
    };
  }
  if (login.projectId !== undefined && login.projectId !== known) {
    const reason = `the token that IAM gave is for the project ${login.projectId}, not for ${known}`;
    return { ok: false, reason };
  }
  return { ok: true, projectId: known, credentials: { token: login.token, account, ...second } };
}
