import fc from 'fast-check';
import { isObject, jsonObjectIn } from '../../page/formats.ts';
import { isAbsent, valueAt, withValueAt } from '../../page/paths.ts';
import { LEFT_OUT, withoutLeftOut } from './left-out.ts';
import { text, word } from './texts.ts';

type Body = Readonly<Record<string, unknown>>;

/** What the conditions choose from when a member has to be changed. */
export interface Choice {
  /** How a String that must be blank is not there. */
  readonly unset: unknown;
  /** How an integer that must not be there is not there. */
  readonly unsetInteger: unknown;
  /** Whether a timeout without its handler is 0. */
  readonly zero: boolean;
  /** Whether cpu has the base of 200 millicores. */
  readonly cpuBase: boolean;
  readonly concurrencyOfV1: number;
  readonly initializerTimeout: number;
  readonly target: string;
  /** What a member that must be there holds. */
  readonly text: string;
  /** Days until an object in a bucket expires. */
  readonly expires: number;
}

/** Everything that the conditions choose from. */
export const choice: fc.Arbitrary<Choice> = fc.record({
  unset: fc.constantFrom(LEFT_OUT, null, ''),
  unsetInteger: fc.constantFrom(LEFT_OUT, null, 1),
  zero: fc.boolean(),
  cpuBase: fc.boolean(),
  concurrencyOfV1: fc.constantFrom(0, -1),
  initializerTimeout: fc.constantFrom(1, 300, 30),
  target: word(1, 20),
  text: text(),
  expires: fc.constantFrom(0, 365, 7),
});

/** Changes what a body has by its schema so that one clause that spans members holds. */
type Condition = (body: Body, choice: Choice) => Body;

/** Conditions of what only a published version has. */
const bodyConditions: Readonly<Record<string, Condition>> = {
  'body.cpu.proportion': (body, { cpuBase }) => ({
    ...body,
    cpu: (Number(body.memory_size) / 128) * 100 + (cpuBase ? 200 : 0),
  }),
  'body.code_url': (body, { unset, text }) => {
    if (body.code_type !== 'obs') return { ...body, code_url: unset };
    return isAbsent(body.code_url) ? { ...body, code_url: text } : body;
  },
  'body.code_filename.when-package': (body, { text }) => {
    const isPackage = body.code_type === 'jar' || body.code_type === 'zip';
    return isPackage && isAbsent(body.code_filename) ? { ...body, code_filename: text } : body;
  },
  'body.initializer_timeout.with-handler': (body, { initializerTimeout, zero }) => {
    if (isAbsent(body.initializer_handler)) return zero ? { ...body, initializer_timeout: 0 } : body;
    return isAbsent(body.initializer_timeout) ? { ...body, initializer_timeout: initializerTimeout } : body;
  },
  'body.pre_stop_timeout': (body, { zero }) =>
    isAbsent(body.pre_stop_handler) && zero ? { ...body, pre_stop_timeout: 0 } : body,
};

/** Conditions of what can be configured too. */
const configurationConditions: Readonly<Record<string, Condition>> = {
  'body.strategy_config.v1': (body, { concurrencyOfV1, unsetInteger }) => {
    const { strategy_config: strategy } = body;
    if (body.type !== 'v1' || !isObject(strategy)) return body;
    const concurrency = isAbsent(strategy.concurrency) ? {} : { concurrency: concurrencyOfV1 };
    return {
      ...body,
      strategy_config: withoutLeftOut({ ...strategy, ...concurrency, concurrent_num: unsetInteger }),
    };
  },
  'body.mount_config.func_mounts[].mount_share_path.when-ecs': (body, { text }) => {
    const mounts = valueAt(body, 'mount_config.func_mounts');
    if (!Array.isArray(mounts)) return body;
    const shared = mounts.map(mount =>
      isObject(mount) && mount.mount_type === 'ecs' && isAbsent(mount.mount_share_path)
        ? { ...mount, mount_share_path: text }
        : mount,
    );
    return withValueAt(body, 'mount_config.func_mounts', shared);
  },
  'body.function_async_config.destination_config.on_success.param.target': (body, chosen) =>
    withTarget(body, 'function_async_config.destination_config.on_success', chosen),
  'body.function_async_config.destination_config.on_failure.param.target': (body, chosen) =>
    withTarget(body, 'function_async_config.destination_config.on_failure', chosen),
};

/** What `param` of a destination holds beside anything else. */
export function targetMembers(
  destination: unknown,
  { target, expires }: Pick<Choice, 'target' | 'expires'>,
): Record<string, unknown> {
  switch (destination) {
    case 'SMN':
      return { topic_urn: `urn:smn:region:project:${target}` };
    case 'FunctionGraph':
      return { func_urn: `urn:fss:region:project:function:default:${target}` };
    default:
      return { bucket: target, prefix: '', expires };
  }
}

function withTarget(body: Body, path: string, chosen: Choice): Body {
  const destination = valueAt(body, `${path}.destination`);
  const param = valueAt(body, `${path}.param`);
  if (destination === undefined || typeof param !== 'string') return body;
  const members = { ...jsonObjectIn(param), ...targetMembers(destination, chosen) };
  return withValueAt(body, `${path}.param`, JSON.stringify(members));
}

/** The body with every condition met. */
export function meetConditions(body: Body, chosen: Choice): Body {
  const all = [...Object.values(bodyConditions), ...Object.values(configurationConditions)];
  return withoutLeftOut(all.reduce((changed, condition) => condition(changed, chosen), body));
}

/** The configuration with every condition met that is not about code or handlers. */
export function meetConfigurationConditions(configuration: Body, chosen: Choice): Body {
  const leavingOut = { ...chosen, unsetInteger: LEFT_OUT };
  return Object.values(configurationConditions).reduce(
    (changed, condition) => condition(changed, leavingOut),
    configuration,
  );
}
