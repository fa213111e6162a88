import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type Configuration, configuration as schema } from '../page/configuration.ts';
import type { PageSchema } from '../page/schema.ts';
import { RUNTIMES, type Runtime } from '../page/values.ts';
import { takes } from './_internals/arguments.ts';
import { CODE_TYPES_OF, type CodeType, codeMembers, NEED_OF_CODE_TYPE } from './_internals/code.ts';
import { choice, meetConfigurationConditions } from './_internals/conditions.ts';
import { integerOf, plainHandler } from './_internals/formats.ts';
import { FUNCTION_NAME_LENGTH, functionSuffix } from './_internals/function-name.ts';
import { LEFT_OUT } from './_internals/left-out.ts';
import { schemaValue } from './_internals/schema-value.ts';
import { settableSchema } from './_internals/settable-schema.ts';
import { hex } from './_internals/texts.ts';
import { jsonUserData } from './_internals/user-data.ts';
import type { Need } from './need.ts';

/** Constraints of `configuration`. */
export interface ConfigurationConstraints {
  /** Makes a function's name of its last part. Default: `fgs-<suffix>`. */
  readonly name?: (suffix: string) => string;
  /** Letters, digits and dashes that go into the code, so that no other run has uploaded it. Default: none. */
  readonly nonce?: string;
  /** The runtimes to choose from. Default: all whose needs are met. */
  readonly runtimes?: readonly Runtime[];
  /** Needs that the target meets; members with other needs are left out. Default: none. */
  readonly meets?: readonly Need[];
}

/** Members that depend on the runtime, or come in pairs, and are put together after the rest is drawn. */
const APART = /^(?:code_|func_code$|initializer_|pre_stop_)/;

const properties = schema.properties;

const drawnSchema: PageSchema = {
  ...schema,
  properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !APART.test(name))),
};

/**
 * Configurations of functions inside the documented ranges, as the API can arrange them: code that suits the
 * runtime and differs from one configuration to the next, handlers in pairs with their timeouts, optional
 * members there or left out.
 *
 * @throws Error when no runtime is left to choose from, or the name leaves no room for its last part
 *
 * @example configuration({ name: suffix => `fgs-run7-${suffix}`, nonce: 'run7' })
 */
export function configuration(constraints: ConfigurationConstraints = {}): fc.Arbitrary<Configuration> {
  takes.configuration(constraints);
  const { name = suffix => `fgs-${suffix}`, nonce = '', runtimes = RUNTIMES, meets = [] } = constraints;
  const arrangeable = runtimes.filter(runtime => codeTypesOf(runtime, meets).length > 0);
  if (arrangeable.length === 0) throw new Error('configuration: there is no runtime whose needs are met');
  const values = {
    'config.func_name': functionSuffix(FUNCTION_NAME_LENGTH - name('').length).map(name),
    'config.package': fc.constant('default'),
    'config.runtime': fc.constantFrom(...arrangeable),
    'config.handler': plainHandler,
    'config.description': optional(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }))),
    'config.user_data': optional(jsonUserData(properties.user_data)),
    'config.encrypted_user_data': optional(jsonUserData(properties.encrypted_user_data)),
  };
  return fc
    .record({
      drawn: schemaValue(settableSchema(drawnSchema, meets), 'config', { values, unset: 'left out' }),
      chosen: choice,
      pairs: fc.tuple(handlerPair('initializer'), handlerPair('pre_stop')),
      codeType: fc.nat(5),
      unlike: fc.noShrink(hex(16)),
    })
    .map(({ drawn, chosen, pairs: [initializer, preStop], codeType, unlike }) => {
      // Drawn from the schema that the type is made from.
      const configured = { ...(drawn as Configuration), ...initializer, ...preStop };
      const codeTypes = codeTypesOf(configured.runtime, meets);
      const difference = createHash('sha256').update(JSON.stringify(configured)).digest('hex').slice(0, 16);
      const chosenType = codeTypes[codeType % codeTypes.length] ?? 'zip';
      const code = codeMembers(configured.runtime, chosenType, `${nonce}-${unlike}-${difference}`);
      return meetConfigurationConditions({ ...configured, ...code }, chosen);
    });
}

function codeTypesOf(runtime: Runtime, meets: readonly Need[]): readonly CodeType[] {
  return CODE_TYPES_OF[runtime].filter(type => {
    const need = NEED_OF_CODE_TYPE[type];
    return need === undefined || meets.includes(need);
  });
}

function optional(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(fc.constant(LEFT_OUT), values);
}

/** A handler with its timeout, or neither. */
function handlerPair(stage: 'initializer' | 'pre_stop'): fc.Arbitrary<Partial<Configuration>> {
  const pair = fc
    .tuple(plainHandler, integerOf(properties[`${stage}_timeout`]))
    .map(([handler, timeout]) => ({ [`${stage}_handler`]: handler, [`${stage}_timeout`]: timeout }));
  return fc.oneof(fc.constant({}), pair);
}
