import { isObject, jsonObjectIn } from '../page/formats.ts';
import { type ConnectionOptions, openConnection, type WireResponse } from './connection.ts';
import { type IamAccount, isToken } from './credentials.ts';
import { readEndpoint } from './endpoint.ts';
import { createPace } from './pace.ts';
import { redactorOf } from './redaction.ts';
import { retried } from './retries.ts';

/** A token, or in one sentence why there is none. */
export type LoggedIn =
  | {
      readonly ok: true;
      readonly token: string;
      /** The project that the token is for, when IAM says so. */
      readonly projectId?: string;
    }
  | { readonly ok: false; readonly reason: string };

const CREATED = 201;

/**
 * Asks IAM for a token with user name and password. A gateway's answer is asked again, as with any other
 * request; redirects are not followed.
 *
 * @throws Error when the URL cannot be used, or the password is empty
 */
export async function logIn(
  account: IamAccount,
  options: Omit<ConnectionOptions, 'origin'>,
): Promise<LoggedIn> {
  const { iamUrl, password } = account;
  if (password === '') throw new Error('The password is empty.');
  const { origin, base, host } = readEndpoint(iamUrl, 'IAM URL');
  const connection = openConnection({ ...options, origin });
  const headers = { host, accept: 'application/json', 'content-type': 'application/json' };
  const path = `${base.replace(/\/v3(?:\/auth\/tokens)?$/, '')}/v3/auth/tokens`;
  const body = Buffer.from(JSON.stringify(identityOf(account)));
  try {
    const login = () => connection.exchange({ method: 'POST', path, headers, body });
    const { response, failure } = await retried(login, createPace(), undefined);
    if (response === undefined || failure !== undefined) {
      const redact = redactorOf([{ value: password, placeholder: '$FGS_PASSWORD' }]);
      return { ok: false, reason: redact(`IAM gave no token: ${failure?.message ?? 'no answer came'}`) };
    }
    return tokenIn(response) ?? { ok: false, reason: refusalIn(response, account, origin) };
  } finally {
    await connection.close();
  }
}

function identityOf({ username, password, domain, project }: IamAccount): unknown {
  const user = { name: username, password, domain: { name: domain } };
  return { auth: { identity: { methods: ['password'], password: { user } }, scope: { project } } };
}

function tokenIn({ status, headers, body }: WireResponse): LoggedIn | undefined {
  const token = headers['x-subject-token'];
  if (status !== CREATED || token === undefined || !isToken(token)) return undefined;
  const issued = jsonObjectIn(body.toString('utf8'))?.token;
  const project = isObject(issued) ? issued.project : undefined;
  const id = isObject(project) ? project.id : undefined;
  return { ok: true, token, ...(typeof id === 'string' && id !== '' ? { projectId: id } : {}) };
}

const REFUSALS: Readonly<Record<number, string>> = {
  201: 'answered without a token in X-Subject-Token',
  401: 'refused the user name, the password or the domain',
  403: 'refused to give this user a token for this project',
  404: 'does not know the project, or has no /v3/auth/tokens below this URL',
};

/** Of what IAM says about it, this many characters are quoted. */
const QUOTED = 200;

function refusalIn({ status, body }: WireResponse, { password }: IamAccount, origin: string): string {
  const redact = redactorOf([{ value: password, placeholder: '$FGS_PASSWORD' }]);
  const what = `IAM at ${origin} ${REFUSALS[status] ?? 'gave no token'} (${status})`;
  const { error, error_msg: flat } = jsonObjectIn(redact(body.toString('utf8'))) ?? {};
  const nested = isObject(error) ? error.message : undefined;
  const said = [nested, flat].find(text => typeof text === 'string' && text !== '');
  if (said === undefined) return what;
  return `${what}: ${String(said).replaceAll(/\s+/g, ' ').slice(0, QUOTED).trim()}`;
}
