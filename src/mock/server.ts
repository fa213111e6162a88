import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { didYouMean } from '../words/nearest.ts';
import { beginWith } from './arranged-functions.ts';
import type { Hooks, Service } from './call.ts';
import { imitationOf, type Likeness } from './choices/likeness.ts';
import { dresses } from './dresses/index.ts';
import { faults } from './faults/index.ts';
import { createStore } from './functions.ts';
import { createHttpServer, STATES_PATH } from './http-server.ts';
import type { LoginAccount } from './identity.ts';
import { knowing } from './known-resources.ts';
import { checkMockOptions, type MockOptions } from './options.ts';
import { createTokens } from './tokens.ts';

/** A mock server that listens. */
export interface MockServer {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  readonly projectId: string;
  readonly region: string;
  readonly token: string;
  readonly forbiddenToken: string;
  /** What requests may be signed with in place of a token. */
  readonly accessKey: {
    readonly ak: string;
    readonly sk: string;
    /** Sent and signed as well, it makes a temporary key of it. */
    readonly securityToken: string;
  };
  /** What IAM takes for a token; any domain is fine. */
  readonly login: {
    readonly iamUrl: string;
    readonly username: string;
    readonly password: string;
    /** What the token may be scoped to, besides `projectId`. */
    readonly projectName: string;
  };
  /** URNs of the functions that exist from the start, in the order in which they were given. */
  readonly functionUrns: readonly string[];
  /** How it is like the target of the report that it was started with; `undefined` without one. */
  readonly likeness: Likeness | undefined;
  /** Where provider states are set; takes no token. */
  readonly statesUrl: string;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

const REGION = 'mock-1';
/**
 * Starts the reference server.
 *
 * @throws TypeError for options that it does not have, an unknown fault or dress among them
 * @throws Error of one sentence: a function that cannot be, a host or port that cannot be listened on
 */
export async function startMock(options: MockOptions = {}): Promise<MockServer> {
  checkMockOptions(options);
  const { host = '127.0.0.1', port = 0, latency = 0, functions = [], onExchange } = options;
  const account = accountOf(options);
  const imitation = options.like === undefined ? undefined : imitationOf(options.like.choices ?? []);
  const service = serviceOf(options, account, [...(imitation?.hooks ?? []), ...hooksOf(options)]);
  const functionUrns = beginWith(service, functions);
  const server = createHttpServer(service, account, { latency, onExchange });
  try {
    await server.listen({ host, port });
  } catch (error) {
    await server.close();
    throw new Error(listenProblem(error, host, port), { cause: error });
  }
  const url = urlOf(server.server.address(), host);
  const { region, credentials } = service;
  const { projectId, token, forbiddenToken, accessKey } = credentials;
  const { username, password, projectName } = account;
  return {
    url,
    region,
    projectId,
    token,
    forbiddenToken,
    accessKey,
    login: { iamUrl: url, username, password, projectName },
    functionUrns,
    likeness: imitation?.likeness,
    statesUrl: `${url}${STATES_PATH}`,
    close: () => server.close(),
  };
}

function accountOf(options: MockOptions): LoginAccount {
  const { projectId = hex(16), username = 'mock-user', password = hex(12) } = options;
  const project = { region: REGION, projectId, projectName: 'mock', domainId: hex(16) };
  return { ...project, userId: hex(16), username, password };
}

function serviceOf(options: MockOptions, account: LoginAccount, hooks: readonly Hooks[]): Service {
  const { token = hex(24), forbiddenToken = hex(24) } = options;
  const { ak = hex(10).toUpperCase(), sk = hex(20), securityToken = hex(24) } = options;
  if (token === forbiddenToken) throw new Error('The token and the forbidden token are the same.');
  const { region, projectId } = account;
  const accessKey = { ak, sk, securityToken };
  return {
    region,
    credentials: { projectId, token, forbiddenToken, accessKey, tokens: createTokens() },
    store: createStore(account),
    hooks,
  };
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

function hooksOf({ dress, fault, resources }: MockOptions): readonly Hooks[] {
  const known = resources === undefined ? [] : [knowing(resources)];
  return [...known, ...named(dresses, dress, 'dress'), ...named(faults, fault, 'fault')];
}

function named(
  all: readonly { name: string; hooks: Hooks | readonly Hooks[] }[],
  name: string | undefined,
  kind: string,
): readonly Hooks[] {
  if (name === undefined) return [];
  const found = all.find(each => each.name === name);
  if (found === undefined) {
    const names = all.map(each => each.name);
    throw new TypeError(`The mock server has no ${kind} named ${name}.${didYouMean(name, names)}`);
  }
  return [found.hooks].flat();
}

function listenProblem(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${port} of ${host} is in use.`;
  if (code === 'EACCES') return `Port ${port} of ${host} may not be listened on.`;
  if (code === 'ERR_SOCKET_BAD_PORT') return `${port} is no port; ports are 0 to 65535.`;
  return `${host} is no address of this machine that can be listened on.`;
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === 'object' ? address?.port : undefined;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
