import { configuration } from '../page/configuration.ts';
import { ASPECTS, flatten, membersOf } from '../page/schema.ts';
import { publishedVersionPage } from '../page/schema-clauses.ts';
import { type Misfit, misfitsOf, settableMember } from '../page/standing.ts';
import { inWords } from '../page/words.ts';
import type { JsonObject } from './json-object.ts';

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
export function errorCodeOf(path: string, keyword: string): string {
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
  const range = settableMember(path)?.page?.settable;
  if (keyword === 'settable' && range !== undefined) {
    return `${path} is ${inWords(value)}; documented: ${range.minimum}..${range.maximum}`;
  }
  const words = documented.get(`body.${path}.${ASPECTS[keyword] ?? keyword}`) ?? ownWords.get(path);
  const what = `${path} is ${inWords(value)}`;
  return words === undefined ? `${what}, which is not valid` : `${what}; documented: ${words}`;
}

function problemOf({ path, keyword, value, message }: Misfit): Problem {
  return {
    path,
    keyword,
    code: errorCodeOf(path, keyword),
    message: message ?? messageOf(path, keyword, value),
  };
}

/** Of what services take and refuse, this one takes handlers without a period, and what another page does not set. */
const TAKEN: ReadonlySet<string> = new Set(['format', 'minLength', 'maxLength', 'settable']);

/** What is wrong with a function's whole configuration, unset members left out. */
export function problemsOf(whole: JsonObject): readonly Problem[] {
  return misfitsOf(whole, { operation: 'create function' })
    .filter(misfit => misfit.standing === 'outside' || !TAKEN.has(misfit.keyword))
    .map(problemOf);
}

/** What is wrong with asynchronous settings that come through the API: outside this page, or that of the API. */
export function asyncProblemsOf(settings: JsonObject): readonly Problem[] {
  return misfitsOf(
    { function_async_config: settings },
    { operation: 'configure asynchronous notification' },
  ).map(problemOf);
}
