import { type Configuration, configuration } from '../page/configuration.ts';
import { isAbsent } from '../page/paths.ts';
import type { PageSchema } from '../page/schema.ts';
import { setMembers as setMembersOf } from '../page/set-members.ts';
import type { Hooks } from './call.ts';
import { asyncProblemsOf, errorCodeOf, type Problem, problemsOf } from './configuration-problems.ts';
import { through } from './hooks.ts';
import type { JsonObject } from './json-object.ts';
import { refusal } from './refusals.ts';

const { dependencies, function_async_config, strategy_config, func_code, ...plain } =
  configuration.properties;

/** Members that an operation reads; others are unknown to it and ignored. */
export const MEMBERS_OF = {
  create: { properties: { ...plain, func_code } },
  change: { properties: { ...plain, strategy_config } },
  'change code': {
    properties: {
      code_type: plain.code_type,
      code_url: plain.code_url,
      code_filename: plain.code_filename,
      depend_version_list: plain.depend_version_list,
      func_code,
    },
  },
  state: configuration,
} as const satisfies Readonly<Record<string, PageSchema>>;

/** The documented members of a request that are set. */
export function setMembers(object: JsonObject, schema: PageSchema): JsonObject {
  return setMembersOf(object, schema, 'dropped');
}

/** The configuration after a request: what it sets is set, what it blanks is unset, the rest is kept. */
export function merged(previous: JsonObject, request: JsonObject, schema: PageSchema): JsonObject {
  const blanked = Object.keys(schema.properties ?? {}).filter(name => Object.hasOwn(request, name));
  const kept = Object.entries(previous).filter(([name]) => !blanked.includes(name));
  return { ...Object.fromEntries(kept), ...setMembers(request, schema) };
}

function refuse(problems: readonly Problem[]): void {
  const [problem] = problems;
  if (problem !== undefined) throw refusal(problem.status ?? 400, problem.code, problem.message);
}

function afterHooks(problems: readonly Problem[], whole: JsonObject, hooks: readonly Hooks[]) {
  return through(
    hooks.map(hook => hook.problems),
    problems,
    whole,
  );
}

/**
 * A whole configuration, checked.
 *
 * @throws a refusal: 400 with the code of the member that is wrong
 */
export function checked(whole: JsonObject, hooks: readonly Hooks[]): Configuration {
  refuse(afterHooks(problemsOf(whole), whole, hooks));
  // Checked against the schema that the type is made from; a fault may have let a value pass.
  return whole as unknown as Configuration;
}

/** Members that a request must carry, whatever is kept. @throws a refusal: 400 */
export function demand(request: JsonObject, members: readonly string[]): void {
  const missing = members.find(name => isAbsent(request[name]));
  if (missing === undefined) return;
  throw refusal(400, errorCodeOf(missing, 'required'), `${missing} is missing; it is mandatory`);
}

/** Asynchronous settings from the body of a request, checked. @throws a refusal: 400 */
export function checkedAsyncSettings(
  request: JsonObject,
  hooks: readonly Hooks[],
): NonNullable<Configuration['function_async_config']> {
  const settings = setMembers(request, function_async_config);
  const whole = { function_async_config: settings };
  refuse(afterHooks(asyncProblemsOf(settings), whole, hooks));
  // As in `checked`.
  return settings as NonNullable<Configuration['function_async_config']>;
}
