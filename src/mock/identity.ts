import { isObject } from '../page/formats.ts';
import { valueAt } from '../page/paths.ts';
import type { JsonObject } from './call.ts';

/** Who may log in, and to what. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly projectId: string;
  readonly projectName: string;
}

/** What a login is answered with. */
export interface LoginAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** Where tokens are asked for, below the URL of the server. */
export const TOKENS_PATH = '/v3/auth/tokens';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Answers a request for a token as IAM does. Any domain is fine.
 *
 * @param issue makes a token that is good from then on
 */
export function logIn(body: Buffer | undefined, account: Account, issue: () => string): LoginAnswer {
  const request = objectIn(body);
  const user = valueAt(request, 'auth.identity.password.user');
  const project = valueAt(request, 'auth.scope.project');
  if (!isObject(user) || !isObject(project)) {
    return refusedLogin(400, 'Bad Request', 'The request holds no user, or no project to be scoped to.');
  }
  const domain = valueAt(user, 'domain.name');
  if (user.name !== account.username || user.password !== account.password || domain === undefined) {
    return refusedLogin(401, 'Unauthorized', 'The username or password is wrong.');
  }
  if (project.id !== account.projectId && project.name !== account.projectName) {
    return refusedLogin(404, 'Not Found', 'The project does not exist.');
  }
  const now = Date.now();
  const token = {
    methods: ['password'],
    issued_at: new Date(now).toISOString(),
    expires_at: new Date(now + DAY_MS).toISOString(),
    user: { name: account.username, domain: { name: domain } },
    project: { id: account.projectId, name: account.projectName, domain: { name: domain } },
    roles: [],
    catalog: [],
  };
  return { status: 201, headers: { 'x-subject-token': issue() }, body: { token } };
}

function refusedLogin(status: number, title: string, message: string): LoginAnswer {
  return { status, headers: {}, body: { error: { code: status, title, message } } };
}

function objectIn(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}
