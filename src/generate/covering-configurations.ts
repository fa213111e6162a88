import { type Configuration, configuration as schema } from '../page/configuration.ts';
import { withValueAt } from '../page/paths.ts';
import type { Resources } from '../page/resources.ts';
import { RUNTIMES, type Runtime } from '../page/values.ts';
import { takes } from './_internals/arguments.ts';
import { CODE_TYPES_OF, codeMembers, NEED_OF_CODE_TYPE } from './_internals/code.ts';
import { cover, type ValuesByPath } from './_internals/cover.ts';
import { documentedValues } from './_internals/documented-values.ts';
import { coveringNames } from './_internals/function-name.ts';
import { needyConfigurations } from './_internals/needy-configurations.ts';
import { inBothRanges } from './_internals/settable-schema.ts';
import { longText, TEXTS_THAT_BREAK } from './_internals/texts-that-break.ts';
import type { CoveringConfiguration } from './covering-configuration.ts';

const properties = schema.properties;
const strategy = properties.strategy_config.properties;
const asyncSettings = properties.function_async_config.properties;

/** A member that is left out. */
const ABSENT = undefined;

/** What the members of any function are, one value for each configuration. */
const ANY_FUNCTION: ValuesByPath = {
  package: ['default', 'suite'],
  timeout: documentedValues(properties.timeout),
  handler: [...documentedValues(properties.handler), 'index.handler', 'com.example.Main.handleRequest'],
  memory_size: documentedValues(properties.memory_size),
  user_data: [
    ABSENT,
    ...documentedValues(properties.user_data),
    '',
    '{}',
    'neither JSON nor empty',
    ...Object.entries(TEXTS_THAT_BREAK).map(([name, text]) => JSON.stringify({ [name]: text })),
  ],
  encrypted_user_data: [ABSENT, ...documentedValues(properties.encrypted_user_data)],
  description: [
    ABSENT,
    // White space around a text, too, is part of it.
    ' A function of the conformance suite ',
    longText(300),
    ...Object.values(TEXTS_THAT_BREAK),
  ],
  initializer_timeout: [ABSENT, ...documentedValues(properties.initializer_timeout)],
  pre_stop_timeout: [ABSENT, ...documentedValues(properties.pre_stop_timeout)],
  enable_dynamic_memory: [ABSENT, ...documentedValues(properties.enable_dynamic_memory)],
  ...asyncValues('max_async_event_age_in_seconds'),
  ...asyncValues('max_async_retry_attempts'),
};

/** Values inside the ranges of the publish page and of the API that sets them. */
function asyncValues(name: 'max_async_event_age_in_seconds' | 'max_async_retry_attempts'): ValuesByPath {
  const values = documentedValues(inBothRanges(asyncSettings[name]));
  return { [`function_async_config.${name}`]: [ABSENT, ...values] };
}

const V2: ValuesByPath = {
  type: ['v2', ABSENT],
  // Services may demand it beside concurrent_num.
  'strategy_config.concurrency': [...documentedValues(strategy.concurrency), 1],
  'strategy_config.concurrent_num': [ABSENT, ...documentedValues(strategy.concurrent_num)],
};

/** v1 knows 0 (disabled) and -1 (unlimited), and no concurrent_num. */
const V1: ValuesByPath = { type: ['v1'], 'strategy_config.concurrency': [0, -1, ABSENT] };

/** Every so many configurations, one is of a v1 function. */
const V1_EVERY = 5;

/**
 * As few configurations as contain, together, every documented value of every enumeration, both ends of
 * every range with their neighbours inside it, and every member there and left out: one for each runtime, and
 * apart from those a few for what needs other resources.
 *
 * @param nonce letters, digits and dashes that make the code unlike any other
 * @param name makes a function's name of its last part, which differs from one configuration to the next. Default: `fgs-<nonce>-<suffix>`
 * @param resources what exists, to be named; what is not given is made up
 * @throws Error when the name leaves no room for its last part
 */
export function coveringConfigurations(
  nonce: string,
  name: (suffix: string) => string = suffix => `fgs-${nonce}-${suffix}`,
  resources: Resources = {},
): readonly CoveringConfiguration[] {
  takes.coveringNonce(nonce);
  takes.resources(resources);
  const nameOf = coveringNames(name);
  const runtimes = RUNTIMES.filter(runtime => plainCodeTypesOf(runtime).length > 0);
  const isV1 = (slot: number) => slot % V1_EVERY === V1_EVERY - 1;
  const v1 = cover(V1, runtimes.filter((_, slot) => isV1(slot)).length);
  const v2 = cover(V2, runtimes.filter((_, slot) => !isV1(slot)).length);
  const ofAny = cover(ANY_FUNCTION, runtimes.length);
  const plain = runtimes.map((runtime, slot) => {
    const earlierV1 = Math.floor(slot / V1_EVERY);
    const byType = isV1(slot) ? v1[earlierV1] : v2[slot - earlierV1];
    const codeTypes = plainCodeTypesOf(runtime);
    const codeType = codeTypes[slot % codeTypes.length] ?? 'zip';
    const code = codeMembers(runtime, codeType, `${nonce}-${slot}`);
    const values = withHandlers({ ...ofAny[slot], ...byType });
    return {
      title: runtime,
      configuration: assemble({ func_name: nameOf(slot), runtime, ...code }, values),
      needs: [],
      existing: [],
    };
  });
  return [...plain, ...needyConfigurations(nonce, index => nameOf(plain.length + index), resources)];
}

function plainCodeTypesOf(runtime: Runtime) {
  return CODE_TYPES_OF[runtime].filter(type => NEED_OF_CODE_TYPE[type] === undefined);
}

/** A timeout comes with its handler. */
function withHandlers(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    ...values,
    ...(values.initializer_timeout === ABSENT ? {} : { initializer_handler: 'index.initializer' }),
    ...(values.pre_stop_timeout === ABSENT ? {} : { pre_stop_handler: 'index.preStop' }),
  };
}

/** Puts values at their paths; absent ones leave nothing behind. */
function assemble(
  members: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): Configuration {
  const configured = Object.entries(values)
    .filter(([, value]) => value !== ABSENT)
    .reduce((configuration, [path, value]) => withValueAt(configuration, path, value), { ...members });
  // The mandatory members are among the values, and each comes from its own schema.
  return configured as Configuration;
}
