import { randomBytes, randomUUID } from 'node:crypto';
import type { Configuration } from '../page/configuration.ts';
import { isObject } from '../page/formats.ts';
import { type FunctionUrn, formatUrn } from '../page/urn.ts';
import type { Account } from './account.ts';
import { codeIn } from './code.ts';
import type { JsonObject } from './json-object.ts';
import { refusal } from './refusals.ts';
import { type Identity, type Reportable, reportOf } from './reported-function.ts';

/** What is configured, of `latest` or of a published version, and what is reported of it. */
export interface Configured extends Reportable {
  /** Table 4; of `latest`, with a URN without a version. */
  reported: JsonObject;
}

/** A published version. */
export interface Version extends Readonly<Configured> {
  readonly name: string;
  /** The name that the request asked for. */
  readonly requestedName: string | undefined;
  /** The description that the request gave. */
  readonly description: string | undefined;
  /** The state of the function that it was made from. */
  readonly state: string;
}

/** A name for a version, `latest` included, which can be made to stand for another one. */
export interface Alias {
  readonly name: string;
  readonly version: string;
  /** The description, and how calls are shared among versions: kept as it was sent. */
  readonly members: JsonObject;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** A function, as `latest` is configured. */
export interface StoredFunction extends Identity, Configured {
  /** The published versions that exist, oldest first. */
  versions: readonly Version[];
  aliases: readonly Alias[];
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
  /** Creates a function whatever number there is. @throws as `create` does */
  add(configuration: Configuration): StoredFunction;
  /** What a function is, or a version of it, once it is configured anew. @throws a refusal when the code is wrong */
  configured(fn: Identity, before: Readonly<Configured>, configuration: Configuration): Configured;
  /** Makes `latest` what it is once it is configured anew. */
  adopt(fn: StoredFunction, configured: Configured): void;
  /** Configures `latest` anew. @throws a refusal when the code is wrong */
  change(fn: StoredFunction, configuration: Configuration): void;
  remove(fn: StoredFunction): void;
  all(): readonly StoredFunction[];
}

/** An empty store. */
export function createStore(account: Account): FunctionStore {
  const functions = new Map<string, StoredFunction>();
  const configured: FunctionStore['configured'] = (fn, before, whole) => settled(fn, before, whole, account);
  const adopt: FunctionStore['adopt'] = (fn, next) => {
    Object.assign(fn, next, { state: stateOf(next) });
  };
  const add: FunctionStore['add'] = configuration => {
    const key = keyOf(configuration.package, configuration.func_name);
    if (functions.has(key)) {
      throw refusal(409, 'FSS.1061', `The function ${configuration.func_name} exists already`);
    }
    const fn = newFunction(account, configuration);
    functions.set(key, fn);
    return fn;
  };
  return {
    add,
    configured,
    find: urn => {
      if (urn.region !== undefined && urn.region !== account.region) return undefined;
      if (urn.projectId !== undefined && urn.projectId !== account.projectId) return undefined;
      return functions.get(keyOf(urn.package ?? 'default', urn.name));
    },
    create: configuration => {
      const isTaken = functions.has(keyOf(configuration.package, configuration.func_name));
      if (!isTaken && functions.size >= LIMITS.functions) {
        throw refusal(403, 'FSS.1041', `The account has ${functions.size} functions; it may have no more`);
      }
      return add(configuration);
    },
    adopt,
    change: (fn, configuration) => adopt(fn, configured(fn, fn, configuration)),
    remove: fn => functions.delete(keyOf(fn.configuration.package, fn.configuration.func_name)),
    all: () => [...functions.values()],
  };
}

function keyOf(pack: string, name: string): string {
  return `${pack}:${name}`;
}

function newFunction(account: Account, configuration: Configuration): StoredFunction {
  const { region, projectId } = account;
  const identity: Identity = {
    urn: formatUrn({ region, projectId, package: configuration.package, name: configuration.func_name }),
    imageSuffix: randomBytes(3).toString('hex'),
    logGroupId: randomUUID(),
    logStreamId: randomUUID(),
  };
  const configured = settled(identity, undefined, configuration, account);
  return {
    ...identity,
    ...configured,
    versions: [],
    aliases: [],
    state: stateOf(configured),
    lastAutomaticSecond: 0,
    failsNext: false,
  };
}

/** A configuration, and everything that follows from it. */
function settled(
  fn: Identity,
  before: Readonly<Configured> | undefined,
  whole: Configuration,
  account: Account,
): Configured {
  const { func_code: sentCode, ...configuration } = whole;
  const isSameCode = sentCode === undefined && configuration.code_url === before?.configuration.code_url;
  const modifiedAt = Date.now();
  const reportable: Reportable = {
    configuration,
    code: before !== undefined && isSameCode ? before.code : codeIn(whole),
    modifiedAt,
    asyncTimes: asyncTimesOf(configuration, before, modifiedAt),
  };
  return { ...reportable, reported: reportOf(fn, reportable, account) };
}

function asyncTimesOf(
  { function_async_config: settings }: Configuration,
  before: Readonly<Reportable> | undefined,
  now: number,
): Reportable['asyncTimes'] {
  if (settings === undefined) return undefined;
  const times = before?.asyncTimes;
  if (settings === before?.configuration.function_async_config && times !== undefined) return times;
  return { created: times?.created ?? now, modified: now };
}

/** Equal for configurations between which nothing changed, whatever the order of their members. */
export function stateOf({ configuration, code }: Pick<Configured, 'configuration' | 'code'>): string {
  return JSON.stringify([configuration, code.digest], (_name, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value,
  );
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : Number(left > right);
}

/** The version with this name, `latest` not being one. */
export function versionOf(fn: StoredFunction, name: string): Version | undefined {
  return fn.versions.find(version => version.name === name);
}
