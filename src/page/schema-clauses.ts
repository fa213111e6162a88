import type { Clause, Level } from './clause.ts';
import { ASPECTS, flatten, type Member, membersOf, type PageSchema } from './schema.ts';
import { errorBody } from './tables/error-body.ts';
import { publishedVersion } from './tables/published-version.ts';

/** A clause that ajv checks, with where the judge finds it and how a finding words what is documented. */
export interface SchemaClause extends Clause {
  /** ajv's schema paths of the keywords that make up the clause. */
  readonly schemaPaths: readonly string[];
  /** The schema path of the member's own schema. */
  readonly memberPath: string;
  /** `present`, `type`, `values`, ... */
  readonly aspect: string;
  /** What is documented, for a message: `3..259200`. */
  readonly documented: string;
}

/** A body of the page: its schema, its subject, and the clauses that its schema makes. */
export interface SchemaOfPage {
  readonly subject: string;
  readonly schema: PageSchema;
  readonly members: readonly Member[];
  readonly clauses: readonly SchemaClause[];
}

const ARTICLES: Readonly<Record<string, string>> = {
  integer: 'an integer',
  object: 'an object',
  array: 'an array',
};

function typeInWords(schema: PageSchema): string {
  const types = [schema.type ?? []].flat();
  return types.map(type => ARTICLES[type] ?? `a ${type}`).join(' or ');
}

function listed(values: readonly (string | number)[]): string {
  return values.join(', ');
}

/** `3..128`, `3 or more`, `at most 128`. */
function rangeInWords(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `${min} or more` : `${min}..${max}`;
}

/** What the keywords of one aspect document, in words. */
function documentedBy(schema: PageSchema, aspect: string): string {
  switch (aspect) {
    case 'present':
      return 'always there';
    case 'type':
      return typeInWords(schema);
    case 'values':
      return listed(schema.enum ?? []);
    case 'range':
      return schema.page?.documented ?? rangeInWords(schema.minimum, schema.maximum);
    case 'length':
      return `${rangeInWords(schema.minLength, schema.maxLength)} characters`;
    case 'size':
      return `at most ${schema.maxUtf8Bytes} bytes of UTF-8`;
    case 'count':
      return `at most ${schema.maxJsonMembers} members`;
    default:
      return schema.page?.documented ?? '';
  }
}

/** `body.strategy_config.concurrency` -> `strategy_config.concurrency` */
function pathInBody(subject: string): string {
  return subject.slice(subject.indexOf('.') + 1);
}

function titleOf(name: string, aspect: string, documented: string): string {
  switch (aspect) {
    case 'present':
      return `${name} is present`;
    case 'values':
      return `${name} is one of the documented values: ${documented}`;
    case 'size':
    case 'count':
    case 'length':
      return `${name} has ${documented}`;
    default:
      return `${name} is ${documented}`;
  }
}

/** The keywords of a schema by the aspect that they express, in a fixed order. */
function keywordsByAspect(schema: PageSchema): ReadonlyMap<string, readonly string[]> {
  const keywords = new Map<string, string[]>();
  for (const keyword of Object.keys(ASPECTS)) {
    if (!Object.hasOwn(schema, keyword)) continue;
    const aspect = schema.page?.aspects?.[keyword] ?? ASPECTS[keyword] ?? keyword;
    keywords.set(aspect, [...(keywords.get(aspect) ?? []), keyword]);
  }
  return keywords;
}

const LOOSER_ASPECTS = new Set(['length', 'format']);

/** Adds to the id of the clause that stands in for another on a custom runtime. */
export const ON_CUSTOM_RUNTIME = '-on-custom-runtime';

function clausesOfMember(member: Member, when: string): readonly SchemaClause[] {
  const { schema, subject, name, table, schemaPath } = member;
  const parentPath = schemaPath.slice(0, schemaPath.lastIndexOf('/properties/'));
  const make = (aspect: string, schemaPaths: readonly string[], level: Level, suffix = ''): SchemaClause => {
    const documented = documentedBy(schema, aspect);
    return {
      id: `${subject}.${aspect}${suffix}`,
      subject,
      level,
      title: titleOf(pathInBody(subject), aspect, documented),
      source: { table, row: name },
      when: aspect === 'present' ? when : `${when} with ${name}`,
      ...(schema.page?.says === undefined ? {} : { says: schema.page.says }),
      ...(schema.page?.ruling === undefined ? {} : { ruling: schema.page.ruling }),
      schemaPaths,
      memberPath: schemaPath,
      aspect,
      documented,
    };
  };
  const present = member.mandatory ? [make('present', [`${parentPath}/required/${name}`], 'required')] : [];
  const own = [...keywordsByAspect(schema)].flatMap(([aspect, keywords]) => {
    const paths = keywords.map(keyword => `${schemaPath}/${keyword}`);
    const clause = make(aspect, paths, schema.page?.levels?.[aspect] ?? 'required');
    if (schema.page?.looserOnCustomRuntimes !== true || !LOOSER_ASPECTS.has(aspect)) return [clause];
    const looser = make(aspect, [], 'recommended', ON_CUSTOM_RUNTIME);
    return [clause, { ...looser, title: `${looser.title}, also on Custom, Custom Image and http` }];
  });
  return [...present, ...own, ...itemClause(member, when)];
}

/** The clause that the items of an array have their type. */
function itemClause(
  { schema, subject, name, table, schemaPath }: Member,
  when: string,
): readonly SchemaClause[] {
  if (schema.items === undefined) return [];
  const documented = typeInWords(schema.items);
  return [
    {
      id: `${subject}[].type`,
      subject: `${subject}[]`,
      level: 'required',
      title: `each item of ${pathInBody(subject)} is ${documented}`,
      source: { table, row: name },
      when: `${when} with items in ${name}`,
      schemaPaths: [`${schemaPath}/items/type`],
      memberPath: `${schemaPath}/items`,
      aspect: 'type',
      documented,
    },
  ];
}

function schemaOfPage(subject: string, schema: PageSchema, when: string, row: string): SchemaOfPage {
  const members = membersOf(schema, subject);
  const whole: SchemaClause = {
    id: `${subject}.type`,
    subject,
    level: 'required',
    title: 'the body is a JSON object',
    source: { table: schema.page?.table ?? '', row },
    when,
    schemaPaths: ['#/type'],
    memberPath: '#',
    aspect: 'type',
    documented: 'a JSON object',
  };
  return {
    subject,
    schema,
    members,
    clauses: [whole, ...flatten(members).flatMap(member => clausesOfMember(member, when))],
  };
}

/** The 200 body and its clauses. */
export const publishedVersionPage: SchemaOfPage = schemaOfPage(
  'body',
  publishedVersion,
  'every 200 answer',
  'Parameter',
);

const errorPage = schemaOfPage(
  'error',
  errorBody,
  'every answer with 400, 401, 403, 404 or 500',
  'Parameter',
);

/** The body of an error answer and its clauses. */
export const errorBodyPage: SchemaOfPage = {
  ...errorPage,
  clauses: errorPage.clauses.map(clause =>
    clause.id === 'error.type' ? { ...clause, id: 'error.body.type', subject: 'error.body' } : clause,
  ),
};
