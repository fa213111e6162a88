import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { isObject } from '../page/formats.ts';
import { isAbsent, memberOf, pointerOfError, tokensOf, valueAtPointer } from '../page/paths.ts';
import type { Member } from '../page/schema.ts';
import { ON_CUSTOM_RUNTIME, type SchemaClause, type SchemaOfPage } from '../page/schema-clauses.ts';
import { isCustomRuntime } from '../page/values.ts';
import { inWords } from '../page/words.ts';
import type { Draft, Finding } from './finding.ts';

/** What rules that span members need to know of a body that was held against its schema. */
export interface SchemaReading {
  /** Pointers of members that broke a clause; they are `undefined` in the body now. */
  readonly flawed: ReadonlySet<string>;
  /** Names of members that the page does not document. */
  readonly undocumented: readonly string[];
}

/**
 * Judges a parsed body against the clauses of its schema, adding to a draft. The body is changed: members
 * that count as absent (`null`, `""`) and members that broke their schema become `undefined`.
 */
export type SchemaJudge = (body: unknown, draft: Draft) => SchemaReading;

interface Node {
  /** Clauses that a present member exercises. */
  readonly own: readonly string[];
  readonly ownOnCustomRuntime: readonly string[];
  /** The clause that array items have their type. */
  readonly itemType: string | undefined;
  readonly zeroIsUnsetWithout: string | undefined;
  readonly children: Members;
}

/** The members of an object of the page. */
interface Members {
  readonly byName: ReadonlyMap<string, Node>;
  /** Clauses that the object exercises whatever it has: that mandatory members are there. */
  readonly presence: readonly string[];
}

function membersOf(members: readonly Member[], clauses: readonly SchemaClause[]): Members {
  const presence = clauses.filter(({ aspect }) => aspect === 'present');
  return {
    byName: new Map(members.map(member => [member.name, nodeOf(member, clauses)])),
    presence: members.flatMap(member =>
      presence.filter(clause => clause.memberPath === member.schemaPath).map(clause => clause.id),
    ),
  };
}

function nodeOf(member: Member, clauses: readonly SchemaClause[]): Node {
  const own = clauses.filter(
    clause => clause.memberPath === member.schemaPath && clause.aspect !== 'present',
  );
  const looser = own.filter(clause => clause.id.endsWith(ON_CUSTOM_RUNTIME)).map(clause => clause.aspect);
  return {
    own: own.filter(clause => clause.schemaPaths.length > 0).map(clause => clause.id),
    ownOnCustomRuntime: own
      .filter(clause => clause.schemaPaths.length === 0 || !looser.includes(clause.aspect))
      .map(clause => clause.id),
    itemType: clauses.find(clause => clause.memberPath === `${member.schemaPath}/items`)?.id,
    zeroIsUnsetWithout: member.schema.page?.zeroIsUnsetWithout,
    children: membersOf(member.children, clauses),
  };
}

interface Walk {
  readonly exercised: string[];
  readonly undocumented: string[];
  readonly onCustomRuntime: boolean;
}

/** Marks what an object exercises, and blanks members that count as absent. */
function walkObject(object: Record<string, unknown>, members: Members, walk: Walk): void {
  for (const id of members.presence) walk.exercised.push(id);
  // A parsed object inherits nothing that could be listed, and this is the fastest way through its members.
  for (const name in object) {
    const node = members.byName.get(name);
    if (node === undefined) walk.undocumented.push(name);
    else walkMember(object, name, object[name], node, walk);
  }
}

function walkMember(
  object: Record<string, unknown>,
  name: string,
  value: unknown,
  node: Node,
  walk: Walk,
): void {
  if (isAbsent(value) || isUnsetZero(value, object, node)) {
    object[name] = undefined;
    return;
  }
  for (const id of walk.onCustomRuntime ? node.ownOnCustomRuntime : node.own) walk.exercised.push(id);
  if (typeof value === 'object') walkInto(value, node, walk);
}

function walkInto(value: unknown, node: Node, walk: Walk): void {
  const hasMembers = node.children.byName.size > 0;
  if (isObject(value)) {
    if (node.itemType === undefined && hasMembers) walkObject(value, node.children, walk);
  } else if (Array.isArray(value) && node.itemType !== undefined && value.length > 0) {
    walk.exercised.push(node.itemType);
    if (hasMembers) walkItems(value, node, walk);
  }
}

/** The items of an array exercise each clause once, however many they are. */
function walkItems(items: readonly unknown[], node: Node, walk: Walk): void {
  const exercised = new Set<string>();
  for (const item of items) {
    if (!isObject(item)) continue;
    const inItem: Walk = { ...walk, exercised: [] };
    walkObject(item, node.children, inItem);
    for (const id of inItem.exercised) exercised.add(id);
  }
  walk.exercised.push(...exercised);
}

function isUnsetZero(value: unknown, object: Readonly<Record<string, unknown>>, node: Node): boolean {
  return value === 0 && node.zeroIsUnsetWithout !== undefined && isAbsent(object[node.zeroIsUnsetWithout]);
}

/** Makes the judge of a body of the page. */
export function createSchemaJudge(page: SchemaOfPage, validate: ValidateFunction<unknown>): SchemaJudge {
  const members = membersOf(page.members, page.clauses);
  const whole = wholeOf(page);
  const bySchemaPath = new Map(
    page.clauses.flatMap(clause => clause.schemaPaths.map(path => [path, clause] as const)),
  );
  const byId = new Map(page.clauses.map(clause => [clause.id, clause]));

  const clauseOf = (error: ErrorObject, onCustomRuntime: boolean): SchemaClause | undefined => {
    const missing: unknown = error.params.missingProperty;
    const clause = bySchemaPath.get(
      typeof missing === 'string' ? `${error.schemaPath}/${missing}` : error.schemaPath,
    );
    if (clause === undefined || !onCustomRuntime) return clause;
    return byId.get(`${clause.id}${ON_CUSTOM_RUNTIME}`) ?? clause;
  };

  return (body, { exercised, findings }) => {
    exercised.push(whole.id);
    if (!isObject(body)) {
      findings.push(findingOf(whole, '', body));
      return UNREADABLE;
    }
    const onCustomRuntime = isCustomRuntime(body.runtime);
    const undocumented: string[] = [];
    walkObject(body, members, { exercised, undocumented, onCustomRuntime });
    if (validate(body)) return { flawed: NOTHING, undocumented };
    const broken = firstByPointer(validate.errors ?? [], error => clauseOf(error, onCustomRuntime));
    findings.push(...findingsOf(broken, body));
    for (const pointer of broken.keys()) setAside(body, pointer);
    return { flawed: new Set(broken.keys()), undocumented };
  };
}

const NOTHING: ReadonlySet<string> = new Set();

/** Of what is no object nothing else is asked. */
const UNREADABLE: SchemaReading = { flawed: NOTHING, undocumented: [] };

function wholeOf({ clauses }: SchemaOfPage): SchemaClause {
  const whole = clauses.find(({ memberPath }) => memberPath === '#');
  if (whole === undefined) throw new Error('There is no clause of the body as a whole.');
  return whole;
}

/** One fault, one finding: of everything that is wrong at one place the most basic, which ajv tells first. */
function firstByPointer(
  errors: readonly ErrorObject[],
  clauseOf: (error: ErrorObject) => SchemaClause | undefined,
): ReadonlyMap<string, SchemaClause> {
  const first = new Map<string, SchemaClause>();
  for (const error of errors) {
    const clause = clauseOf(error);
    const pointer = pointerOfError(error);
    if (clause !== undefined && !first.has(pointer)) first.set(pointer, clause);
  }
  return first;
}

/** One finding a clause: the items of an array that are all wrong alike are one finding. */
function findingsOf(broken: ReadonlyMap<string, SchemaClause>, body: unknown): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const [pointer, clause] of broken) {
    if (!findings.has(clause.id))
      findings.set(clause.id, findingOf(clause, pointer, valueAtPointer(body, pointer)));
  }
  return [...findings.values()];
}

function findingOf(clause: SchemaClause, pointer: string, value: unknown): Finding {
  const place = pointer === '' ? 'the body' : pointer.slice(1).replaceAll('/', '.');
  const message =
    clause.aspect === 'present'
      ? `${place} is absent`
      : `${place} is ${inWords(value)}; documented: ${clause.documented}`;
  return { clause: clause.id, subject: clause.subject, level: clause.level, message, pointer };
}

function setAside(body: unknown, pointer: string): void {
  const tokens = tokensOf(pointer);
  const last = tokens.pop();
  const parent = tokens.reduce(memberOf, body);
  if (last === undefined) return;
  if (Array.isArray(parent)) parent[Number(last)] = undefined;
  else if (isObject(parent)) parent[last] = undefined;
}
