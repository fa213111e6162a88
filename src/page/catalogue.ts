import { expectArgument } from '../words/arguments.ts';
import type { Clause, Exclusion } from './clause.ts';
import { rules } from './rules/registry.ts';
import { errorBodyPage, publishedVersionPage } from './schema-clauses.ts';
import { REPEATED_ERROR_TABLES } from './tables/error-body.ts';

/** Members that the page does not document: told, never counted against the target. */
export const undocumentedClause: Clause = {
  id: 'body.undocumented',
  subject: 'body',
  level: 'informative',
  title: 'the body has no members besides the documented ones',
  source: { table: 'Table 4', row: 'Parameter' },
  when: 'every 200 answer',
  ruling: 'Services grow: members that the page does not document are allowed.',
};

/** Every clause of the page, in the order of the page: the 200 body, error bodies, requests, configurations, state. */
export const clauses: readonly Clause[] = [
  ...publishedVersionPage.clauses,
  undocumentedClause,
  ...errorBodyPage.clauses,
  ...Object.values<readonly Clause[]>(rules).flat(),
].map(describe);

/** What the page says and nothing can be checked against, with the reason. */
export const exclusions: readonly Exclusion[] = [
  ...Object.entries(REPEATED_ERROR_TABLES).flatMap(([table, status]) =>
    (['error_code', 'error_msg'] as const).map(row => ({
      id: `error.${row}.of-${status}`,
      subject: `error.${row}`,
      level: 'informative' as const,
      title: `the ${row} of a ${status}`,
      source: { table, row },
      excluded: `The same row as in Table 14, which is held against every ${status} too (error.${row}.present).`,
    })),
  ),
  exclusion(
    'body.enterprise_project_id.when-enterprise',
    'Table 4',
    'enterprise_project_id',
    'enterprise_project_id is mandatory for an enterprise user',
    'Nobody can see from outside whether the user is an enterprise user.',
  ),
  exclusion(
    'body.xrole.when-needed',
    'Table 4',
    'xrole',
    'xrole is mandatory when the function accesses other services',
    'Nobody can see from outside what the code of a function accesses.',
  ),
  exclusion(
    'body.func_vpc.agency',
    'Table 4',
    'func_vpc',
    'an agency with VPC permissions is configured for the function',
    'The permissions of an agency are not part of any answer of this API.',
  ),
  exclusion(
    'body.pre_stop_timeout.with-handler',
    'Table 4',
    'pre_stop_timeout',
    'pre_stop_timeout beside a pre_stop_handler',
    'Unlike for initializer_timeout, the page does not say that it is mandatory.',
  ),
  exclusion(
    'body.version.local-time',
    'Table 4',
    'version',
    'the time in an automatic version name',
    'It is the service’s local time, in a zone that the page does not name: any real date and time passes.',
  ),
  exclusion(
    'error.error_msg.words',
    'Table 14',
    'error_msg',
    'the words of an error message',
    'The service’s own words differ from those of the error code table, so they are never compared.',
  ),
  exclusion(
    'body.function_async_config.max_async_retry_attempts.default',
    'Table 11',
    'max_async_retry_attempts',
    'the default of max_async_retry_attempts is 3',
    'The settings are only reported once they were configured, so a default is never seen.',
  ),
];

function exclusion(id: string, table: string, row: string, title: string, excluded: string): Exclusion {
  return {
    id,
    subject: id.slice(0, id.lastIndexOf('.')),
    level: 'informative',
    title,
    source: { table, row },
    excluded,
  };
}

/** The clause alone, without what its checking needs. */
function describe(clause: Clause): Clause {
  const { id, subject, level, title, source, when, says, ruling } = clause;
  const optional = { ...(says === undefined ? {} : { says }), ...(ruling === undefined ? {} : { ruling }) };
  return { id, subject, level, title, source, when, ...optional };
}

const byId = new Map(clauses.map(clause => [clause.id, clause]));

const checkId = expectArgument({
  call: 'clauseById',
  name: 'id',
  example: 'the id of a clause, such as body.memory_size.values',
  schema: { type: 'string' },
});

/**
 * The clause with this id, or `undefined`.
 *
 * @example clauseById('body.memory_size.values')?.level // 'required'
 */
export function clauseById(id: string): Clause | undefined {
  checkId(id);
  return byId.get(id);
}
