import { isObject } from '../page/formats.ts';
import { valueAt } from '../page/paths.ts';
import type { Account } from './account.ts';
import { type Credentials, credentialsIn } from './authentication.ts';
import type { JsonObject } from './json-object.ts';
import { readJson } from './request-body.ts';
import { TOKEN_LIFE_MS } from './tokens.ts';

/** Who may log in, and to what. */
export interface LoginAccount extends Account {
  readonly userId: string;
  readonly username: string;
  readonly password: string;
}

/** A request to IAM. */
export interface IdentityCall {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Buffer | undefined;
  /** How the client reaches this server: `http://127.0.0.1:8080`. */
  readonly origin: string;
}

/** What IAM answers. */
export interface IdentityAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

type Operation = (call: IdentityCall, account: LoginAccount, credentials: Credentials) => IdentityAnswer;

/** What of IAM there is: what clients ask before their first call of the API, by method and path. */
export const identityOperations: Readonly<Record<string, Operation>> = {
  'POST /v3/auth/tokens': logIn,
  'GET /v3/auth/tokens': known(readToken),
  'GET /v3/auth/catalog': known(({ origin }, account) => answer({ catalog: catalogOf(account, origin) })),
  'GET /v3/auth/projects': known(listProjects),
  'GET /v3/projects': known(listProjects),
  'GET /v3/auth/domains': known((_call, account) =>
    answer({ domains: [{ ...domainOf(account), enabled: true }] }),
  ),
  'GET /v3': readVersion,
  'GET /v3/': readVersion,
};

/** An operation for those who show good credentials. */
function known(operation: Operation): Operation {
  return (call, account, credentials) => {
    const shown = credentialsIn(call, credentials);
    if (shown.kind === 'valid') return operation(call, account, credentials);
    const why = shown.kind === 'wrong' ? shown.why : 'The request has no token and is not signed';
    return refused(401, 'Unauthorized', `${why}.`);
  };
}

/** Gives a token for user name and password, or for another token, for the project. Any domain is fine. */
function logIn(
  { body, origin }: IdentityCall,
  account: LoginAccount,
  credentials: Credentials,
): IdentityAnswer {
  const reading = readJson(body);
  const request = reading.kind === 'value' ? reading.value : undefined;
  const problem = formProblem(request);
  if (problem !== undefined) return refused(400, 'Bad Request', problem);
  const user = valueAt(request, 'auth.identity.password.user');
  if (isObject(user) && !isUser(user, account)) {
    return refused(401, 'Unauthorized', 'The username or password is wrong.');
  }
  const given = valueAt(request, 'auth.identity.token.id');
  if (given !== undefined && expiryOf(given, credentials) === undefined) {
    return refused(401, 'Unauthorized', 'The token is not valid.');
  }
  const project = valueAt(request, 'auth.scope.project');
  if (isObject(project) && !isProject(project, account)) {
    return refused(404, 'Not Found', 'The project does not exist.');
  }
  const domain = valueAt(user, 'domain');
  const token = credentials.tokens.issue();
  const expiry = Date.now() + TOKEN_LIFE_MS;
  const described = tokenOf(account, origin, expiry, isObject(domain) ? domain : {});
  return { status: 201, headers: { 'x-subject-token': token }, body: { token: described } };
}

/** What a way to log in lacks, in a sentence; by its name. */
const METHODS: Readonly<Record<string, (request: unknown) => string | undefined>> = {
  password: request => userProblem(valueAt(request, 'auth.identity.password.user')) ?? scopeProblem(request),
  // Without a scope it is the project of the token.
  token: request =>
    typeof valueAt(request, 'auth.identity.token.id') === 'string'
      ? undefined
      : 'auth.identity.token.id is missing.',
};

/** How a request for a token differs from the forms that this server takes, in a sentence. */
function formProblem(request: unknown): string | undefined {
  if (!isObject(request)) return 'The body is not a JSON object.';
  const methods = valueAt(request, 'auth.identity.methods');
  const method = Array.isArray(methods) && methods.length === 1 ? String(methods[0]) : '';
  if (Object.hasOwn(METHODS, method)) return METHODS[method]?.(request);
  return 'auth.identity.methods has to be ["password"] or ["token"]: this server knows no other.';
}

function userProblem(user: unknown): string | undefined {
  if (!isObject(user)) return 'auth.identity.password.user is missing.';
  if (typeof user.password !== 'string') return 'auth.identity.password.user.password is missing.';
  if (typeof user.id === 'string') return undefined;
  if (typeof user.name !== 'string') return 'auth.identity.password.user has neither name nor id.';
  const domain = isObject(user.domain) ? (user.domain.name ?? user.domain.id) : undefined;
  return typeof domain === 'string'
    ? undefined
    : 'auth.identity.password.user.domain has neither name nor id.';
}

function scopeProblem(request: unknown): string | undefined {
  const project = valueAt(request, 'auth.scope.project');
  if (!isObject(project))
    return 'auth.scope.project is missing: this server gives tokens for a project alone.';
  const isNamed = typeof project.id === 'string' || typeof project.name === 'string';
  return isNamed ? undefined : 'auth.scope.project has neither name nor id.';
}

function isUser({ id, name, password }: JsonObject, account: LoginAccount): boolean {
  const isHe = id === undefined ? name === account.username : id === account.userId;
  return isHe && password === account.password;
}

/** When a token ends; `undefined` for one that is not good. The one that is given at the start never does. */
function expiryOf(token: unknown, { token: own, tokens }: Credentials): number | undefined {
  if (token === own) return Date.now() + TOKEN_LIFE_MS;
  return typeof token === 'string' ? tokens.expiryOf(token) : undefined;
}

/** By id, or by name: its own, or that of the region, as the first project of a region is called. */
function isProject({ id, name }: JsonObject, account: LoginAccount): boolean {
  return id === undefined
    ? name === account.projectName || name === account.region
    : id === account.projectId;
}

/** Tells about the token in `X-Subject-Token`. */
function readToken(call: IdentityCall, account: LoginAccount, credentials: Credentials): IdentityAnswer {
  const { 'x-subject-token': subject } = call.headers;
  const expiry = expiryOf(subject, credentials);
  if (typeof subject !== 'string' || expiry === undefined) {
    return refused(404, 'Not Found', 'X-Subject-Token is no token of this server.');
  }
  const described = tokenOf(account, call.origin, expiry);
  return { ...answer({ token: described }), headers: { 'x-subject-token': subject } };
}

/** What is told of a token. */
function tokenOf(account: LoginAccount, origin: string, expiry: number, domain: JsonObject = {}): JsonObject {
  const ofUser = { ...domainOf(account), ...domain };
  return {
    methods: ['password'],
    issued_at: new Date(expiry - TOKEN_LIFE_MS).toISOString(),
    expires_at: new Date(expiry).toISOString(),
    user: { id: account.userId, name: account.username, domain: ofUser },
    project: { id: account.projectId, name: account.projectName, domain: ofUser },
    roles: [{ id: '0', name: 'functiongraph_administrator' }],
    catalog: catalogOf(account, origin),
  };
}

function domainOf({ domainId }: LoginAccount): JsonObject {
  return { id: domainId, name: 'mock' };
}

/**
 * Under what types clients look up where FunctionGraph is. Some work it out from the address of the volume
 * service, whose name they would replace.
 */
const SERVICE_TYPES = ['functiongraph', 'fgsv2', 'volumev2'];

function catalogOf(account: LoginAccount, origin: string): readonly JsonObject[] {
  const entry = (type: string, name: string, url: string): JsonObject => {
    const { region } = account;
    return {
      type,
      id: type,
      name,
      endpoints: [{ id: type, region, region_id: region, interface: 'public', url }],
    };
  };
  return [
    ...SERVICE_TYPES.map(type => entry(type, type, `${origin}/v2/${account.projectId}`)),
    entry('identity', 'iam', `${origin}/v3`),
  ];
}

function listProjects({ query }: IdentityCall, account: LoginAccount): IdentityAnswer {
  const { projectId, projectName, domainId } = account;
  const { name } = query;
  const isMeant = name === undefined || isProject({ name }, account);
  const project = { id: projectId, name: projectName, domain_id: domainId, enabled: true, is_domain: false };
  return answer({ projects: isMeant ? [project] : [], links: { next: null, previous: null } });
}

function readVersion({ origin }: IdentityCall): IdentityAnswer {
  const links = [{ rel: 'self', href: `${origin}/v3/` }];
  return answer({ version: { id: 'v3.6', status: 'stable', links } });
}

function answer(body: JsonObject): IdentityAnswer {
  return { status: 200, body };
}

function refused(status: number, title: string, message: string): IdentityAnswer {
  return { status, body: { error: { code: status, title, message } } };
}
