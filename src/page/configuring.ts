/** The requests that configure a function: what each carries, and what it means for the configuration. */

import { configuration } from './configuration.ts';
import type { Operation } from './operations.ts';

type Members = Readonly<Record<string, unknown>>;
type MemberName = keyof typeof configuration.properties;

/** An operation that sets members of a configuration. */
export interface ConfiguringOperation {
  /** Members of a configuration that its request can carry; what it leaves out is kept or unset. */
  readonly carries: readonly MemberName[];
  /** Members that the neighbouring page calls mandatory. */
  readonly mandatory: readonly MemberName[];
  /** What a request that leaves a mandatory member out is. */
  readonly withoutMandatory: 'outside' | 'either';
  /** The configuration that the body of a request is about. */
  readonly configurationIn: (body: Members) => Members;
}

/** Set by operations of their own, and `dependencies` by provider states alone. */
const SET_APART: readonly MemberName[] = ['strategy_config', 'function_async_config', 'dependencies'];

/** The code, and how it is given. */
export const CODE_MEMBERS = [
  'code_type',
  'code_url',
  'code_filename',
  'func_code',
  'depend_version_list',
] as const satisfies readonly MemberName[];

/** Fixed when the function is created. */
const FIXED: readonly MemberName[] = ['package', 'type'];

function allBut(...left: readonly MemberName[]): readonly MemberName[] {
  const names = Object.keys(configuration.properties) as MemberName[];
  return names.filter(name => !left.includes(name));
}

const itself = (body: Members): Members => body;

const CONFIGURING: Readonly<Partial<Record<Operation, ConfiguringOperation>>> = {
  'create function': {
    carries: allBut(...SET_APART),
    mandatory: configuration.required,
    withoutMandatory: 'outside',
    configurationIn: itself,
  },
  'change configuration': {
    carries: ['strategy_config', ...allBut(...SET_APART, ...FIXED, ...CODE_MEMBERS)],
    mandatory: configuration.required.filter(name => name !== 'package'),
    // Clients leave func_name out, and live services keep what is left out.
    withoutMandatory: 'either',
    configurationIn: itself,
  },
  'change code': {
    carries: CODE_MEMBERS,
    mandatory: ['code_type', 'func_code'],
    // Code in a bucket or an image needs no func_code; clients send a code_url alone.
    withoutMandatory: 'either',
    configurationIn: itself,
  },
  'set maximum instances': {
    carries: ['strategy_config'],
    mandatory: [],
    withoutMandatory: 'either',
    configurationIn: ({ max_instance_num }) => ({ strategy_config: { concurrency: max_instance_num } }),
  },
  'configure asynchronous notification': {
    carries: ['function_async_config'],
    mandatory: [],
    withoutMandatory: 'either',
    configurationIn: body => ({ function_async_config: body }),
  },
};

/** How an operation configures a function; `undefined` for one that configures nothing. */
export function configuringOperation(operation: Operation | undefined): ConfiguringOperation | undefined {
  return operation === undefined ? undefined : CONFIGURING[operation];
}
