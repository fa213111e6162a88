import type { Configuration } from '../page/configuration.ts';
import type { Context } from '../page/context.ts';
import type { Exchange } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import type { Operation } from '../page/operations.ts';
import { parseUrnParameter } from '../page/urn.ts';
import { BudgetExhausted } from './budget.ts';
import { isDropped, MOST_TIMES } from './drops.ts';
import type { Journal } from './journal.ts';
import {
  type Answered,
  type Created,
  changeConfiguration,
  configureAsyncNotification,
  createdIn,
  createFunction,
  isAccepted,
  isRefusal,
  type Members,
  readConfiguration,
} from './operations.ts';
import { TargetUnresponsive } from './outage.ts';
import type { Target } from './target.ts';

export interface ArrangeOptions {
  /** What is told of the exchanges besides what they show, such as the suspects. */
  readonly context?: Context;
}

/** A function that has the configuration, or the answer that refused it. */
export type Arranged =
  | {
      readonly ok: true;
      /** Without version. */
      readonly urn: string;
      /** What the target accepted: without concurrent_num where it takes concurrency alone. */
      readonly configuration: Partial<Configuration>;
      /** What could not be set, for want of an operation. */
      readonly unset: readonly Unset[];
      readonly exchanges: readonly Exchange[];
    }
  | {
      readonly ok: false;
      /** The one that was refused, or that failed. */
      readonly exchange: Exchange;
      readonly refusedAt: Operation;
      /** The function, when it was created all the same. */
      readonly urn?: string;
      readonly exchanges: readonly Exchange[];
    };

/** A member that the target has no operation to set, and what it answered. */
export interface Unset {
  readonly member: 'strategy_config' | 'function_async_config';
  readonly operation: Operation;
  readonly exchange: Exchange;
}

/** Statuses of an operation that a server does not have, for a function that it has. */
const NOT_THERE: ReadonlySet<number | undefined> = new Set([404, 405, 501]);

/** Whether the answer says that there is no such operation. */
function isNotThere({ response, failure }: Exchange): boolean {
  return failure === undefined && NOT_THERE.has(response?.status);
}

/** Members that creating does not take: they are configured on the function, or only through provider states. */
const NOT_CREATED = ['strategy_config', 'function_async_config', 'dependencies'] as const;

/** Members that a change of the configuration does not take: they are fixed, or part of the code. */
const NOT_CHANGED = [
  'function_async_config',
  'dependencies',
  'package',
  'type',
  'code_type',
  'code_url',
  'code_filename',
  'func_code',
  'depend_version_list',
] as const;

/** The members of a configuration that a change of it carries: all but those that are set otherwise. */
export function changeableMembers(configuration: Members): Members {
  return without(configuration, NOT_CHANGED);
}

/**
 * Brings about a function with this configuration: creates it, then sets its strategy, then its
 * asynchronous notification; what the target has no operation for is left out, as `dependencies` are. What is created is in the journal before it is
 * sent, and stays there until it is deleted.
 */
export async function arrangeFunction(
  target: Target,
  journal: Journal,
  configuration: Members,
  { context }: ArrangeOptions = {},
): Promise<Arranged> {
  const created = await create(target, journal, without(configuration, NOT_CREATED), context);
  const { exchange, urn } = created;
  if (!isAccepted(exchange)) {
    return { ok: false, exchange, refusedAt: 'create function', exchanges: [exchange] };
  }
  const exchanges = [exchange];
  const unset: Unset[] = [];
  let accepted: Members = without(configuration, NOT_CREATED);

  const { strategy_config: strategy, function_async_config: notification } = configuration;
  if (strategy !== undefined) {
    const members = changeableMembers(configuration);
    const changed = await changeStrategy(target, urn, members, strategy, context);
    exchanges.push(changed.exchange);
    if (isAccepted(changed.exchange)) accepted = { ...accepted, strategy_config: changed.strategy };
    else if (isNotThere(changed.exchange)) {
      unset.push({
        member: 'strategy_config',
        operation: 'change configuration',
        exchange: changed.exchange,
      });
    } else {
      const refused = { exchange: changed.exchange, refusedAt: 'change configuration' } as const;
      return { ok: false, ...refused, urn, exchanges };
    }
  }
  if (notification !== undefined) {
    // A value of a wrong type is sent as it is, for the target to refuse.
    const settings = notification as Members;
    const configured = await configureAsyncNotification(target, urn, settings, context);
    exchanges.push(configured.exchange);
    const { exchange } = configured;
    const operation = 'configure asynchronous notification';
    if (isAccepted(exchange)) accepted = { ...accepted, function_async_config: notification };
    else if (isNotThere(exchange)) unset.push({ member: 'function_async_config', operation, exchange });
    else return { ok: false, exchange, refusedAt: operation, urn, exchanges };
  }
  // At the edge: the target accepted it, whether or not it has the documented types.
  return { ok: true, urn, configuration: accepted as Partial<Configuration>, unset, exchanges };
}

/** Creates the function, in the journal first under the URN that it will have. */
async function create(
  target: Target,
  journal: Journal,
  members: Members,
  context: Context | undefined,
): Promise<Answered & { readonly urn: string }> {
  const expected = expectedUrn(target, members);
  journal.created(expected, target.endpoint);
  const created = await createSurely(target, journal, members, expected, context);
  const { urn = expected, exchange } = created;
  if (urn !== expected) {
    journal.created(urn, target.endpoint);
    journal.refused(expected);
  }
  if (isRefusal(exchange)) journal.refused(urn);
  return { ...created, urn };
}

/**
 * Creates the function. When the connection ends without an answer, it is looked whether the function is there, and
 * only if it is not, it is created again: the same request sent twice would be refused, or leave two.
 */
async function createSurely(
  target: Target,
  journal: Journal,
  members: Members,
  expected: string,
  context: Context | undefined,
): Promise<Created> {
  const create = () => createFunction(target, members, context, { observed: false });
  let created = await create().catch((error: unknown) => {
    // Nothing was sent.
    if (error instanceof BudgetExhausted || error instanceof TargetUnresponsive) journal.refused(expected);
    throw error;
  });
  try {
    for (let times = 1; times < MOST_TIMES && isDropped(created.exchange); times++) {
      const there = await readConfiguration(target, expected);
      if (isAccepted(there.exchange)) return createdIn(there, members);
      if (there.exchange.response?.status !== NOT_FOUND) break;
      created = await create();
    }
  } finally {
    target.observe(created.exchange, context);
  }
  return created;
}

const NOT_FOUND = 404;

/** The URN that the function will have; a short form of it while the region is not known. */
function expectedUrn({ region, projectId }: Target, members: Members): string {
  const place = `${members.package ?? 'default'}:${members.func_name}`;
  const urn =
    region === undefined ? `${projectId}:${place}` : `urn:fss:${region}:${projectId}:function:${place}`;
  const read = parseUrnParameter(urn);
  const isRead = read !== undefined && read.name === members.func_name;
  if (isRead && read.qualifier === undefined) return urn;
  // A name or package that no function may have: should there be one, it is found by the beginning of its name.
  return String(members.func_name).replaceAll(/[^\w-]/g, '');
}

/** The answer to a change of a strategy, and the strategy in the form that it answers. */
export type Changed = Answered & { readonly strategy: unknown };

/**
 * Sets the strategy. A target may demand concurrent_num beside concurrency, or refuse it there: a refusal
 * of the one form counts only when the other one is refused too. A concurrent_num that is refused where 1
 * is accepted is refused for its value.
 */
export async function changeStrategy(
  target: Target,
  urn: string,
  members: Members,
  strategy: unknown,
  context: Context | undefined,
): Promise<Changed> {
  const change = async (form: unknown): Promise<Changed> => {
    const body = { ...members, strategy_config: form };
    return {
      ...(await changeConfiguration(target, urn, body, context, { observed: false })),
      strategy: form,
    };
  };
  const first = await change(strategy);
  let counted = first;
  if (isObject(strategy) && isBadRequest(first.exchange)) {
    const other = await otherForm(strategy, change);
    if (other !== undefined) counted = other;
  }
  target.observe(counted.exchange, context);
  return counted;
}

/** The other form of the strategy, when the target accepts it and refused the first one for its form. */
async function otherForm(
  strategy: Members,
  change: (form: unknown) => Promise<Changed>,
): Promise<Changed | undefined> {
  const { concurrent_num: number, ...alone } = strategy;
  if (number === undefined) return accepted(await change({ ...strategy, concurrent_num: 1 }));
  if (number !== 1 && isAccepted((await change({ ...strategy, concurrent_num: 1 })).exchange))
    return undefined;
  return Object.keys(alone).length === 0 ? undefined : accepted(await change(alone));
}

function accepted(changed: Changed): Changed | undefined {
  return isAccepted(changed.exchange) ? changed : undefined;
}

function isBadRequest({ response, failure }: Exchange): boolean {
  return failure === undefined && response?.status === 400;
}

function without(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
