import { randomBytes, randomUUID } from 'node:crypto';
import type { Configuration } from '../page/configuration.ts';
import { type FunctionUrn, formatUrn } from '../page/urn.ts';
import type { JsonObject } from './call.ts';
import { type Code, codeOf } from './code.ts';
import { refusal } from './refusals.ts';
import { type Reportable, reportOf } from './reported-function.ts';

/** Whose functions they are and where they run. */
export interface Account {
  readonly region: string;
  readonly projectId: string;
  readonly domainId: string;
  readonly projectName: string;
}

/** A published version. It never changes. */
export interface Version {
  readonly name: string;
  /** What the version list says of it: Table 4. */
  readonly reported: JsonObject;
  /** The state of the function that it was made from. */
  readonly state: string;
}

/** A function: what was configured, and what is reported of it. */
export interface StoredFunction extends Reportable {
  /** The published versions that exist, oldest first. */
  versions: readonly Version[];
  /** Table 4 for `latest`, its URN without a version. */
  reported: JsonObject;
  /** Equal for two states between which nothing changed. */
  state: string;
  /** The second in the last automatic version name, since 1970. */
  lastAutomaticSecond: number;
  /** The next publication is answered with a 500. */
  failsNext: boolean;
}

/** What an account may have. */
export const LIMITS = { functions: 400, versionsWithLatest: 20 } as const;

/** The functions of one account. */
export interface FunctionStore {
  /** Finds by a URN of any form; of another region or project there are none. */
  find(urn: FunctionUrn): StoredFunction | undefined;
  /** @throws a refusal: 409 for a taken name, 403 when the account is full, or what is wrong with the code */
  create(configuration: Configuration): StoredFunction;
  /** Configures anew. @throws a refusal when the code is wrong */
  change(fn: StoredFunction, configuration: Configuration): void;
  remove(fn: StoredFunction): void;
  all(): readonly StoredFunction[];
}

/** An empty store. */
export function createStore(account: Account): FunctionStore {
  const functions = new Map<string, StoredFunction>();
  return {
    find: urn => {
      if (urn.region !== undefined && urn.region !== account.region) return undefined;
      if (urn.projectId !== undefined && urn.projectId !== account.projectId) return undefined;
      return functions.get(keyOf(urn.package ?? 'default', urn.name));
    },
    create: configuration => {
      const key = keyOf(configuration.package, configuration.func_name);
      if (functions.has(key)) {
        throw refusal(409, 'FSS.1061', `The function ${configuration.func_name} exists already`);
      }
      if (functions.size >= LIMITS.functions) {
        throw refusal(403, 'FSS.1041', `The account has ${LIMITS.functions} functions; it may have no more`);
      }
      const fn = newFunction(account, configuration);
      functions.set(key, fn);
      return fn;
    },
    change: (fn, configuration) => {
      const isSameCode =
        configuration.func_code === undefined && configuration.code_url === fn.configuration.code_url;
      settle(fn, account, configuration, isSameCode ? fn.code : codeOf(configuration));
    },
    remove: fn => functions.delete(keyOf(fn.configuration.package, fn.configuration.func_name)),
    all: () => [...functions.values()],
  };
}

function keyOf(pack: string, name: string): string {
  return `${pack}:${name}`;
}

function newFunction(account: Account, configuration: Configuration): StoredFunction {
  const { region, projectId } = account;
  const fn: StoredFunction = {
    urn: formatUrn({ region, projectId, package: configuration.package, name: configuration.func_name }),
    imageSuffix: randomBytes(3).toString('hex'),
    logGroupId: randomUUID(),
    logStreamId: randomUUID(),
    configuration,
    code: codeOf(configuration),
    modifiedAt: 0,
    asyncTimes: undefined,
    versions: [],
    reported: {},
    state: '',
    lastAutomaticSecond: 0,
    failsNext: false,
  };
  settle(fn, account, configuration, fn.code);
  return fn;
}

/** Gives the function its configuration, and works out everything that follows from it. */
function settle(fn: StoredFunction, account: Account, whole: Configuration, code: Code): void {
  const { func_code: _bytes, ...configuration } = whole;
  const now = Date.now();
  const isSameAsync = configuration.function_async_config === fn.configuration.function_async_config;
  if (configuration.function_async_config === undefined) {
    fn.asyncTimes = undefined;
  } else if (!isSameAsync || fn.asyncTimes === undefined) {
    fn.asyncTimes = { created: fn.asyncTimes?.created ?? now, modified: now };
  }
  fn.configuration = configuration;
  fn.code = code;
  fn.modifiedAt = now;
  fn.reported = reportOf(fn, account);
  fn.state = JSON.stringify([configuration, code.digest]);
}

/** The version with this name, `latest` not being one. */
export function versionOf(fn: StoredFunction, name: string): Version | undefined {
  return fn.versions.find(version => version.name === name);
}
