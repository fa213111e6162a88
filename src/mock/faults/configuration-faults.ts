import { clauses } from '../../page/catalogue.ts';
import { pathOf } from '../../page/conditions/condition.ts';
import { conditions } from '../../page/conditions/conditions.ts';
import { configuration } from '../../page/configuration.ts';
import { valueAt } from '../../page/paths.ts';
import { configurationRules } from '../../page/rules/configurations.ts';
import { flatten, membersOf } from '../../page/schema.ts';
import { errorCodeOf, type Problem } from '../configuration-problems.ts';
import type { JsonObject } from '../json-object.ts';
import { type Fault, fault } from './fault.ts';

const schemas = new Map(
  flatten(membersOf(configuration, 'config')).map(({ subject, schema }) => [subject, schema]),
);
const clauseIds = new Set(clauses.map(clause => clause.id));

/** `config.timeout.accepted` -> `timeout` */
function pathIn(id: string): string {
  return id.slice('config.'.length, id.lastIndexOf('.'));
}

/** Values of members that every function has, of which only a few may be refused. */
const REFUSED: Readonly<Record<string, (value: unknown, whole: JsonObject) => boolean>> = {
  package: value => value !== 'default',
  runtime: value => value === 'PHP7.3',
  handler: value => typeof value === 'string' && value.length === 128,
  memory_size: value => value === 4096,
  code_type: value => value === 'jar',
  // The API takes three at most, whatever this page says.
  'function_async_config.max_async_retry_attempts': value => value === 3,
  description: value => /[^\p{ASCII}]/u.test(String(value)),
  code_filename: (_value, { code_type }) => code_type === 'zip' || code_type === 'jar',
};

/** Whether a documented value is refused: at the end of its range, or just for being there. */
function isRefused(path: string, whole: JsonObject): boolean {
  const value = valueAt(whole, path);
  if (value === undefined) return false;
  const maximum = schemas.get(`config.${path}`)?.maximum;
  const own = REFUSED[path];
  if (own !== undefined) return own(value, whole);
  return maximum === undefined || Number(value) === maximum;
}

/** The server refuses documented values of a member. */
function refusing(id: string): Fault {
  const path = pathIn(id);
  const problem: Problem = {
    path,
    keyword: 'fault',
    code: errorCodeOf(path, 'fault'),
    message: `${path} is not supported`,
  };
  return fault(id, `documented values of ${path} are refused`, [id], {
    problems: (problems, whole) => (isRefused(path, whole) ? [...problems, problem] : problems),
  });
}

/** Clauses that a published version breaks when it reports an undocumented value of the member. */
function brokenInBody(path: string): readonly string[] {
  const aspects = ['values', 'range', 'size', 'length', 'format', 'count', 'v1'];
  const ids = aspects.map(aspect => `body.${path}.${aspect}`);
  const [array] = path.split('[]');
  return [...ids, ...(path === array ? [] : [`body.${array}.echo`])].filter(id => clauseIds.has(id));
}

/** What of a schema is no bound of the values of its type: what is in them has schemas of its own. */
const NO_BOUNDS: ReadonlySet<string> = new Set(['type', 'page', 'items', 'properties']);

/** Whether values of the right type can be undocumented. */
function hasMoreThanType(path: string): boolean {
  const said = Object.keys(schemas.get(`config.${path}`) ?? {});
  const isInCondition = conditions.some(
    condition => condition.request === 'outside' && pathOf(condition) === path,
  );
  return isInCondition || said.some(keyword => !NO_BOUNDS.has(keyword));
}

/** The server accepts undocumented values of a member: of the right type, or of any when the type is all. */
function accepting(id: string): Fault {
  const path = pathIn(id);
  const isAnyType = !hasMoreThanType(path);
  const inBody = isAnyType ? [`body.${path}.type`].filter(each => clauseIds.has(each)) : brokenInBody(path);
  return fault(id, `undocumented values of ${path} are accepted`, [id, ...inBody], {
    problems: problems =>
      problems.filter(
        problem => problem.path !== path || (!isAnyType && /^(?:type|required)$/.test(problem.keyword)),
      ),
  });
}

/** The server refuses undocumented values of a member, but not with 400. */
function refusingOtherwise(id: string): Fault {
  const path = pathIn(id);
  return fault(id, `undocumented values of ${path} are refused with 422`, [id], {
    problems: problems =>
      problems.map(problem => (problem.path === path ? { ...problem, status: 422 } : problem)),
  });
}

const MAKERS = { accepted: refusing, refused: accepting, refusal: refusingOtherwise } as const;

/** Faults by which a configuration is accepted or refused otherwise than documented. */
export const configurationFaults: readonly Fault[] = configurationRules.flatMap(({ id }) =>
  Object.entries(MAKERS).flatMap(([aspect, make]) => (id.endsWith(`.${aspect}`) ? [make(id)] : [])),
);
