import { isObject } from '../../page/formats.ts';
import { echoRules } from '../../page/rules/echo.ts';
import { flatten, type Member, type PageSchema } from '../../page/schema.ts';
import { ON_CUSTOM_RUNTIME, publishedVersionPage, type SchemaClause } from '../../page/schema-clauses.ts';
import { isCustomRuntime } from '../../page/values.ts';
import type { JsonObject } from '../json-object.ts';
import { brokenIn } from './broken-values.ts';
import { changedAt } from './changed-at.ts';
import { type Fault, fault } from './fault.ts';

const members = new Map(flatten(publishedVersionPage.members).map(member => [member.subject, member]));
const echoIds = new Set(echoRules.map(rule => rule.id));

/** `body.timeout` -> `timeout` */
function pathOf(subject: string): string {
  return subject.slice('body.'.length);
}

/** The schema that a clause is of: a member's, or that of the items of one. */
function schemaOf({ subject }: SchemaClause): PageSchema {
  if (subject.endsWith('[]')) return member(subject.slice(0, -2)).schema.items ?? {};
  return member(subject).schema;
}

function member(subject: string): Member {
  const found = members.get(subject);
  if (found === undefined) throw new Error(`The page has no member ${subject}.`);
  return found;
}

/** An item that is broken is not what was configured either. */
function breaks({ id, subject }: SchemaClause): Fault['breaks'] {
  const [array] = subject.split('[]');
  const echo = `${array}.echo`;
  return subject !== array && echoIds.has(echo) ? [id, echo] : [id];
}

/** Whether a clause says anything of functions with this runtime: some come in a looser and a strict form. */
function concerns({ id, aspect }: SchemaClause, { page }: PageSchema, { runtime }: JsonObject): boolean {
  if (page?.looserOnCustomRuntimes !== true || (aspect !== 'length' && aspect !== 'format')) return true;
  return id.endsWith(ON_CUSTOM_RUNTIME) === isCustomRuntime(runtime);
}

function schemaFault(clause: SchemaClause): Fault {
  const { id, subject, aspect } = clause;
  const path = pathOf(subject);
  const schema = schemaOf(clause);
  const title = `the published version reports ${path} with a broken ${aspect}: documented is ${clause.documented}`;
  return fault(id, title, breaks(clause), {
    version: version =>
      concerns(clause, schema, version)
        ? changedAt(version, path, value => brokenIn(aspect, value, schema))
        : version,
  });
}

/** Members with two bounds are also reported below the lower one. */
function belowFault(clause: SchemaClause): readonly Fault[] {
  const { minimum, maximum, not } = schemaOf(clause);
  if (clause.aspect !== 'range' || minimum === undefined || maximum === undefined || not !== undefined)
    return [];
  const path = pathOf(clause.subject);
  return [
    fault(`${clause.id}-below`, `the published version reports ${path} ${minimum - 1}`, [clause.id], {
      version: version => changedAt(version, path, () => minimum - 1),
    }),
  ];
}

/** Faults of a published version that break one clause of its schema, on every function that has the member. */
export const schemaFaults: readonly Fault[] = publishedVersionPage.clauses.flatMap(clause =>
  clause.id === 'body.type' ? [wholeFault(clause)] : [schemaFault(clause), ...belowFault(clause)],
);

function wholeFault({ id }: SchemaClause): Fault {
  return fault(id, 'the published version comes in an array', [id], {
    answer: (answer, { operation }) =>
      operation === 'publish' && answer.status === 200 && isObject(answer.body)
        ? { ...answer, body: [answer.body] }
        : answer,
  });
}
