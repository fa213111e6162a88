import type { ValidateFunction } from 'ajv/dist/2020.js';
import { createAjv } from '../page/ajv.ts';
import { type Configuration, configuration } from '../page/configuration.ts';
import { ASPECTS, flatten, membersOf, type PageSchema } from '../page/schema.ts';
import { publishedVersionPage } from '../page/schema-clauses.ts';
import { functionAsyncConfig } from '../page/tables/function-async-config.ts';
import { publishedVersion } from '../page/tables/published-version.ts';
import { isCustomRuntime } from '../page/values.ts';
import { inWords } from '../page/words.ts';
import type { JsonObject } from './call.ts';
import { CONDITIONS } from './configuration-conditions.ts';

/** One thing that is wrong with a configuration. */
export interface Problem {
  /** The member, as a path without array indices: `mount_config.func_mounts[].mount_type`. */
  readonly path: string;
  /** What is broken: a keyword of the schema, or `condition` for what depends on other members. */
  readonly keyword: string;
  readonly code: string;
  readonly message: string;
  /** The status of the refusal; 400 when it is not given. */
  readonly status?: number;
}

/** What the server reads of a configuration: the page's members, and the network in full. */
export const settableConfiguration = {
  ...configuration,
  properties: { ...configuration.properties, func_vpc: publishedVersion.properties.func_vpc },
} as const satisfies PageSchema;

const { max_async_event_age_in_seconds: age, max_async_retry_attempts: attempts } =
  functionAsyncConfig.properties;

/** Asynchronous settings under the bounds of the page that configures them, which differ from this page's. */
export const asyncRequest = {
  ...configuration.properties.function_async_config,
  properties: {
    ...configuration.properties.function_async_config.properties,
    max_async_event_age_in_seconds: { ...age, minimum: 1 },
    max_async_retry_attempts: { ...attempts, maximum: 3 },
  },
} as const satisfies PageSchema;

/** `function_async_config.max_async_retry_attempts` -> `0..3` */
const asyncBounds = new Map(
  Object.entries(asyncRequest.properties).map(([name, schema]) => [
    `function_async_config.${name}`,
    'maximum' in schema ? `${schema.minimum}..${schema.maximum}` : undefined,
  ]),
);

const ajv = createAjv();
const validateWhole = ajv.compile<unknown>(settableConfiguration);
const validateAsync = ajv.compile<unknown>(asyncRequest);

/** Codes of the refusals of one member; the rest is an invalid parameter. */
const CODES: Readonly<Record<string, string>> = {
  func_name: 'FSS.1002',
  handler: 'FSS.1003',
  package: 'FSS.1004',
  runtime: 'FSS.1005',
  code_type: 'FSS.1006',
  memory_size: 'FSS.1007',
  timeout: 'FSS.1008',
  user_data: 'FSS.1009',
  encrypted_user_data: 'FSS.1009',
  code_url: 'FSS.1010',
  func_code: 'FSS.1011',
  'func_code.file': 'FSS.1011',
  'func_code.link': 'FSS.1010',
  'strategy_config.concurrency': 'FSS.1026',
  'strategy_config.concurrent_num': 'FSS.1026',
  'mount_config.mount_user.user_id': 'FSS.1075',
  'mount_config.mount_user.user_group_id': 'FSS.1075',
  initializer_handler: 'FSS.1404',
  initializer_timeout: 'FSS.1405',
};

const CODES_OF_USER_DATA: Readonly<Record<string, string>> = {
  maxJsonMembers: 'FSS.1017',
  maxUtf8Bytes: 'FSS.1018',
};

/** The error code of a refusal of one member. */
export function codeOf(path: string, keyword: string): string {
  const ofUserData = path.endsWith('user_data') ? CODES_OF_USER_DATA[keyword] : undefined;
  return ofUserData ?? CODES[path] ?? 'FSS.0400';
}

/** `body.timeout.range` -> `3..259200` */
const documented = new Map(publishedVersionPage.clauses.map(clause => [clause.id, clause.documented]));
const ownWords = new Map(
  flatten(membersOf(configuration, 'config')).map(({ subject, schema }) => [
    subject.slice('config.'.length),
    schema.page?.documented,
  ]),
);

function messageOf(path: string, keyword: string, value: unknown): string {
  if (keyword === 'required') return `${path} is missing; it is mandatory`;
  const words = documented.get(`body.${path}.${ASPECTS[keyword] ?? keyword}`) ?? ownWords.get(path);
  const what = `${path} is ${inWords(value)}`;
  return words === undefined ? `${what}, which is not valid` : `${what}; documented: ${words}`;
}

/** A JSON pointer, with the missing member if that is the matter, as a path without array indices. */
function pathOf(pointer: string, missing: unknown): string {
  const whole = typeof missing === 'string' ? `${pointer}/${missing}` : pointer;
  return whole
    .slice(1)
    .replaceAll(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.');
}

function schemaProblems(
  validate: ValidateFunction<unknown>,
  sent: JsonObject,
  under = '',
): readonly Problem[] {
  validate(sent);
  return (validate.errors ?? []).map(error => {
    const path = `${under}${pathOf(error.instancePath, error.params.missingProperty)}`;
    const value = atPointer(sent, error.instancePath);
    return {
      path,
      keyword: error.keyword,
      code: codeOf(path, error.keyword),
      message: messageOf(path, error.keyword, value),
    };
  });
}

function atPointer(value: unknown, pointer: string): unknown {
  let at: unknown = value;
  for (const token of pointer.split('/').slice(1)) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, token) : undefined;
  }
  return at;
}

/** The handler rules are looser where neighbouring pages show `-` and `bootstrap`. */
function isExcused({ path, keyword }: Problem, runtime: unknown): boolean {
  const isLooser = /^(?:initializer_)?handler$/.test(path) && /^(?:format|minLength)$/.test(keyword);
  return isLooser && isCustomRuntime(runtime);
}

/** Whether everything has its documented type, so that the conditions can be looked at. */
function isTyped(problems: readonly Problem[]): boolean {
  return problems.every(problem => problem.keyword !== 'type');
}

/** What is wrong with a function's whole configuration, unset members left out. */
export function problemsOf(whole: JsonObject): readonly Problem[] {
  const problems = schemaProblems(validateWhole, whole).filter(problem => !isExcused(problem, whole.runtime));
  if (!isTyped(problems)) return problems;
  // Every member was just found to have its documented type.
  const typed = whole as Partial<Configuration>;
  const broken = CONDITIONS.filter(condition => condition.isBroken(typed));
  return [
    ...problems,
    ...broken.map(({ path, message }) => ({
      path,
      keyword: 'condition',
      code: codeOf(path, 'condition'),
      message,
    })),
  ];
}

/** What is wrong with asynchronous settings that come through the API, under the bounds of its page. */
export function asyncProblemsOf(settings: JsonObject): readonly Problem[] {
  return schemaProblems(validateAsync, settings, 'function_async_config.').map(problem => {
    const bounds = asyncBounds.get(problem.path);
    const isOutside = problem.keyword === 'minimum' || problem.keyword === 'maximum';
    return isOutside && bounds !== undefined
      ? { ...problem, message: `${problem.path} is outside ${bounds}` }
      : problem;
  });
}
